"""What a person owes because a clause wants a policy accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.areas.conduct.checks import Acceptance
from adhere.console.owing import accepted_versions
from adhere.console.wording import wording
from adhere.core.areas import Task
from adhere.core.models import Person
from adhere.core.policies import InForce, current


def owed(person: str, day: date) -> Iterator[Task]:
    """The policies whose newest version the person has not accepted, with the day it is due."""
    known = Person.objects.filter(pk=person).first()
    in_force = list(current())
    accepted = accepted_versions(person)
    for policy in in_force:
        slug, newest = policy.source.slug, policy.version.number
        terms = _terms(slug, in_force)
        last = max((number for name, number in accepted if name == slug), default=0)
        if known and terms and last < newest:
            start = max(known.joined, timezone.localdate(policy.version.published_at))
            yield Task(
                _("Read and accept “%(title)s”") % {"title": wording(policy).title},
                _why(newest, last),
                min(each.grace.after(start) for each in terms),
                reverse("read-policy", args=[slug]),
            )


def _terms(slug: str, in_force: Sequence[InForce]) -> list[Acceptance]:
    """On which terms any clause wants a policy accepted."""
    bound = [binding.parameters for policy in in_force for binding in policy.bindings]
    return [each for each in bound if isinstance(each, Acceptance) and each.policy == slug]


def _why(newest: int, accepted: int) -> str:
    if not accepted:
        return _("You have not accepted this policy yet.")
    return _("Version %(new)s has come since you accepted version %(old)s.") % {
        "new": newest,
        "old": accepted,
    }

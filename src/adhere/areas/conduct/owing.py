"""What a person owes because a clause wants a policy accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from adhere.areas.conduct.terms import Terms, accepted, all_terms
from adhere.console.owing import accepted_versions
from adhere.console.wording import wording
from adhere.core.areas import Task
from adhere.core.models import Person


def owed(person: str, day: date) -> Iterator[Task]:
    """The policies whose newest version the person has not accepted, with the day it is due."""
    known = Person.objects.filter(pk=person).first()
    for terms in all_terms() if known else ():
        last = accepted(terms, person)
        if known and last < terms.wanted:
            yield Task(
                _("Read and accept “%(title)s”") % {"title": wording(terms.policy).title},
                _why(terms, last, person),
                terms.due(known.joined),
                reverse("read-policy", args=[terms.slug]),
            )


def _why(terms: Terms, last: int, person: str) -> str:
    newest = terms.policy.version.number
    if last:
        return _("Version %(new)s has come since you accepted version %(old)s.") % {
            "new": newest,
            "old": last,
        }
    if (terms.slug, newest) in accepted_versions(person):
        return _("You have accepted this policy; the questions about it are still open.")
    return _("You have not accepted this policy yet.")

"""What a person owes: the tasks of every area, and the policies not yet accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from adhere.console.wording import wording
from adhere.core.areas import Task, areas
from adhere.core.models import Acknowledgement, Person
from adhere.core.policies import InForce, current

PERSONNEL = "personnel"


def owed_by(person: Person, day: date) -> list[Task]:
    """Everything open, what is due first at the top."""
    found = [*unread(person), *(task for area in areas() for task in _tasks(area, person, day))]
    return sorted(found, key=lambda task: (task.due is None, task.due or day, task.title))


def _tasks(area: object, person: Person, day: date) -> Iterator[Task]:
    tasks = getattr(area, "tasks", None)
    if tasks:
        yield from tasks(person.pk, day)


def unread(person: Person) -> Iterator[Task]:
    """The policies for personnel whose newest version this person has not accepted."""
    accepted = accepted_versions(person.pk)
    for policy in current():
        if policy.source.audience != PERSONNEL:
            continue
        if (policy.source.slug, policy.version.number) not in accepted:
            yield Task(
                _("Read and accept “%(title)s”") % {"title": wording(policy).title},
                _why(policy, accepted),
                None,
                reverse("read-policy", args=[policy.source.slug]),
            )


def _why(policy: InForce, accepted: set[tuple[str, int]]) -> str:
    earlier = [number for slug, number in accepted if slug == policy.source.slug]
    if not earlier:
        return _("You have not accepted this policy yet.")
    return _("Version %(new)s has come since you accepted version %(old)s.") % {
        "new": policy.version.number,
        "old": max(earlier),
    }


def accepted_versions(person: str) -> set[tuple[str, int]]:
    """The versions that a person has accepted, as slug and number."""
    rows = Acknowledgement.objects.filter(person=person, superseded_by=None, retracted=False)
    return set(rows.values_list("policy", "version"))

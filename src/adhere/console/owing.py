"""What a person owes: the tasks of every area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adhere.core.areas import Task, areas
from adhere.core.models import Acknowledgement, Person

PERSONNEL = "personnel"


def owed_by(person: Person, day: date) -> list[Task]:
    """Everything open, what is due first at the top."""
    found = [task for area in areas() for task in _tasks(area, person, day)]
    return sorted(found, key=lambda task: (task.due is None, task.due or day, task.title))


def _tasks(area: object, person: Person, day: date) -> Iterator[Task]:
    tasks = getattr(area, "tasks", None)
    if tasks:
        yield from tasks(person.pk, day)


def accepted_versions(person: str) -> set[tuple[str, int]]:
    """The versions that a person has accepted, as slug and number."""
    rows = Acknowledgement.objects.filter(person=person, superseded_by=None, retracted=False)
    return set(rows.values_list("policy", "version"))

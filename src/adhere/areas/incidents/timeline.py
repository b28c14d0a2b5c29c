"""What an incident's timeline adds up to. Pure: it looks at lines, not at the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

# A deadline: what starts it, within which time from becoming aware, and what meets it.
DAY: Final = timedelta(hours=24)


class Line(Protocol):
    """A line of a timeline; see ``IncidentEvent``."""

    kind: str
    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class Duty:
    """Something to tell an authority once an incident is marked so."""

    name: str
    mark: str
    within: timedelta
    source: str


DUTIES: Final = (
    Duty("early-warning", "significant", DAY, "NIS2 Art. 23(4)(a)"),
    Duty("notification", "significant", 3 * DAY, "NIS2 Art. 23(4)(b)"),
    Duty("authority", "personal-data", 3 * DAY, "GDPR Art. 33(1)"),
)
MARKS: Final = ("significant", "personal-data")


@dataclass(frozen=True)
class Deadline:
    """A duty of one incident: until when, and when it was met."""

    duty: Duty
    until: datetime
    met_at: datetime | None


@dataclass
class Course:
    """Where an incident stands. ``holder`` is who has it; ``aware`` says since when, by mark."""

    holder: str = ""
    taken_at: datetime | None = None
    escalated_at: datetime | None = None
    asked_at: datetime | None = None
    said: str = ""
    told_at: datetime | None = None
    reason: str = ""
    aware: dict[str, datetime] = field(default_factory=dict)
    met: dict[str, datetime] = field(default_factory=dict)

    @property
    def deadlines(self) -> list[Deadline]:
        """What is owed to authorities, the first to come first."""
        found = [
            Deadline(duty, self.aware[duty.mark] + duty.within, self.met.get(duty.name))
            for duty in DUTIES
            if duty.mark in self.aware
        ]
        return sorted(found, key=lambda each: each.until)


def course_of(lines: Iterable[Line]) -> Course:
    """Follow a timeline from its first line to its last."""
    course = Course()
    for line in lines:
        _follow(course, line)
    return course


def _follow(course: Course, line: Line) -> None:
    kind = line.kind
    if kind in {"taken", "assigned"}:
        course.holder = line.text if kind == "assigned" else line.by
        course.taken_at = course.taken_at or line.at
    elif kind == "escalated":
        course.escalated_at = line.at
    elif kind == "subject-told":
        course.asked_at, course.said = line.at, line.text
    elif kind in {"subject-confirmed", "told-in-person"}:
        course.told_at = line.at
    elif kind in {"closed", "unfounded"}:
        course.reason = line.text
    elif kind == "reopened":
        course.reason, course.holder, course.taken_at = "", "", None
        course.escalated_at = None
    elif kind in MARKS:
        course.aware[kind] = datetime.fromisoformat(line.text)
    elif kind.removeprefix("not-") in MARKS:
        course.aware.pop(kind.removeprefix("not-"), None)
    elif kind in {duty.name for duty in DUTIES}:
        course.met[kind] = line.at


def lines_by_incident(lines: Sequence[Line], key: str = "incident") -> dict[str, list[Line]]:
    """Lines of several timelines, apart."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(getattr(line, key), []).append(line)
    return found

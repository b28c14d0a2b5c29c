"""The facts of this area as checks see them: plain rows, without database."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from adhere.core.checking import Fact


class Session(Fact, frozen=True, gc=False):
    """One session of a programme. A new date or a cancellation is a correction of the same key.

    ``happened_at`` is ``starts_at``, so a session moved into the future is not in the world yet.
    """

    kind: ClassVar[str] = "training-sessions"

    programme: str
    title: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool


class Attendance(Fact, frozen=True, gc=False):
    """What became of one person at one session: ``attended``, ``absent`` or ``excused``."""

    kind: ClassVar[str] = "attendance"

    session: str
    person: str
    outcome: str


class Absence(Fact, frozen=True, gc=False):
    """A time away from work, both days inclusive; ``until`` is None while the end is open.

    The reason is recorded but not part of this row: no verdict may tell that somebody was ill.
    """

    kind: ClassVar[str] = "absences"

    person: str
    start: date
    until: date | None

"""The facts of this area as checks see them: plain rows, without database."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from adhere.core.checking import Fact


class Inspection(Fact, frozen=True, gc=False):
    """What somebody found at one workplace. ``screen_locked`` is ``yes``, ``no`` or ``none``:
    no device was left there. ``desk_of`` is a person's id, empty for a desk that is shared.
    ``found`` names what lay open, where that is known: ``papers``, ``keys``.
    """

    kind: ClassVar[str] = "inspections"

    inspector: str
    place: str
    desk_of: str
    desk_clear: bool
    screen_locked: str
    note: str
    found: tuple[str, ...] = ()


class Workplace(Fact, frozen=True, gc=False):
    """A desk that rounds look at; ``since`` and ``until`` are the first and last day of its use.

    ``desk_of`` is a person's id, empty for a desk that is shared.
    """

    kind: ClassVar[str] = "workplaces"

    place: str
    floor: str
    desk_of: str
    since: date
    until: date | None

    def in_use(self, day: date) -> bool:
        """Whether rounds are to look at it on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Round(Fact, frozen=True, gc=False):
    """How a round of a floor ended: ``held``, or ``skipped`` for a reason.

    ``unseen`` are the workplaces of the floor that nobody looked at.
    """

    kind: ClassVar[str] = "rounds"

    floor: str
    day: date
    inspector: str
    outcome: str
    unseen: tuple[str, ...]
    reason: str

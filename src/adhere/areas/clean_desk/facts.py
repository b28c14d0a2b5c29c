"""The facts of this area as checks see them: plain rows, without database."""

from __future__ import annotations

from typing import ClassVar

from adhere.core.checking import Fact


class Inspection(Fact, frozen=True, gc=False):
    """What somebody found at one workplace. ``screen_locked`` is ``yes``, ``no`` or ``none``:
    no device was left there. ``desk_of`` is a person's id, empty for a desk that is shared.
    """

    kind: ClassVar[str] = "inspections"

    inspector: str
    place: str
    desk_of: str
    desk_clear: bool
    screen_locked: str
    note: str

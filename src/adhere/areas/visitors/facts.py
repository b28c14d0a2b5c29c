"""The facts of this area as checks see them: plain rows, without database."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from adhere.core.checking import Fact


class Visit(Fact, frozen=True, gc=False):
    """One visitor at the door, from ``arrived_at`` until ``left_at``, None while inside.

    ``host`` and ``accompanied_by`` are people's ids or empty. ``badge_returned`` is None where
    nobody noted it: then a visitor who left gave it back.
    """

    kind: ClassVar[str] = "visits"

    visitor: str
    company: str
    host: str
    arrived_at: datetime
    left_at: datetime | None
    registered: bool
    accompanied_by: str
    badge: str
    badge_returned: bool | None

"""The core's own facts in plain form, for checks: no database behind them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from adhere.core.checking import Fact


class Acknowledged(Fact, frozen=True, gc=False):
    """A person accepted a version of a policy. ``score`` is of the questions asked, if any."""

    kind: ClassVar[str] = "acknowledgements"

    person: str
    policy: str
    version: int
    score: int | None


class Publication(Fact, frozen=True, gc=False):
    """One published version of a policy. ``changes`` is what its publisher said of it.

    One that is not ``material`` need not be accepted by those who accepted the one before.
    """

    kind: ClassVar[str] = "publications"

    policy: str
    version: int
    changes: str
    material: bool = True


class Incident(Fact, frozen=True, gc=False):
    """Something that broke a clause. Empty where it is not known, None where it has not been."""

    kind: ClassVar[str] = "incidents"

    sort: str
    reporter: str
    subject: str
    clause: str
    description: str
    supervisor_notified_at: datetime | None
    security_notified_at: datetime | None
    closed_at: datetime | None
    place: str
    answer: str
    action: str
    subject_told_at: datetime | None

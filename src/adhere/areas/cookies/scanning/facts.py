"""The facts of scans as checks see them."""

from __future__ import annotations

from typing import ClassVar

from adhere.areas.cookies.scanning.shape import Report
from adhere.core.checking import Fact


class Scan(Fact, frozen=True, gc=False):
    """One scan of a website that came to its end; ``happened_at`` is when it began."""

    kind: ClassVar[str] = "scans"

    site: str
    report: Report


class Correction(Fact, frozen=True, gc=False):
    """What a person knows better than the data about a tracker, and why."""

    kind: ClassVar[str] = "tracker-corrections"

    name: str
    domain: str
    vendor: str
    purpose: str
    reason: str

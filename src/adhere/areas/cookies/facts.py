"""The facts of this area as checks see them: plain rows, without database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from adhere.core.checking import Fact, Subject


class Tracker(Fact, frozen=True, gc=False):
    """One tracker of the inventory. ``site`` empty means every site."""

    kind: ClassVar[str] = "trackers"

    name: str
    tracker_kind: str
    domain: str
    party: str
    vendor: str
    purpose: str
    strictly_necessary: bool
    retention: str
    site: str
    reason: str


class Review(Fact, frozen=True, gc=False):
    """Somebody looked through the inventory and said that each tracker is worth having."""

    kind: ClassVar[str] = "inventory-reviews"

    reviewer: str


class Site(Fact, frozen=True, gc=False):
    """A website that shows the banner, in these languages."""

    kind: ClassVar[str] = "sites"

    title: str
    languages: tuple[str, ...]
    active: bool

    @property
    def subject(self) -> Subject:
        return Subject("website", self.key, self.title)


class Notice(Fact, frozen=True, gc=False):
    """Exactly what a banner showed; ``content`` as ``config`` describes it."""

    kind: ClassVar[str] = "notices"

    site: str
    number: int
    language: str
    policy_version: int
    content: Mapping[str, Any]


class Page(Fact, frozen=True, gc=False):
    """One language of the cookie policy: whether its tables are the inventory, byte for byte."""

    kind: ClassVar[str] = "cookie-pages"

    language: str
    version: int
    exact: bool


class Answers(Fact, frozen=True, gc=False):
    """The answers of one site that are alike: same notice, method and choices.

    ``longest`` is for how many days the longest of them stands; ``unproven`` how many have lost
    what the ledger holds of them.
    """

    kind: ClassVar[str] = "consents"

    site: str
    notice: str
    method: str
    purposes: Mapping[str, bool]
    count: int
    longest: int
    unproven: int


class Asking(Fact, frozen=True, gc=False):
    """A site's answers of one month; ``repeated`` those that said again what still stood."""

    kind: ClassVar[str] = "consent-repeats"

    site: str
    answers: int
    repeated: int

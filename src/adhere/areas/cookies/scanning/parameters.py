"""What the checks that a scan decides can be told."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from adhere.areas.cookies.consent_parameters import Slug
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between

Purpose = Literal["any", "necessary", "analytics", "marketing", "preferences", "embeds"]
Party = Literal["any", "first", "third"]


class Scanned(Parameters, frozen=True, kw_only=True):
    """A scan older than ``stale`` says nothing about today."""

    stale: Duration = Duration(1, "mo")

    def __post_init__(self) -> None:
        between("stale", self.stale, "1d", "6mo")


class ForPurpose(Scanned, frozen=True, kw_only=True):
    """``purpose`` is the purpose whose trackers are looked at."""

    purpose: Purpose = "any"


class OfParty(ForPurpose, frozen=True, kw_only=True):
    """``party`` is whose trackers are compared with the inventory, ``purpose`` which of them."""

    party: Party = "any"


class Lifetimes(Scanned, frozen=True, kw_only=True):
    """``longest`` is a limit of its own beside what the inventory says of each tracker."""

    longest: Duration = Duration(13, "mo")

    def __post_init__(self) -> None:
        super().__post_init__()
        between("longest", self.longest, "1d", "25mo")


class Clicks(Scanned, frozen=True, kw_only=True):
    """``extra`` is how many clicks more than accepting it may take."""

    extra: Annotated[int, Meta(ge=0, le=3)] = 0


class VersionShown(Scanned, frozen=True, kw_only=True):
    """``policy`` is the policy whose version in force the website is to show."""

    policy: Slug = "cookies"

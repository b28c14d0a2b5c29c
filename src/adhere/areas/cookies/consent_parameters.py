"""What the checks that consent decides can be told."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9-]+$", description="a policy's name, such as cookies")]


class ChoiceKept(Parameters, frozen=True):
    """``max_age`` is how long an answer stands before the visitor is asked again."""

    max_age: Duration = Duration(6, "mo")

    def __post_init__(self) -> None:
        between("max_age", self.max_age, "1mo", "13mo")


class Reviewed(Parameters, frozen=True):
    """``within`` is how long the company's own review of its trackers stands."""

    within: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1mo", "3y")


class AskedOnce(Parameters, frozen=True):
    """``share`` is how many of a hundred answers of a month may repeat what still stood."""

    share: Annotated[int, Meta(ge=0, le=50)] = 5


class Purged(Parameters, frozen=True):
    """``keep`` is how long the record of an answer is kept after it was given."""

    keep: Duration = Duration(24, "mo")

    def __post_init__(self) -> None:
        between("keep", self.keep, "6mo", "10y")


class Retained(Parameters, frozen=True):
    """``longest`` is the longest retention that the inventory may say of a tracker."""

    longest: Duration = Duration(13, "mo")

    def __post_init__(self) -> None:
        between("longest", self.longest, "1d", "25mo")


class OfPolicy(Parameters, frozen=True):
    """``policy`` is the policy whose published versions are looked at."""

    policy: Slug = "cookies"

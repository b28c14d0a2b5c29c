"""Checks of workplaces: what somebody who walked round found on desks and screens."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from adhere.core.checking import Check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between

Clock = Annotated[
    str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="a time of day such as 18:00")
]


class Inspected(Parameters, frozen=True):
    """``look_at`` is what the inspector looks at; a finding older than ``within`` is stale."""

    look_at: Literal["desk", "screen", "both"] = "both"
    within: Duration = Duration(3, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "2y")


class ClearedAtEnd(Parameters, frozen=True):
    """``after`` is the local time from which a desk counts as left for the day."""

    after: Clock = "18:00"
    within: Duration = Duration(3, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "2y")


inspected = Check(
    name="clean_desk.inspected",
    summary="The newest round found the desk clear and the screen of an unattended device locked",
    strength="inspected",
    subject="place",
    needs=("inspections",),
    parameters=Inspected,
)

cleared_at_end = Check(
    name="clean_desk.cleared_at_end",
    summary="The newest round after working hours found the desk clear",
    strength="inspected",
    subject="place",
    needs=("inspections",),
    parameters=ClearedAtEnd,
)

"""Checks of data subjects' rights under the GDPR: Articles 15 to 22, 7(3) and 77."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from adhere.core.checking import Check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between

Right = Literal[
    "access",
    "rectification",
    "erasure",
    "restriction",
    "portability",
    "objection",
    "automated-decision",
    "complaint",
    "withdrawal",
    "all",
]


class Answered(Parameters, frozen=True):
    """``right`` is what is asked for; ``within`` counts from receipt (GDPR Art. 12(3))."""

    right: Right = "all"
    within: Duration = Duration(1, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "3mo")


class Channels(Parameters, frozen=True):
    """``ways`` is in how many ways people can reach the company."""

    ways: Annotated[int, Meta(ge=1, le=6)] = 3


answered = Check(
    name="rights.answered",
    summary="Each request of this kind was answered in time, or its extension was told in time",
    # Adhere times the request; that the answer was complete rests on who wrote it.
    strength="attested",
    subject="request",
    needs=("rights-requests",),
    parameters=Answered,
)

authority_named = Check(
    name="rights.authority_named",
    summary="The policy page names the supervisory authority and how to reach it",
    strength="measured",
    subject="website",
    needs=("scans",),
)

channels_open = Check(
    name="rights.channels_open",
    summary="A request can be made in each way that the policy offers",
    strength="measured",
    subject="website",
    needs=("scans",),
    parameters=Channels,
)

free_of_charge = Check(
    name="rights.free_of_charge",
    summary="No request was charged for or refused without a reason that the GDPR knows",
    strength="attested",
    subject="request",
    needs=("rights-requests",),
)

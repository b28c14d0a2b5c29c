"""Checks of the front desk: strangers are spoken to and reported, visitors are known."""

from __future__ import annotations

from adhere.core.checking import Check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between


class ToldWithin(Parameters, frozen=True):
    """``within`` is the longest time between noticing a person and telling of them."""

    within: Duration = Duration(15, "m")

    def __post_init__(self) -> None:
        between("within", self.within, "1m", "24h")


class LookBack(Parameters, frozen=True):
    """``within`` is how far back reports count."""

    within: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "5y")


registered_or_accompanied = Check(
    name="visitors.registered_or_accompanied",
    summary="Each visitor is registered, or accompanied by an employee",
    # The front desk writes down whom it sees; nobody sees who slipped by.
    strength="reported",
    subject="visit",
    needs=("visits",),
)

premises_watched = Check(
    name="visitors.premises_watched",
    summary="No report says that somebody looked away from a breach of the premises",
    strength="reported",
    subject="company",
    needs=("incidents",),
    parameters=LookBack,
)

strangers_challenged = Check(
    name="visitors.strangers_challenged",
    summary="Each unrecognised person that was reported had been spoken to",
    strength="reported",
    subject="incident",
    needs=("incidents",),
    parameters=LookBack,
)

supervisor_told = Check(
    name="visitors.supervisor_told",
    summary="The supervisor was told in time of each person who did not answer appropriately",
    strength="reported",
    subject="incident",
    needs=("incidents",),
    parameters=ToldWithin,
)

security_told = Check(
    name="visitors.security_told",
    summary="The security team was told in time of each person who did not answer appropriately",
    strength="reported",
    subject="incident",
    needs=("incidents",),
    parameters=ToldWithin,
)

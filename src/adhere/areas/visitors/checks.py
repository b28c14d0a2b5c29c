"""Checks of the front desk: strangers are spoken to and reported, visitors are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from adhere.areas.visitors.facts import Visit
from adhere.areas.visitors.visiting import faults
from adhere.core.checking import State, Subject, Verdict, World, check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between
from adhere.core.rows import Incident

STRANGER = "unrecognised-person"


class ToldWithin(Parameters, frozen=True):
    """``within`` is the longest time between noticing a person and telling of them."""

    within: Duration = Duration(15, "m")

    def __post_init__(self) -> None:
        between("within", self.within, "1m", "24h")


class LookBack(Parameters, frozen=True):
    """``within`` is how far back visits and reports count."""

    within: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "5y")


@check(
    "visitors.registered_or_accompanied",
    # The front desk writes down whom it sees; nobody sees who slipped by.
    strength="reported",
    subject="visit",
    needs=(Visit.kind,),
    parameters=LookBack,
)
def registered_or_accompanied(chosen: LookBack, world: World) -> Iterator[Verdict]:
    """Each visitor is registered, or accompanied by an employee; each visit has host and end.

    A visit counts until it is older than ``within``; ``since`` is the day of arrival.
    """
    after = chosen.within.before(world.day)
    for visit in world.facts(Visit):
        day = world.local_day(visit.arrived_at)
        if day <= after:
            continue
        wrong = "; ".join(faults(visit, world))
        right = "registered" if visit.registered else f"accompanied by {visit.accompanied_by}"
        state: State = "not-satisfied" if wrong else "satisfied"
        yield Verdict(_visit(visit, day), state, wrong or right, day, (visit.ref,))


def _visit(visit: Visit, day: date) -> Subject:
    company = f" ({visit.company})" if visit.company else ""
    return Subject("visit", visit.key, f"{visit.visitor}{company} on {day}")


@check(
    "visitors.premises_watched",
    strength="reported",
    subject="company",
    needs=(Incident.kind,),
    parameters=LookBack,
)
def premises_watched(chosen: LookBack, world: World) -> Iterator[Verdict]:
    """No report says that somebody looked away from a breach of the premises."""
    after = chosen.within.before(world.day)
    found = [
        each
        for each in world.facts(Incident)
        if each.clause.rpartition("/")[2] == "physical-security"
        and world.local_day(each.happened_at) > after
    ]
    if not found:
        why = f"nobody reported such a breach in the {chosen.within.words} up to {world.day}"
        yield Verdict(world.company, "satisfied", why)
        return
    days = [world.local_day(each.happened_at) for each in found]
    why = "reported on " + ", ".join(str(day) for day in days)
    yield Verdict(world.company, "not-satisfied", why, days[0], tuple(each.ref for each in found))


@check(
    "visitors.strangers_challenged",
    strength="reported",
    subject="incident",
    needs=(Incident.kind,),
    parameters=LookBack,
)
def strangers_challenged(chosen: LookBack, world: World) -> Iterable[Verdict]:
    """Each unrecognised person that was reported had been spoken to."""
    return _or_none(_challenged(chosen, world), world)


def _challenged(chosen: LookBack, world: World) -> Iterator[Verdict]:
    for each, day in _strangers(chosen, world):
        if each.answer == "not-challenged":
            yield _told(each, day, "not-satisfied", "nobody spoke to the person", day)
        elif each.answer:
            yield _told(each, day, "satisfied", "the person was spoken to", day)
        else:
            why = "the report does not say whether anybody spoke to the person"
            yield _told(each, day, "unknown", why)


def _strangers(chosen: LookBack, world: World) -> Iterator[tuple[Incident, date]]:
    after = chosen.within.before(world.day)
    for each in world.facts(Incident):
        day = world.local_day(each.happened_at)
        if each.sort == STRANGER and day > after:
            yield each, day


def _or_none(found: Iterable[Verdict], world: World) -> Iterator[Verdict]:
    """The verdicts, or one that says that there was nothing to judge."""
    verdicts = list(found)
    if not verdicts:
        why = "no such person was reported"
        yield Verdict(world.company, "not-applicable", why)
    yield from verdicts


def _told(each: Incident, day: date, state: State, why: str, since: date | None = None) -> Verdict:
    where = f" at {each.place}" if each.place else ""
    subject = Subject("incident", each.key, f"unrecognised person{where} on {day}")
    return Verdict(subject, state, why, since, (each.ref,))


def _in_time(chosen: ToldWithin, world: World, who: str, field: str) -> Iterator[Verdict]:
    """Whether each report of somebody without a fitting answer reached ``who`` in time."""
    for each, day in _strangers(LookBack(), world):
        if each.answer == "answered":
            continue
        told = getattr(each, field)
        limit = chosen.within.words
        if told is None:
            yield _told(each, day, "not-satisfied", f"{who} was never told", day)
        elif told - each.happened_at > timedelta(days=chosen.within.days):
            late = f"{who} was told at {told.astimezone(world.zone):%Y-%m-%d %H:%M}"
            yield _told(each, day, "not-satisfied", f"{late}, later than {limit}", day)
        else:
            yield _told(each, day, "satisfied", f"{who} was told within {limit}", day)


@check(
    "visitors.supervisor_told",
    strength="measured",
    subject="incident",
    needs=(Incident.kind,),
    parameters=ToldWithin,
)
def supervisor_told(chosen: ToldWithin, world: World) -> Iterable[Verdict]:
    """The supervisor was told in time of each person who did not answer appropriately."""
    return _or_none(_in_time(chosen, world, "the supervisor", "supervisor_notified_at"), world)


@check(
    "visitors.security_told",
    strength="measured",
    subject="incident",
    needs=(Incident.kind,),
    parameters=ToldWithin,
)
def security_told(chosen: ToldWithin, world: World) -> Iterable[Verdict]:
    """The security team was told in time of each person who did not answer appropriately."""
    return _or_none(_in_time(chosen, world, "the security team", "security_notified_at"), world)

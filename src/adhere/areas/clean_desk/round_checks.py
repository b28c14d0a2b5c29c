"""Checks of the rounds themselves: each floor is walked, and no workplace is left out for long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from adhere.areas.clean_desk.facts import Inspection, Round, Workplace
from adhere.core.checking import Subject, Verdict, World, check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between

Clock = Annotated[
    str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="a time of day such as 18:00")
]
NAMED = 5  # of the workplaces that nobody looked at, the rest is counted
NO_REGISTER = "no workplaces are registered, so nobody can tell what rounds leave out"


class RoundsHeld(Parameters, frozen=True):
    """``every`` is how often each floor is walked; rounds before ``after`` do not count."""

    every: Duration = Duration(1, "mo")
    after: Clock = "18:00"

    def __post_init__(self) -> None:
        between("every", self.every, "1d", "2y")


class AllSeen(Parameters, frozen=True):
    """``within`` is the longest that a workplace may go without being looked at."""

    within: Duration = Duration(3, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "2y")


def clock(each: Inspection, world: World) -> str:
    """The company's local time of an inspection."""
    return f"{each.happened_at.astimezone(world.zone):%H:%M}"


@check(
    "clean_desk.rounds_held",
    strength="inspected",
    subject="place",
    needs=(Workplace.kind, Inspection.kind, Round.kind),
    parameters=RoundsHeld,
)
def rounds_held(chosen: RoundsHeld, world: World) -> Iterator[Verdict]:
    """Each floor with workplaces in use was walked within the window that ends on the day.

    One verdict a floor. A round is a local day on which a workplace of the floor was looked at,
    not before ``after``. A skipped round is none: its reason is told. A floor that was never
    walked has the window from the first day of its workplaces. Without a register: ``unknown``.
    """
    places = {each.place: each for each in world.facts(Workplace)}
    floors = sorted({each.floor for each in places.values() if each.in_use(world.day)})
    if not floors:
        yield Verdict(world.company, "unknown", NO_REGISTER)
    for floor in floors:
        here = [each for each in places.values() if each.floor == floor]
        yield _floor(floor, here, chosen, world)


def _floor(floor: str, here: Sequence[Workplace], chosen: RoundsHeld, world: World) -> Verdict:
    subject = Subject("place", floor, floor)
    seen = world.by(Inspection, "place")
    looked = [
        (world.local_day(each.happened_at), each)
        for place in here
        for each in seen.get(place.place, ())
        if clock(each, world) >= chosen.after
    ]
    in_use = [each for each in here if each.in_use(world.day)]
    if not looked:
        begun = min(each.since for each in in_use)
        return _never(subject, begun, chosen.every, world, _skipped(floor, date.min, world))
    last = max(day for day, _each in looked)
    round_ = sorted((each for day, each in looked if day == last), key=lambda each: each.key)
    told = f"held on {last}: {_left_out(here, last, round_)}{_skipped(floor, last, world)}"
    refs = tuple(each.ref for each in round_)
    if last > chosen.every.before(world.day):
        return Verdict(subject, "satisfied", told, None, refs)
    wanted = f"last {told}; wanted every {chosen.every.words}"
    return Verdict(subject, "not-satisfied", wanted, chosen.every.expiry(last), refs)


def _never(subject: Subject, begun: date, every: Duration, world: World, skipped: str) -> Verdict:
    why = f"in use since {begun}, and no round has been here{skipped}"
    if begun > every.before(world.day):
        return Verdict(subject, "unknown", f"{why}; wanted before {every.expiry(begun)}")
    return Verdict(subject, "not-satisfied", why, every.expiry(begun))


def _left_out(here: Sequence[Workplace], day: date, round_: Sequence[Inspection]) -> str:
    """How many of the workplaces of a day were looked at, and which were not."""
    there = sorted(each.place for each in here if each.in_use(day))
    seen = {each.place for each in round_}
    unseen = [place for place in there if place not in seen]
    if not unseen:
        return f"all workplaces looked at ({len(there)})"
    names = ", ".join(unseen[:NAMED])
    more = f" and {len(unseen) - NAMED} more" if len(unseen) > NAMED else ""
    return f"{len(there) - len(unseen)} of {len(there)} workplaces looked at, not {names}{more}"


def _skipped(floor: str, after: date, world: World) -> str:
    """The last round since that was skipped, with its reason."""
    rows = world.by(Round, "floor").get(floor, ())
    missed = [each for each in rows if each.outcome == "skipped" and each.day > after]
    return f"; skipped on {missed[-1].day}: {missed[-1].reason}" if missed else ""


@check(
    "clean_desk.all_seen",
    strength="inspected",
    subject="place",
    needs=(Workplace.kind, Inspection.kind),
    parameters=AllSeen,
)
def all_seen(chosen: AllSeen, world: World) -> Iterator[Verdict]:
    """Each workplace in use was looked at within the window that ends on the day.

    One verdict a workplace. A workplace that was never looked at has the window from its first
    day of use. Without a register: ``unknown``.
    """
    places = [each for each in world.facts(Workplace) if each.in_use(world.day)]
    if not places:
        yield Verdict(world.company, "unknown", NO_REGISTER)
    for each in sorted(places, key=lambda each: each.place):
        subject = Subject("place", each.place, each.place)
        rounds = world.by(Inspection, "place").get(each.place, ())
        if not rounds:
            yield _never(subject, each.since, chosen.within, world, "")
            continue
        newest = rounds[-1]
        day = world.local_day(newest.happened_at)
        if day > chosen.within.before(world.day):
            yield Verdict(subject, "satisfied", f"looked at on {day}", None, (newest.ref,))
            continue
        why = f"not looked at since {day}, longer than {chosen.within.words}"
        since = chosen.within.expiry(day)
        yield Verdict(subject, "not-satisfied", why, since, (newest.ref,))

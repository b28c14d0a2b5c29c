"""Checks of workplaces: what somebody who walked round found on desks and screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from adhere.areas.clean_desk.facts import Inspection, Workplace
from adhere.areas.clean_desk.round_checks import Clock, all_seen, clock, rounds_held
from adhere.core.checking import Subject, Verdict, World, check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between

__all__ = ("all_seen", "cleared_at_end", "inspected", "rounds_held")


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


@check(
    "clean_desk.inspected",
    strength="inspected",
    subject="place",
    needs=(Inspection.kind, Workplace.kind),
    parameters=Inspected,
)
def inspected(chosen: Inspected, world: World) -> Iterator[Verdict]:
    """The newest round found the desk clear and the screen of an unattended device locked.

    One verdict a workplace in use, or inspected and not registered. What was found stays so
    until a round finds otherwise; a finding older than ``within`` says nothing about today.
    """
    look_at = chosen.look_at
    for place, rounds in _by_place(world):
        looked = [each for each in rounds if look_at != "screen" or each.screen_locked != "none"]
        yield _standing(place, looked, lambda each: _untidy(each, look_at), chosen.within, world)


@check(
    "clean_desk.cleared_at_end",
    strength="inspected",
    subject="place",
    needs=(Inspection.kind, Workplace.kind),
    parameters=ClearedAtEnd,
)
def cleared_at_end(chosen: ClearedAtEnd, world: World) -> Iterator[Verdict]:
    """The newest round after working hours found the desk clear.

    Rounds before ``after``, local time, do not count.
    """
    for place, rounds in _by_place(world):
        late = [each for each in rounds if clock(each, world) >= chosen.after]
        yield _standing(place, late, lambda each: _untidy(each, "desk"), chosen.within, world)


def _by_place(world: World) -> list[tuple[str, Sequence[Inspection]]]:
    """The rounds of each workplace, those without any too; not of those no longer in use."""
    seen = world.by(Inspection, "place")
    known = {each.place: each.in_use(world.day) for each in world.facts(Workplace)}
    places = {place for place in seen if known.get(place, True)}
    places |= {place for place, in_use in known.items() if in_use}
    return [(place, seen.get(place, ())) for place in sorted(places)]


def _untidy(each: Inspection, look_at: str) -> str:
    """What an inspection found amiss, of what is looked at."""
    found = []
    if look_at != "screen" and not each.desk_clear:
        named = " and ".join(each.found) or "material"
        found.append(f"{named} lay open")
    if look_at != "desk" and each.screen_locked == "no":
        found.append("a device left alone was not locked")
    return " and ".join(found)


def _standing(
    place: str,
    rounds: Sequence[Inspection],
    amiss: Callable[[Inspection], str],
    within: Duration,
    world: World,
) -> Verdict:
    """What the newest of a workplace's rounds says, since the first of the unbroken run."""
    subject = Subject("place", place, place)
    if not rounds:
        return Verdict(subject, "unknown", "no round has looked at this yet")
    newest = rounds[-1]
    day = world.local_day(newest.happened_at)
    if not (wrong := amiss(newest)):
        if day <= within.before(world.day):
            why = f"no round has been here since {day}, longer than {within.words}"
            return Verdict(subject, "unknown", why, None, (newest.ref,))
        return Verdict(subject, "satisfied", f"in order on {day}", day, (newest.ref,))
    run = [newest]
    for each in reversed(rounds[:-1]):
        if not amiss(each):
            break
        run.append(each)
    since = world.local_day(run[-1].happened_at)
    again = f", {len(run)} rounds in a row" if len(run) > 1 else ""
    refs = tuple(each.ref for each in reversed(run))
    return Verdict(subject, "not-satisfied", f"on {day} {wrong}{again}", since, refs)

"""Checks of conduct that incidents decide: what was reported of somebody, and what it repeats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from adhere.core.checking import Person, Subject, Verdict, World, check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between
from adhere.core.rows import Incident

Name = Annotated[
    str, Meta(pattern=r"^[a-z0-9-]+$", description="a name in lower case, digits and hyphens")
]


class Reported(Parameters, frozen=True):
    """``clause`` is the clause whose breaches are looked for, ``within`` how far back."""

    clause: Name
    within: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "5y")


class LookBack(Parameters, frozen=True):
    """``within`` is how far back incidents count."""

    within: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "5y")


class Repeated(Parameters, frozen=True):
    """The ``times``-th crash by one person counts as deliberate, each within ``within``."""

    times: Annotated[int, Meta(ge=2, le=10)] = 2
    within: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "5y")


@check(
    "conduct.nothing_reported",
    strength="reported",
    subject="person",
    needs=(Incident.kind,),
    parameters=Reported,
)
def nothing_reported(chosen: Reported, world: World) -> Iterator[Verdict]:
    """No incident that names this clause stands against anybody.

    One verdict a person at work. An incident of which nobody knows who did it is the company's.
    """
    found = [each for each in _recent(chosen.within, world) if _clause(each) == chosen.clause]
    return _against(found, f"in the {chosen.within.words} up to {world.day}", world)


@check(
    "conduct.no_prohibited_activity",
    strength="reported",
    subject="person",
    needs=(Incident.kind,),
    parameters=LookBack,
)
def no_prohibited_activity(chosen: LookBack, world: World) -> Iterator[Verdict]:
    """No prohibited activity was reported of anybody, listed or not."""
    recent = _recent(chosen.within, world)
    found = [each for each in recent if each.sort == "prohibited-activity"]
    return _against(found, f"in the {chosen.within.words} up to {world.day}", world)


@check(
    "conduct.consulted_before_export",
    strength="reported",
    subject="incident",
    needs=(Incident.kind,),
    parameters=LookBack,
)
def consulted_before_export(chosen: LookBack, world: World) -> Iterator[Verdict]:
    """No export of software or technology was reported that the management had not been asked."""
    found = [each for each in _recent(chosen.within, world) if _clause(each) == "export"]
    if not found:
        yield Verdict(world.company, "satisfied", "no such export was reported")
    for each in found:
        day = world.local_day(each.happened_at)
        subject = Subject("incident", each.key, f"export of {day}")
        why = "reported as done without asking the responsible management first"
        yield Verdict(subject, "not-satisfied", why, day, (each.ref,))


@check(
    "conduct.no_repeated_crash",
    strength="reported",
    subject="person",
    needs=(Incident.kind,),
    parameters=Repeated,
)
def no_repeated_crash(chosen: Repeated, world: World) -> Iterator[Verdict]:
    """Nobody crashed a system again after being told of the first time.

    A crash counts when its cause was a person's action. Only the same action, done again after
    the person was told, can be deliberate: crashes up to then are counted, but never flagged.
    """
    crashes: dict[str, list[Incident]] = defaultdict(list)
    for each in _recent(chosen.within, world):
        if each.sort == "crash" and each.subject:
            crashes[each.subject].append(each)
    for person in _those(world, crashes):
        found = _repeated(crashes.get(person.key, []), chosen.times)
        if found is None:
            yield Verdict(person.subject, "satisfied", "caused no crash again after being told")
            continue
        told, run = found
        day = world.local_day(run[-1].happened_at)
        what = f" ({run[-1].action})" if run[-1].action else ""
        why = f"possibly deliberate: the same action{what} caused a crash again on {day}, after "
        why += f"the person was told on {world.local_day(told)}"
        refs = tuple(each.ref for each in run)
        yield Verdict(person.subject, "not-satisfied", why, day, refs)


def _repeated(crashes: Sequence[Incident], times: int) -> tuple[datetime, list[Incident]] | None:
    """When the person was told, and the crashes of one action up to the first after that."""
    by_action: dict[str, list[Incident]] = defaultdict(list)
    for each in crashes:
        run = by_action[each.action.casefold().strip()]
        told = [moment for before in run if (moment := _told(before))]
        run.append(each)
        if told and min(told) < each.happened_at and len(run) >= times:
            return min(told), run
    return None


def _told(crash: Incident) -> datetime | None:
    """When the person learnt that their action was the cause: closing the case tells it too."""
    return crash.subject_told_at or crash.closed_at


def _recent(within: Duration, world: World) -> list[Incident]:
    after = within.before(world.day)
    return [each for each in world.facts(Incident) if world.local_day(each.happened_at) > after]


def _clause(each: Incident) -> str:
    return each.clause.rpartition("/")[2]


def _those(world: World, named: dict[str, list[Incident]]) -> list[Person]:
    """Everybody at work, and whoever has left since and is named."""
    at_work = world.people()
    keys = {each.key for each in at_work}
    gone = [world.person(key) for key in sorted(named) if key not in keys]
    return [*at_work, *(each for each in gone if each)]


def _against(found: Sequence[Incident], window: str, world: World) -> Iterator[Verdict]:
    """A verdict on each person, from the incidents that name them."""
    named: dict[str, list[Incident]] = defaultdict(list)
    for each in found:
        named[each.subject].append(each)
    if "" in named:
        yield _broken(world.company, named[""], world, "; nobody knows by whom")
    for person in _those(world, named):
        if mine := named.get(person.key):
            yield _broken(person.subject, mine, world, "")
        else:
            yield Verdict(person.subject, "satisfied", f"nothing was reported {window}")


def _broken(subject: Subject, found: Sequence[Incident], world: World, more: str) -> Verdict:
    days = [world.local_day(each.happened_at) for each in found]
    why = "reported on " + ", ".join(map(str, days)) + more
    return Verdict(subject, "not-satisfied", why, days[0], tuple(each.ref for each in found))

"""Checks of conduct: the policy is accepted, its prohibitions are kept, exemptions are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from adhere.areas.conduct.incident_checks import (
    Name,
    consulted_before_export,
    no_prohibited_activity,
    no_repeated_crash,
    nothing_reported,
)
from adhere.core.checking import Check, Person, State, Subject, Verdict, World, check
from adhere.core.durations import Duration
from adhere.core.judging import NOTHING_YET, Exemption
from adhere.core.parameters import NoParameters, Parameters, between
from adhere.core.rows import Acknowledged, Publication

__all__ = (
    "consulted_before_export",
    "no_prohibited_activity",
    "no_repeated_crash",
    "nothing_reported",
)


class Acceptance(Parameters, frozen=True):
    """``grace`` runs from joining or publication, whichever is later.

    Where ``score`` is above 0, only an acknowledgement with that score shows understanding.
    """

    policy: Name = "work-behaviours"
    grace: Duration = Duration(30, "d")
    score: Annotated[int, Meta(ge=0, le=100)] = 0

    def __post_init__(self) -> None:
        between("grace", self.grace, "0d", "1y")


class Ending(Parameters, frozen=True):
    """``longest`` is how long one exemption may run, from its first to its last day."""

    longest: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("longest", self.longest, "1d", "3y")


class Detected(Parameters, frozen=True):
    """``clause`` is the clause that rules are tagged with; ``level`` the least that counts."""

    clause: Name
    level: Literal["informational", "low", "medium", "high", "critical"] = "medium"
    within: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "5y")


nothing_detected = Check(
    name="conduct.nothing_detected",
    summary="No rule that watches this clause matched the log events of a person",
    strength="measured",
    subject="person",
    needs=("events",),
    parameters=Detected,
)


@check(
    "conduct.acknowledged",
    strength="attested",
    subject="person",
    needs=("acknowledgements", "publications"),
    parameters=Acceptance,
)
def acknowledged(chosen: Acceptance, world: World) -> Iterable[Verdict]:
    """Everybody on duty has accepted the version in force within the grace period.

    After a version that is not material, the one before still is the one to accept.
    """
    versions = [
        Issue(each, world.local_day(each.happened_at))
        for each in world.facts(Publication)
        if each.policy == chosen.policy and (each.material or each.version == 1)
    ]
    if not world.has([Acknowledged.kind]):
        return [Verdict(world.company, "unknown", NOTHING_YET)]
    if not versions:
        why = f"no version of “{chosen.policy}” was published by then"
        return [Verdict(world.company, "not-applicable", why)]
    return [_accepted(person, versions, chosen, world) for person in world.people()]


class Issue(NamedTuple):
    """A version with the company's calendar day of its publication."""

    version: Publication
    day: date


def _accepted(
    person: Person, versions: Sequence[Issue], chosen: Acceptance, world: World
) -> Verdict:
    given = [
        each
        for each in world.by(Acknowledged, "person").get(person.key, ())
        if each.policy == chosen.policy
    ]
    enough = [each for each in given if (each.score or 0) >= chosen.score]
    last = max(enough, key=lambda each: each.version, default=None)
    newest = versions[-1]
    if last and last.version >= newest.version.version:
        day = world.local_day(last.happened_at)
        why = f"accepted version {last.version} on {day}"
        return Verdict(person.subject, "satisfied", why, day, (last.ref,))
    why = f"{_so_far(last, given, world)}; version {newest.version.version} is in force since "
    why += f"{newest.day}"
    facts = (*((last.ref,) if last else ()), newest.version.ref)
    overdue = _overdue(person, versions, last.version if last else 0, chosen.grace, world.day)
    if overdue is None:
        due = _due(person, newest, chosen.grace)
        return Verdict(person.subject, "not-applicable", f"{why}, due by {due}", None, facts)
    late = f"{why}, was due by {overdue}"
    return Verdict(person.subject, "not-satisfied", late, overdue + timedelta(days=1), facts)


def _so_far(last: Acknowledged | None, given: Sequence[Acknowledged], world: World) -> str:
    if last:
        return f"accepted only version {last.version}, on {world.local_day(last.happened_at)}"
    if given:
        scores = "no score" if given[-1].score is None else f"a score of {given[-1].score}"
        return f"accepted version {given[-1].version} with {scores}, which is too little"
    return "has accepted no version"


def _overdue(
    person: Person, versions: Sequence[Issue], accepted: int, grace: Duration, today: date
) -> date | None:
    """The first deadline missed. A version replaced before its deadline never had to be read;
    one replaced after it leaves the debt standing, so publishing again pardons nobody.
    """
    for index, issue in enumerate(versions):
        if issue.version.version <= accepted:
            continue
        due = _due(person, issue, grace)
        replaced = versions[index + 1].day if index + 1 < len(versions) else date.max
        if due < min(today, replaced):
            return due
    return None


def _due(person: Person, issue: Issue, grace: Duration) -> date:
    return grace.after(max(person.joined, issue.day))


Fault = Callable[[Exemption, World], str]


def _each_in_force(world: World, right: str, fault: Fault) -> Iterator[Verdict]:
    """One verdict for each exemption in force; ``fault`` says what is wrong, or nothing."""
    in_force = [each for each in world.facts(Exemption) if each.start <= world.day <= each.until]
    if not in_force:
        yield Verdict(world.company, "not-applicable", "no exemption is in force")
    for each in in_force:
        wrong = fault(each, world)
        state: State = "not-satisfied" if wrong else "satisfied"
        subject = Subject("exemption", each.key, f"exemption {each.key} of {each.subject}")
        yield Verdict(subject, state, wrong or right, each.start, (each.ref,))


@check(
    "conduct.exemptions_reasoned",
    strength="measured",
    subject="exemption",
    needs=("exemptions",),
)
def exemptions_reasoned(_: NoParameters, world: World) -> Iterable[Verdict]:
    """Each exemption in force says why the work calls for it."""

    def fault(each: Exemption, _: World) -> str:
        return "" if each.reason.strip() else "no reason is given"

    return _each_in_force(world, "a reason is given", fault)


@check(
    "conduct.exemptions_written",
    strength="measured",
    subject="exemption",
    needs=("exemptions",),
)
def exemptions_written(_: NoParameters, world: World) -> Iterable[Verdict]:
    """Each exemption in force rests on recorded consent that was there before it began."""

    def fault(each: Exemption, world: World) -> str:
        granted = world.local_day(each.happened_at)
        granter = world.person(each.granted_by)
        if granter is None:
            return "nobody known has consented"
        if not granter.serves(granted):
            return f"{granter.name} did not work here on {granted}, the day of consent"
        if each.start < granted:
            return f"it began on {each.start}, before the consent of {granted}"
        return ""

    return _each_in_force(world, "consent was recorded before it began", fault)


@check(
    "conduct.exemptions_by_another",
    strength="measured",
    subject="exemption",
    needs=("exemptions",),
)
def exemptions_by_another(_: NoParameters, world: World) -> Iterable[Verdict]:
    """Each exemption in force was consented to by somebody who neither asked nor is freed."""

    def fault(each: Exemption, _: World) -> str:
        for granter in (each.granted_by, each.also_granted_by):
            if granter and granter in {each.requested_by, each.subject}:
                role = "asked for it" if granter == each.requested_by else "is freed by it"
                return f"{granter} consented, who also {role}"
        return f"{each.granted_by} consented twice" if _twice(each) else ""

    return _each_in_force(world, "somebody else consented", fault)


def _twice(each: Exemption) -> bool:
    return bool(each.granted_by) and each.granted_by == each.also_granted_by


@check(
    "conduct.exemptions_end",
    strength="measured",
    subject="exemption",
    needs=("exemptions",),
    parameters=Ending,
)
def exemptions_end(chosen: Ending, world: World) -> Iterable[Verdict]:
    """Each exemption in force ends, within the longest time allowed."""

    def fault(each: Exemption, _: World) -> str:
        if each.until < chosen.longest.after(each.start):
            return ""
        return f"it runs until {each.until}, longer than {chosen.longest.words}"

    return _each_in_force(world, f"it ends within {chosen.longest.words}", fault)

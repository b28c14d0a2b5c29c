"""Clauses, facts and a day in; findings out. Pure: no database, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar

import msgspec

from adhere.core.checking import Check, Fact, State, Subject, Verdict, World
from adhere.core.parameters import Parameters

NOTHING_YET = "nothing recorded yet"


class Binding(msgspec.Struct, frozen=True):
    """One clause of one policy bound to one check."""

    policy: str
    clause: str
    check: Check
    parameters: Parameters


class Exemption(Fact, frozen=True, gc=False):
    """A granted departure, as the judgement sees it. Both days are inclusive."""

    kind: ClassVar[str] = "exemptions"

    clause: str
    subject: str
    start: date
    until: date
    reason: str = ""
    requested_by: str = ""
    granted_by: str = ""
    granted_at: datetime | None = None
    also_granted_by: str = ""


class Finding(msgspec.Struct, frozen=True, gc=False):
    """The verdict for one clause and one subject."""

    policy: str
    clause: str
    check: str
    strength: str
    subject: Subject
    state: State
    since: date | None
    why: str
    facts: tuple[str, ...]
    exemption: str | None = None


def judge(
    bindings: Iterable[Binding], world: World, exemptions: Sequence[Exemption] = ()
) -> Iterator[Finding]:
    """Judge every binding for every subject, less the exemptions in force on the day."""
    in_force = _index(exemptions, world.day)
    for binding in bindings:
        for verdict in _verdicts(binding, world):
            yield _finding(binding, verdict, in_force)


def _verdicts(binding: Binding, world: World) -> Iterable[Verdict]:
    check = binding.check
    if check.judge is None or not world.has(check.needs):
        return [Verdict(world.company, "unknown", NOTHING_YET)]
    return check.judge(binding.parameters, world)


def _index(exemptions: Sequence[Exemption], day: date) -> Mapping[tuple[str, str], Exemption]:
    index: dict[tuple[str, str], Exemption] = {}
    for exemption in sorted(exemptions, key=lambda each: (each.until, each.key)):
        if exemption.start <= day <= exemption.until:
            index[exemption.clause, exemption.subject] = exemption
    return index


def _finding(
    binding: Binding, verdict: Verdict, exemptions: Mapping[tuple[str, str], Exemption]
) -> Finding:
    state, since, why, exemption = verdict.state, verdict.since, verdict.why, None
    if state == "not-satisfied" and exemptions:
        found = exemptions.get((f"{binding.policy}/{binding.clause}", verdict.subject.id))
        if found:
            state, since, exemption = "exempt", found.start, found.key
            why = f"{why}; exempt until {found.until.isoformat()}"
    return Finding(
        binding.policy,
        binding.clause,
        binding.check.name,
        binding.check.strength,
        verdict.subject,
        state,
        since,
        why,
        verdict.facts,
        exemption,
    )


def tally(findings: Iterable[Finding]) -> dict[tuple[str, str], dict[str, int]]:
    """How many subjects of each clause stand in each state."""
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for finding in findings:
        counts[finding.policy, finding.clause][finding.state] += 1
    return counts

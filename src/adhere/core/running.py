"""Runs: judges everything for a day, and keeps what today's run found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from adhere.core.checking import World
from adhere.core.judging import Exemption, Finding, judge
from adhere.core.keeping import keep
from adhere.core.models import Run
from adhere.core.policies import InForce, in_force
from adhere.core.recording import day_of, start_of
from adhere.core.world import end_of, world_on


@dataclass(frozen=True)
class Judged:
    """What a run says: the policies as they stood, and every finding."""

    day: date
    known: date | None
    policies: Sequence[InForce]
    findings: Sequence[Finding]
    world: World

    def recorded(self, refs: Collection[str]) -> dict[str, datetime]:
        """When the facts of these names were recorded."""
        kinds = {ref.partition("/")[0] for ref in refs}
        every = (fact for kind in kinds for fact in self.world.named(kind))
        return {fact.ref: fact.recorded_at for fact in every if fact.ref in refs}


def judge_day(
    day: date | None = None, known: date | None = None, slugs: Collection[str] = ()
) -> Judged:
    """Judge every clause for every subject on a day, with what was known by ``known``."""
    day = day or day_of(timezone.now())
    moments = [moment for moment in (end_of(day), end_of(known)) if moment]
    policies = in_force(min(moments, default=start_of(date.max)), slugs)
    bindings = [binding for policy in policies for binding in policy.bindings]
    needs = {need for binding in bindings for need in binding.check.needs}
    world = world_on(day, known, needs | {"exemptions"})
    findings = list(judge(bindings, world, _exemptions(world, policies)))
    return Judged(day, known, policies, findings, world)


def _exemptions(world: World, policies: Sequence[InForce]) -> Sequence[Exemption]:
    """Those that count: with two consents where the text in force that day wants two."""
    pairs = {
        f"{policy.source.slug}/{clause.id}"
        for policy in policies
        for clause in policy.source.clauses
        if clause.consents > 1
    }
    found = world.facts(Exemption)
    return [each for each in found if each.also_granted_by or each.clause not in pairs]


def run_today() -> Judged:
    """Judge today and keep the findings: new ones open, changed ones close and open again."""
    started = timezone.now()
    judged = judge_day(day_of(started))
    keep(judged.findings, started)
    Run.objects.create(
        day=judged.day,
        started_at=started,
        finished_at=timezone.now(),
        counts=_counts(judged.findings),
    )
    return judged


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.state] = counts.get(finding.state, 0) + 1
    return counts

"""Runs: judges everything for a day, and keeps what today's run found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from adhere.core.checking import World
from adhere.core.judging import Exemption, Finding, judge
from adhere.core.models import FindingRecord, Run
from adhere.core.policies import InForce, in_force
from adhere.core.recording import start_of
from adhere.core.world import end_of, world_on

BATCH = 1_000
_SAME = ("state", "strength", "why", "facts", "exemption", "since", "subject_name")


@dataclass(frozen=True)
class Judged:
    """What a run says: the policies as they stood, and every finding."""

    day: date
    known: date | None
    policies: Sequence[InForce]
    findings: Sequence[Finding]


def judge_day(
    day: date | None = None, known: date | None = None, slugs: Collection[str] = ()
) -> Judged:
    """Judge every clause for every subject on a day, with what was known by ``known``."""
    day = day or timezone.localdate()
    moments = [moment for moment in (end_of(day), end_of(known)) if moment]
    policies = in_force(min(moments, default=start_of(date.max)), slugs)
    bindings = [binding for policy in policies for binding in policy.bindings]
    needs = {need for binding in bindings for need in binding.check.needs}
    world = world_on(day, known, needs | {"exemptions"})
    findings = list(judge(bindings, world, _exemptions(world)))
    return Judged(day, known, policies, findings)


def _exemptions(world: World) -> Sequence[Exemption]:
    return world.facts(Exemption)


def run_today() -> Judged:
    """Judge today and keep the findings: new ones open, changed ones close and open again."""
    started = timezone.now()
    judged = judge_day(timezone.localdate(started))
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


Key = tuple[str, str, str, str, str]


@transaction.atomic
def keep(findings: Iterable[Finding], at: datetime) -> None:
    """Bring the kept findings up to these."""
    open_now = {_key_of_record(row): row for row in FindingRecord.objects.filter(resolved_at=None)}
    fresh: list[FindingRecord] = []
    touched: list[FindingRecord] = []
    closed: list[int] = []
    for finding in findings:
        record = _as_record(finding, at)
        known = open_now.pop(_key_of_record(record), None)
        if known and known.state == record.state:
            if _refresh(known, record):
                touched.append(known)
            continue
        if known:
            closed.append(known.pk)
        fresh.append(record)
    closed += [row.pk for row in open_now.values()]
    for start in range(0, len(closed), BATCH):
        part = FindingRecord.objects.filter(pk__in=closed[start : start + BATCH])
        part.update(resolved_at=at, last_seen=at)
    FindingRecord.objects.bulk_update(touched, list(_SAME), batch_size=BATCH)
    FindingRecord.objects.bulk_create(fresh, batch_size=BATCH)
    FindingRecord.objects.filter(resolved_at=None).update(last_seen=at)


def _key_of_record(row: FindingRecord) -> Key:
    return row.policy, row.clause, row.check_name, row.subject_kind, row.subject_id


def _refresh(known: FindingRecord, record: FindingRecord) -> bool:
    changed = [name for name in _SAME if getattr(known, name) != getattr(record, name)]
    for name in changed:
        setattr(known, name, getattr(record, name))
    return bool(changed)


def _as_record(finding: Finding, at: datetime) -> FindingRecord:
    return FindingRecord(
        policy=finding.policy,
        clause=finding.clause,
        check_name=finding.check,
        strength=finding.strength,
        subject_kind=finding.subject.kind,
        subject_id=finding.subject.id,
        subject_name=finding.subject.name,
        state=finding.state,
        why=finding.why,
        facts=list(finding.facts),
        exemption=finding.exemption or "",
        since=finding.since,
        first_seen=at,
        last_seen=at,
    )

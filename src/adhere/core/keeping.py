"""Keeps findings from run to run: since when, first seen, resolved, reopened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, cast

from django.db import transaction

from adhere.core.judging import Finding
from adhere.core.locking import wait_for_turn
from adhere.core.models import FindingRecord
from adhere.core.recording import day_of

BATCH = 1_000
_KEY = ("policy", "clause", "check_name", "subject_kind", "subject_id")
_SAME = ("strength", "subject_name", "why", "facts", "exemption", "since")
Key = tuple[str, ...]
Row = tuple[Any, ...]


@transaction.atomic
def keep(findings: Iterable[Finding], at: datetime) -> None:
    """Bring the kept findings up to these, as seen at a moment.

    What is gone or stands otherwise is resolved; what is new or changed its state opens.
    """
    wait_for_turn("findings")
    open_now = _open()
    changed: list[FindingRecord] = []
    fresh: list[Finding] = []
    for finding in findings:
        known = open_now.get(_key(finding))
        if known is None or known[1] != finding.state:
            fresh.append(finding)
            continue
        del open_now[_key(finding)]
        values = _values(finding)
        values["since"] = finding.since or known[-1]
        if known[2:] != tuple(values[name] for name in _SAME):
            changed.append(FindingRecord(pk=known[0], **values))
    _resolve([row[0] for row in open_now.values()], at)
    FindingRecord.objects.bulk_update(changed, list(_SAME), batch_size=BATCH)
    _add(fresh, at)
    FindingRecord.objects.filter(resolved_at=None).update(last_seen=at)


def _open() -> dict[Key, Row]:
    rows = FindingRecord.objects.filter(resolved_at=None)
    found = rows.values_list(*_KEY, "pk", "state", *_SAME).iterator(chunk_size=BATCH)
    return {row[: len(_KEY)]: row[len(_KEY) :] for row in cast("Iterator[Row]", found)}


def _key(finding: Finding) -> Key:
    subject = finding.subject
    return finding.policy, finding.clause, finding.check, subject.kind, subject.id


def _values(finding: Finding) -> dict[str, Any]:
    return {
        "strength": finding.strength,
        "subject_name": finding.subject.name,
        "why": finding.why,
        "facts": list(finding.facts),
        "exemption": finding.exemption or "",
        "since": finding.since,
    }


def _resolve(pks: Sequence[int], at: datetime) -> None:
    for start in range(0, len(pks), BATCH):
        FindingRecord.objects.filter(pk__in=pks[start : start + BATCH]).update(resolved_at=at)


def _add(findings: Sequence[Finding], at: datetime) -> None:
    before = _broken_before() if any(each.state == "not-satisfied" for each in findings) else {}
    records = (_record(finding, at, before) for finding in findings)
    while batch := list(islice(records, BATCH)):
        FindingRecord.objects.bulk_create(batch)


def _broken_before() -> Counter[Key]:
    rows = FindingRecord.objects.filter(state="not-satisfied").exclude(resolved_at=None)
    return Counter(rows.values_list(*_KEY))


def _record(finding: Finding, at: datetime, before: dict[Key, int]) -> FindingRecord:
    key = _key(finding)
    values = _values(finding)
    values["since"] = finding.since or day_of(at)
    return FindingRecord(
        **dict(zip(_KEY, key, strict=True)),
        **values,
        state=finding.state,
        reopened=before.get(key, 0) if finding.state == "not-satisfied" else 0,
        first_seen=at,
        last_seen=at,
    )

"""Which records an evidence bundle takes: those behind a policy or a clause, in a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from adhere.core.kinds import kinds
from adhere.core.models import (
    Acknowledgement,
    Decision,
    Entry,
    Exemption,
    FindingRecord,
    Incident,
    PolicyVersion,
    Request,
)
from adhere.core.policies import clause_ids, policy_named
from adhere.errors import Problem, nearest

BATCH = 500


@dataclass(frozen=True)
class Chosen:
    """``clause`` is that of ``policy``; empty means all. ``until`` is exclusive."""

    policy: str = ""
    clause: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def whole(self) -> bool:
        """Whether every leaf is meant."""
        return self == Chosen()


def checked(chosen: Chosen) -> Chosen:
    """The same, if there is such a policy and clause and the period has a length."""
    policy, clause = chosen.policy, chosen.clause
    if clause and not policy:
        raise Problem("a clause of no policy", field="clause", expected="its policy as well")
    if policy:
        policy_named(policy)
    known = {each.partition("/")[2] for each in clause_ids() if each.startswith(f"{policy}/")}
    if clause and clause not in known:
        raise Problem(
            f"{policy} has no clause “{clause}”", field="clause", expected=nearest(clause, known)
        )
    if chosen.since and chosen.until and chosen.until <= chosen.since:
        raise Problem("the period ends before it starts", field="until", expected="a later time")
    return chosen


def findings_in(chosen: Chosen) -> QuerySet[FindingRecord]:
    """The verdicts that stood at some time of the period."""
    rows = FindingRecord.objects.all()
    rows = rows.filter(policy=chosen.policy) if chosen.policy else rows
    rows = rows.filter(clause=chosen.clause) if chosen.clause else rows
    rows = rows.filter(first_seen__lt=chosen.until) if chosen.until else rows
    if chosen.since:
        rows = rows.filter(Q(resolved_at=None) | Q(resolved_at__gte=chosen.since))
    return rows


def exemptions_in(chosen: Chosen) -> QuerySet[Exemption]:
    """Every version of the exemptions whose days touch the period."""
    rows = Exemption.objects.filter(_clauses(chosen, "clause"))
    rows = rows.filter(start__lt=chosen.until) if chosen.until else rows
    return rows.filter(until__gte=chosen.since) if chosen.since else rows


def acknowledgements_in(chosen: Chosen) -> QuerySet[Acknowledgement]:
    """Who accepted the policy in the period."""
    rows = Acknowledgement.objects.all()
    rows = rows.filter(policy=chosen.policy) if chosen.policy else rows
    return rows.filter(_within(chosen, "happened_at"))


def entries_of(chosen: Chosen) -> Iterator[QuerySet[Entry]]:
    """The ledger's entries that belong into a bundle, in parts, by the order of their leaves.

    Of a policy: its published versions, exemptions and consents, acknowledgements, incidents, and
    every version of each fact that a finding of the period rests on, whenever it was recorded.
    """
    entries = Entry.objects.exclude(record="").filter(index__isnull=False).order_by("index")
    if not chosen.policy:
        yield entries.filter(_within(chosen, "recorded_at"))
        return
    wanted = list(set(_of_policy(chosen)))
    placed: list[tuple[int | None, int]] = []
    for start in range(0, len(wanted), BATCH):
        part = entries.filter(pk__in=wanted[start : start + BATCH])
        placed += part.values_list("index", "pk")
    ordered = [pk for _, pk in sorted(placed, key=lambda each: each[0] or 0)]
    for start in range(0, len(ordered), BATCH):
        yield entries.filter(pk__in=ordered[start : start + BATCH])


def _of_policy(chosen: Chosen) -> Iterator[int]:
    yield from _entries(PolicyVersion.objects.filter(policy=chosen.policy))
    yield from _entries(exemptions_in(chosen))
    yield from _entries(acknowledgements_in(chosen))
    when = _within(chosen, "recorded_at")
    yield from _entries(Incident.objects.filter(_clauses(chosen, "clause")).filter(when))
    for kind, keys in references(findings_in(chosen)).items():
        if kind in kinds():
            rows: Any = kinds()[kind].model._default_manager
            for start in range(0, len(keys), BATCH):
                yield from _entries(rows.filter(key__in=keys[start : start + BATCH]))
    yield from _consents(chosen)


def _consents(chosen: Chosen) -> Iterator[int]:
    for asked in Request.objects.filter(_within(chosen, "requested_at")):
        here = {f"{chosen.policy}/{chosen.clause}"} if chosen.clause else None
        policies = {each.partition("/")[0] for each in asked.clauses}
        if here & set(asked.clauses) if here else chosen.policy in policies:
            yield asked.entry_id
            yield from _entries(Decision.objects.filter(request=asked))


def references(findings: QuerySet[FindingRecord]) -> dict[str, list[str]]:
    """The keys of the facts behind findings, by their kind."""
    found: dict[str, set[str]] = {}
    for refs in findings.values_list("facts", flat=True).iterator(chunk_size=2_000):
        for ref in refs:
            kind, _, key = ref.partition("/")
            found.setdefault(kind, set()).add(key)
    return {kind: sorted(keys) for kind, keys in found.items()}


def _entries(rows: Any) -> Iterable[int]:
    found: Iterable[int] = rows.values_list("entry_id", flat=True)
    return found


def _clauses(chosen: Chosen, field: str) -> Q:
    if chosen.clause:
        return Q(**{field: f"{chosen.policy}/{chosen.clause}"})
    return Q(**{f"{field}__startswith": f"{chosen.policy}/"}) if chosen.policy else Q()


def _within(chosen: Chosen, field: str) -> Q:
    found = Q()
    if chosen.since:
        found &= Q(**{f"{field}__gte": chosen.since})
    if chosen.until:
        found &= Q(**{f"{field}__lt": chosen.until})
    return found

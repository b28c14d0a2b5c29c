"""How the clauses stand: for the whole company or for one person, now or at a past moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from adhere.console.timing import Moment, judged
from adhere.console.wording import wording
from adhere.console.words import WORST_FIRST, worst
from adhere.core.checking import STRENGTHS
from adhere.core.judging import Binding
from adhere.core.models import FindingRecord, Run
from adhere.core.policies import InForce, current
from adhere.core.reporting import weakest
from adhere.documents.policy import PolicySource, SourceClause


@dataclass(frozen=True)
class Row:
    """A finding as pages show it; ``pk`` is None for a past moment, which is not kept."""

    pk: int | None
    policy: str
    clause: str
    check: str
    strength: str
    subject_kind: str
    subject_id: str
    subject_name: str
    state: str
    why: str
    since: date | None
    facts: Sequence[str]
    exemption: str


@dataclass(frozen=True)
class ClauseStanding:
    """One clause with the states of its subjects; ``said`` is the clause in the page's language."""

    clause: SourceClause
    said: SourceClause
    bindings: Sequence[Binding]
    counts: Mapping[str, int]
    judged: bool

    @property
    def state(self) -> str:
        """The worst of its subjects; with none, nothing applies once it was judged."""
        if not self.counts:
            return "not-applicable" if self.judged else "unknown"
        return worst(self.counts)

    @property
    def strength(self) -> str:
        return weakest({binding.check.strength for binding in self.bindings})

    @property
    def subjects(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class PolicyStanding:
    """One policy with its clauses."""

    policy: InForce
    wording: PolicySource
    clauses: Sequence[ClauseStanding]

    @property
    def slug(self) -> str:
        return self.policy.source.slug

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many clauses stand in each state."""
        return Counter(each.state for each in self.clauses)

    @cached_property
    def strengths(self) -> list[tuple[str, int]]:
        counted = Counter(each.strength for each in self.clauses)
        return [(name, counted[name]) for name in STRENGTHS]

    def clause(self, clause_id: str) -> ClauseStanding | None:
        return next((each for each in self.clauses if each.clause.id == clause_id), None)

    @property
    def worst_clauses(self) -> list[ClauseStanding]:
        """The broken clauses, those with most subjects first."""
        broken = [each for each in self.clauses if each.state == "not-satisfied"]
        return sorted(broken, key=lambda each: -each.counts["not-satisfied"])


def standings(moment: Moment, person: str | None = None) -> list[PolicyStanding]:
    """Every policy's standing; with a person, by the findings about that person alone."""
    if moment.past:
        found = judged(moment)
        rows = (
            (each.policy, each.clause, each.state)
            for each in found.findings
            if person is None or (each.subject.kind, each.subject.id) == ("person", person)
        )
        return _standings(found.policies, rows, ever=True)
    records = open_findings(person).values_list("policy", "clause", "state")
    return _standings(current(), records, ever=Run.objects.exists())


def _standings(
    policies: Iterable[InForce], rows: Iterable[tuple[str, str, str]], *, ever: bool
) -> list[PolicyStanding]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for policy, clause, state in rows:
        counts[policy, clause][state] += 1
    return [_standing(policy, counts, ever) for policy in policies]


def _standing(
    policy: InForce, counts: Mapping[tuple[str, str], Mapping[str, int]], ever: bool
) -> PolicyStanding:
    worded = wording(policy)
    return PolicyStanding(policy, worded, _clauses(policy, worded, counts, ever))


def _clauses(
    policy: InForce,
    worded: PolicySource,
    counts: Mapping[tuple[str, str], Mapping[str, int]],
    ever: bool,
) -> list[ClauseStanding]:
    bound: dict[str, list[Binding]] = defaultdict(list)
    for binding in policy.bindings:
        bound[binding.clause].append(binding)
    slug = policy.source.slug
    said = {clause.id: clause for clause in worded.clauses}
    return [
        ClauseStanding(
            clause, said[clause.id], bound[clause.id], counts.get((slug, clause.id), {}), ever
        )
        for clause in policy.source.clauses
        if clause.id in bound
    ]


def open_findings(person: str | None = None) -> QuerySet[FindingRecord]:
    """The findings of the last run, of everybody or of one person."""
    rows = FindingRecord.objects.filter(resolved_at=None)
    return rows.filter(subject_kind="person", subject_id=person) if person is not None else rows


def rows_of(moment: Moment, policy: str, clause: str, person: str | None = None) -> list[Row]:
    """The findings of one clause, the worst first."""
    if moment.past:
        found = [
            Row(
                None,
                each.policy,
                each.clause,
                each.check,
                each.strength,
                each.subject.kind,
                each.subject.id,
                each.subject.name,
                each.state,
                each.why,
                each.since,
                each.facts,
                each.exemption or "",
            )
            for each in judged(moment).findings
            if (each.policy, each.clause) == (policy, clause)
            and (person is None or (each.subject.kind, each.subject.id) == ("person", person))
        ]
    else:
        records = open_findings(person).filter(policy=policy, clause=clause)
        found = [row_of(record) for record in records]
    return sorted(found, key=lambda row: (WORST_FIRST.index(row.state), row.subject_name))


def row_of(record: FindingRecord) -> Row:
    """A kept finding as pages show it."""
    return Row(
        record.pk,
        record.policy,
        record.clause,
        record.check_name,
        record.strength,
        record.subject_kind,
        record.subject_id,
        record.subject_name,
        record.state,
        record.why,
        record.since,
        record.facts,
        record.exemption,
    )

"""A run in few lines, for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from adhere.core.checking import STATES, STRENGTHS, State
from adhere.core.judging import Finding
from adhere.core.policies import InForce
from adhere.core.running import Judged

SHOWN = 20
_WORDS: dict[State, str] = {
    "satisfied": "kept",
    "not-satisfied": "not kept",
    "unknown": "unknown",
    "exempt": "exempt",
    "not-applicable": "not applicable",
}
# A clause stands as badly as the worst of its findings.
_WORST: tuple[State, ...] = ("not-satisfied", "unknown", "exempt", "satisfied", "not-applicable")


def summary(judged: Judged, shown: int | None = SHOWN) -> Iterator[str]:
    """Totals by state and strength, then why things are not kept; ``shown`` None for all."""
    yield _headline(judged)
    for policy in judged.policies:
        yield _policy(policy, judged.findings)
    yield ""
    yield from _table(judged.findings)
    yield from _broken(judged.findings, shown)


def _headline(judged: Judged) -> str:
    known = f", with what was recorded by {judged.known.isoformat()}" if judged.known else ""
    return f"Judged for {judged.day.isoformat()}{known}"


def _policy(policy: InForce, findings: Sequence[Finding]) -> str:
    slug = policy.source.slug
    worst: dict[str, State] = {}
    for finding in findings:
        if finding.policy == slug:
            before = worst.get(finding.clause, "not-applicable")
            worst[finding.clause] = min(before, finding.state, key=_WORST.index)
    counts = Counter(worst.values())
    standing = ", ".join(f"{counts[state]} {_WORDS[state]}" for state in _WORST if counts[state])
    early = "" if policy.in_force else ", published later"
    return f"  {slug}, version {policy.version.number}{early}: {len(worst)} clauses; {standing}"


def _table(findings: Sequence[Finding]) -> Iterator[str]:
    counts = Counter((finding.state, finding.strength) for finding in findings)
    yield "  " + f"{'findings':<16}" + "".join(f"{name:>11}" for name in (*STRENGTHS, "all"))
    for state in STATES:
        numbers = [counts[state, strength] for strength in STRENGTHS]
        if any(numbers):
            cells = "".join(f"{number or '·':>11}" for number in (*numbers, sum(numbers)))
            yield f"  {_WORDS[state]:<16}{cells}"


def _broken(findings: Sequence[Finding], shown: int | None) -> Iterator[str]:
    broken = [finding for finding in findings if finding.state == "not-satisfied"]
    if not broken:
        return
    yield ""
    yield f"Not kept ({len(broken)}):"
    clause = ""
    for finding in broken[:shown]:
        if f"{finding.policy}#{finding.clause}" != clause:
            clause = f"{finding.policy}#{finding.clause}"
            yield f"  {clause}"
        since = f" (since {finding.since.isoformat()})" if finding.since else ""
        yield f"    {finding.subject.name}: {finding.why}{since}"
    if shown is not None and len(broken) > shown:
        yield f"  … and {len(broken) - shown} more: --all shows them, --json gives them as data"

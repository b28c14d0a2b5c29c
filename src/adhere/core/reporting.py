"""A run as JSON, in the shape of ``adhere check --json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adhere.core.checking import STATES, Strength
from adhere.core.judging import Finding, tally
from adhere.core.policies import InForce
from adhere.core.running import Judged

_ORDER = {
    name: place for place, name in enumerate(("measured", "inspected", "reported", "attested"))
}


def as_json(judged: Judged) -> dict[str, Any]:
    """The whole run: each clause with its counts, each finding with its reason and facts."""
    counts = tally(judged.findings)
    return {
        "day": judged.day.isoformat(),
        "known": judged.known.isoformat() if judged.known else None,
        "policies": [_policy(policy, counts) for policy in judged.policies],
        "findings": [finding_json(finding) for finding in judged.findings],
    }


def _policy(policy: InForce, counts: Mapping[tuple[str, str], Mapping[str, int]]) -> dict[str, Any]:
    slug = policy.source.slug
    bound: dict[str, list[str]] = {}
    strengths: dict[str, set[Strength]] = {}
    for binding in policy.bindings:
        bound.setdefault(binding.clause, []).append(binding.check.name)
        strengths.setdefault(binding.clause, set()).add(binding.check.strength)
    return {
        "policy": slug,
        "version": policy.version.number,
        "in_force": policy.in_force,
        "clauses": [
            {
                "clause": clause,
                "checks": names,
                "strength": weakest(strengths[clause]),
                **{
                    state.replace("-", "_"): counts.get((slug, clause), {}).get(state, 0)
                    for state in STATES
                },
            }
            for clause, names in bound.items()
        ],
    }


def weakest(strengths: set[Strength]) -> str:
    """A clause is only as strong as its weakest check."""
    return max(strengths, key=_ORDER.__getitem__)


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding in the shape of INTERFACES."""
    return {
        "policy": finding.policy,
        "clause": finding.clause,
        "check": finding.check,
        "strength": finding.strength,
        "subject": {
            "kind": finding.subject.kind,
            "id": finding.subject.id,
            "name": finding.subject.name,
        },
        "state": finding.state,
        "since": finding.since.isoformat() if finding.since else None,
        "why": finding.why,
        "facts": list(finding.facts),
        "exemption": finding.exemption,
    }

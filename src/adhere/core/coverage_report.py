"""Coverage as JSON, in the shape of ``adhere coverage --json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from adhere.core.checking import STRENGTHS
from adhere.core.coverage import Coverage
from adhere.core.faults import Fault
from adhere.core.judging import Binding
from adhere.core.parameters import as_written

_TOTALS = ("sentences", "normative", "bound", "unknown")
_LISTS = ("unbound", "clauses", "problems")


def policy_json(covered: Coverage) -> dict[str, Any]:
    """One policy: ``by_strength`` counts clauses by their weakest check; ``unknown`` counts
    those that wait for a collector.
    """
    return {
        "policy": covered.source.slug,
        "file": covered.source.file,
        "language": covered.source.language,
        **_sentences(covered),
        "clauses": [
            {
                "id": clause.id,
                "line": clause.line,
                "text": clause.text,
                "checks": [_binding(each) for each in covered.bindings.get(clause.id, ())],
                "maps": list(clause.maps),
            }
            for clause in covered.source.clauses
        ],
        "by_strength": _by_strength(covered),
        "unknown": len(covered.unknown),
        "problems": [_fault(fault) for fault in covered.all_faults],
        "translations": [
            {
                "language": each.source.language,
                "file": each.source.file,
                **_sentences(each),
            }
            for each in covered.translations
        ],
        "missing_translations": list(covered.missing),
    }


def policies_json(covered: Sequence[Coverage]) -> dict[str, Any]:
    """Several policies: the same keys over all of them, and each by itself in ``policies``."""
    each = [policy_json(one) for one in covered]
    return {
        "policy": None,
        **{name: sum(one[name] for one in each) for name in _TOTALS},
        **{
            name: [{"policy": one["policy"], **row} for one in each for row in one[name]]
            for name in _LISTS
        },
        "by_strength": {name: sum(one["by_strength"][name] for one in each) for name in STRENGTHS},
        "policies": each,
    }


def _sentences(covered: Coverage) -> dict[str, Any]:
    unbound = covered.unbound
    return {
        "sentences": len(covered.source.sentences),
        "normative": len(covered.normative),
        "bound": len(covered.normative) - len(unbound),
        "unbound": [{"line": sentence.line, "text": sentence.text} for sentence in unbound],
    }


def _binding(binding: Binding) -> dict[str, Any]:
    return {
        "check": binding.check.name,
        "parameters": as_written(binding.parameters),
        "strength": binding.check.strength,
        "subject": binding.check.subject,
        "collected": binding.check.judge is not None,
    }


def _by_strength(covered: Coverage) -> dict[str, int]:
    counts = Counter(weakest(bindings) for bindings in covered.bindings.values() if bindings)
    return {name: counts[name] for name in STRENGTHS}


def weakest(bindings: Sequence[Binding]) -> str:
    """A clause is only as strong as its weakest check."""
    return max((each.check.strength for each in bindings), key=STRENGTHS.index)


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "rule": fault.rule,
        "file": fault.file,
        "line": fault.line,
        "message": fault.message,
        "expected": fault.expected or None,
        "clause": fault.clause or None,
    }

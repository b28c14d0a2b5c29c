"""A run as OSCAL assessment results (NIST OSCAL 1.1), one result for each policy.

Facts become observations; the verdict on a clause for a subject becomes a finding whose target
is the clause as an objective. OSCAL knows only satisfied and not satisfied, so ``unknown`` and
``exempt`` are not satisfied with reason ``other`` and their own state as a property; an
exemption also stands as a risk whose deviation is approved. What does not apply has no finding.
All identifiers follow from their content (UUID version 5, RFC 9562), so the same run gives the
same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import timezone

from adhere import __version__
from adhere.core.checking import State, Subject
from adhere.core.judging import Finding
from adhere.core.models import Controller
from adhere.core.policies import InForce
from adhere.core.recording import start_of
from adhere.core.running import Judged

VERSION = "1.1.3"
_METHODS = {
    "measured": "TEST",
    "inspected": "EXAMINE",
    "reported": "INTERVIEW",
    "attested": "INTERVIEW",
}
_STATUS: dict[State, dict[str, str]] = {
    "satisfied": {"state": "satisfied", "reason": "pass"},
    "not-satisfied": {"state": "not-satisfied", "reason": "fail"},
    "unknown": {"state": "not-satisfied", "reason": "other"},
    "exempt": {"state": "not-satisfied", "reason": "other"},
}
Json = dict[str, Any]


def as_oscal(judged: Judged, at: datetime | None = None) -> Json:
    """The whole document, last modified at a moment, now by default."""
    at = at or timezone.now()
    run = f"run/{judged.day}/{judged.known}"
    return {
        "assessment-results": {
            "uuid": _id(f"{run}/{at.isoformat()}"),
            "metadata": _metadata(judged, at),
            "import-ap": {"href": f"#{_id(run + '/plan')}"},
            "results": [_result(judged, policy, run) for policy in judged.policies],
            "back-matter": {"resources": [_plan(judged, run)]},
        }
    }


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{settings.URL}/{name}"))


def _metadata(judged: Judged, at: datetime) -> Json:
    subjects = {each.subject for each in judged.findings if each.subject.kind == "person"}
    company = Controller.current().name
    people = [
        {"uuid": _subject_id(each), "type": "person", "name": _line(each.name)}
        for each in sorted(subjects)
    ]
    return {
        "title": _line(f"{company}: policies judged for {judged.day.isoformat()}"),
        "last-modified": at.isoformat(),
        "version": judged.day.isoformat(),
        "oscal-version": VERSION,
        "props": [_prop("tool", f"adhere {__version__}")],
        "parties": [
            {
                "uuid": _subject_id(Subject("company", "company", "")),
                "type": "organization",
                "name": _line(company),
            },
            *people,
        ],
    }


def _plan(judged: Judged, run: str) -> Json:
    return {
        "uuid": _id(run + "/plan"),
        "title": "The published policies, each clause bound to its checks",
        "props": [
            _prop("policy", f"{each.source.slug} {each.version.number} {each.version.sha256}")
            for each in judged.policies
        ],
    }


def _result(judged: Judged, policy: InForce, run: str) -> Json:
    slug = policy.source.slug
    found = [each for each in judged.findings if each.policy == slug]
    counted = [each for each in found if each.state in _STATUS]
    result: Json = {
        "uuid": _id(f"{run}/{slug}"),
        "title": _line(f"{policy.source.title}, version {policy.version.number}"),
        "description": f"Every clause of {slug} judged for every subject.",
        "start": start_of(judged.day).isoformat(),
        "end": (start_of(judged.day + timedelta(days=1)) - timedelta(seconds=1)).isoformat(),
        "props": [
            _prop("policy", slug),
            _prop("version", str(policy.version.number)),
            _prop("sha256", policy.version.sha256),
        ],
        "reviewed-controls": _reviewed(policy),
    }
    # OSCAL wants lists with at least one member, or none at all.
    lists = {
        "observations": _observations(judged, found),
        "risks": [_risk(each, run) for each in counted if each.state == "exempt"],
        "findings": [_finding(each, run) for each in counted],
    }
    items = _items(found)
    if items:
        result["local-definitions"] = {"inventory-items": items}
    return {**result, **{name: members for name, members in lists.items() if members}}


def _reviewed(policy: InForce) -> Json:
    objectives = [
        {
            "objective-id": target(policy.source.slug, clause.id),
            **({"remarks": f"maps to {', '.join(clause.maps)}"} if clause.maps else {}),
        }
        for clause in policy.source.clauses
    ]
    reviewed: Json = {
        "description": "The clauses of the policy stand as objectives.",
        "control-selections": [{"include-all": {}}],
    }
    if objectives:
        reviewed["control-objective-selections"] = [{"include-objectives": objectives}]
    return reviewed


def _items(findings: Iterable[Finding]) -> list[Json]:
    subjects = {each.subject for each in findings} - {
        each.subject for each in findings if each.subject.kind in {"person", "company"}
    }
    return [
        {
            "uuid": _subject_id(each),
            "description": each.name or each.id,
            "props": [_prop("kind", each.kind), _prop("id", each.id)],
        }
        for each in sorted(subjects)
    ]


def _observations(judged: Judged, findings: Sequence[Finding]) -> list[Json]:
    wanted = {(ref, each.strength): each for each in findings for ref in each.facts}
    collected = judged.recorded({ref for ref, _ in wanted})
    return [
        {
            "uuid": _observation_id(ref, strength),
            "title": _line(ref),
            "description": f"The recorded fact {ref}.",
            "methods": [_METHODS[strength]],
            "types": ["control-objective"],
            "props": [_prop("strength", strength)],
            "collected": collected.get(ref, start_of(judged.day)).isoformat(),
        }
        for ref, strength in sorted(wanted)
    ]


def _finding(finding: Finding, run: str) -> Json:
    props = [
        _prop("state", finding.state),
        _prop("strength", finding.strength),
        _prop("check", finding.check),
        _prop("subject", f"{finding.subject.kind} {finding.subject.id}"),
        _prop("subject-uuid", _subject_id(finding.subject)),
        *([_prop("since", finding.since.isoformat())] if finding.since else []),
    ]
    result: Json = {
        "uuid": _finding_id(finding, run),
        "title": _line(f"{finding.clause}: {finding.subject.name}"),
        "description": finding.why,
        "props": props,
        "target": {
            "type": "objective-id",
            "target-id": target(finding.policy, finding.clause),
            "status": dict(_STATUS[finding.state]),
        },
    }
    if finding.state in {"unknown", "exempt"}:
        result["target"]["status"]["remarks"] = f"{finding.state}: {finding.why}"
    if finding.facts:
        ids = [_observation_id(ref, finding.strength) for ref in sorted(set(finding.facts))]
        result["related-observations"] = [{"observation-uuid": each} for each in ids]
    if finding.state == "exempt":
        result["related-risks"] = [{"risk-uuid": _risk_id(finding, run)}]
    return result


def _risk(finding: Finding, run: str) -> Json:
    return {
        "uuid": _risk_id(finding, run),
        "title": _line(f"Exemption {finding.exemption}"),
        "description": finding.why,
        "statement": "The security team consented in writing to depart from the clause.",
        "props": [_prop("exemption", finding.exemption or "")],
        "status": "deviation-approved",
    }


def target(policy: str, clause: str) -> str:
    """A clause as an OSCAL token."""
    token = re.sub(r"[^\w.\-]", "_", f"{policy}.{clause}")
    return token if token[0].isalpha() or token[0] == "_" else f"_{token}"


def _subject_id(subject: Subject) -> str:
    return _id(f"subject/{subject.kind}/{subject.id}")


def _observation_id(ref: str, strength: str) -> str:
    return _id(f"fact/{ref}/{strength}")


def _finding_id(finding: Finding, run: str) -> str:
    subject = f"{finding.subject.kind}/{finding.subject.id}"
    return _id(f"{run}/{finding.policy}/{finding.clause}/{finding.check}/{subject}")


def _risk_id(finding: Finding, run: str) -> str:
    return _id(f"{_finding_id(finding, run)}/risk/{finding.exemption}")


def _prop(name: str, value: str) -> Mapping[str, str]:
    return {"name": name, "ns": f"{settings.URL}/ns/oscal", "value": _line(value)}


def _line(text: str) -> str:
    """Text as OSCAL strings want it: one line, not blank."""
    return " ".join(text.split()) or "-"

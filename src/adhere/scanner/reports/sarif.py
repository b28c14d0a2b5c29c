"""A scan as SARIF 2.1.0, for pipelines and code hosts."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from adhere import __version__
from adhere.scanner.redacting import address
from adhere.scanner.reports.report import Report
from adhere.scanner.rules.finding import Evidence, Finding
from adhere.scanner.rules.judging import RULES, Rule, name_of
from adhere.scanner.rules.references import REFERENCES

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(report: Report) -> dict[str, Any]:
    """One run, with every rule, whether or not it found anything."""
    rules = [name_of(rule) for rule in RULES]
    results = [_result(each, rules, report) for each in report.findings]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Adhere",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule) for rule in RULES],
                    }
                },
                "invocations": [_invocation(report)],
                "results": results,
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    name = name_of(rule)
    reference, advice = REFERENCES[name]
    return {
        "id": name,
        "name": "".join(part.title() for part in name.split("-")),
        "shortDescription": {"text": name.replace("-", " ").capitalize()},
        "fullDescription": {"text": reference},
        "help": {"text": f"{advice} ({reference})"},
    }


def _invocation(report: Report) -> dict[str, Any]:
    told = [f"{rule} was not judged, {why}" for rule, why in report.unjudged.items()]
    return {
        "executionSuccessful": True,
        "startTimeUtc": report.saw.started.isoformat().replace("+00:00", "Z"),
        "toolExecutionNotifications": [
            {"level": "note", "message": {"text": text}} for text in (*report.saw.notes, *told)
        ],
    }


def _result(finding: Finding, rules: list[str], report: Report) -> dict[str, Any]:
    told = f"{finding.rule}\n{finding.subject}\n{finding.state}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.severity,
        "message": {"text": f"{finding.why} {finding.advice} ({finding.reference})"},
        "locations": [_location(finding, report)],
        "relatedLocations": [
            _place(each, report) | {"id": number, "message": {"text": _told(each)}}
            for number, each in enumerate(finding.evidence)
        ],
        "partialFingerprints": {"finding/v1": hashlib.sha256(told.encode()).hexdigest()},
        "properties": {"state": finding.state},
    }


def _location(finding: Finding, report: Report) -> dict[str, Any]:
    first = finding.evidence[0] if finding.evidence else Evidence("")
    subject = {"fullyQualifiedName": finding.subject, "kind": "resource"}
    return _place(first, report) | {"logicalLocations": [subject]}


def _place(evidence: Evidence, report: Report) -> dict[str, Any]:
    """The script and line that did it, else the page."""
    url, _, line = evidence.script.rpartition(":")
    uri = url or evidence.page or address(report.saw.url)
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(uri)}}
    if url and line.isdigit() and int(line):
        place["region"] = {"startLine": int(line)}
    return {"physicalLocation": place}


def _told(evidence: Evidence) -> str:
    return f"{evidence.what}: {evidence.raw}" if evidence.raw else evidence.what or "seen"


def _uri(text: str) -> str:
    """What SARIF takes for a URI: no spaces, nothing outside ASCII."""
    return re.sub(r"[^!-~]|[<>\"{}|\\^`]", lambda found: _escaped(found[0]), text)


def _escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))

"""A run as JUnit XML, so that pipelines show a broken clause as they show a failed test."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from adhere.core.judging import Finding
from adhere.core.running import Judged

# What XML 1.0 (section 2.2) cannot hold at all, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(judged: Judged) -> bytes:
    """A suite for each policy, a test case for each clause, check and subject."""
    root = Element("testsuites", name=f"Adhere, {judged.day.isoformat()}")
    _count(root, judged.findings)
    for policy in judged.policies:
        slug = policy.source.slug
        found = [each for each in judged.findings if each.policy == slug]
        suite = SubElement(root, "testsuite", name=slug, timestamp=f"{judged.day}T00:00:00")
        _count(suite, found)
        suite.set("time", "0")
        for finding in found:
            _case(suite, finding)
    indent(root)
    declaration = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    text: bytes = tostring(root, encoding="utf-8")
    return declaration + text + b"\n"


def _count(element: Element, findings: Sequence[Finding]) -> None:
    failed = sum(each.state == "not-satisfied" for each in findings)
    kept = sum(each.state == "satisfied" for each in findings)
    element.set("tests", str(len(findings)))
    element.set("failures", str(failed))
    element.set("errors", "0")
    element.set("skipped", str(len(findings) - failed - kept))


def _case(suite: Element, finding: Finding) -> None:
    subject = f"{finding.subject.kind} {finding.subject.id}"
    named = finding.subject.name
    case = SubElement(
        suite,
        "testcase",
        classname=_clean(f"{finding.policy}.{finding.clause}"),
        name=_clean(f"{finding.check}: {named} ({subject})"),
        time="0",
    )
    why = _clean(finding.why)
    if finding.state == "not-satisfied":
        failure = SubElement(case, "failure", message=why, type=finding.strength)
        since = f"since {finding.since.isoformat()}\n" if finding.since else ""
        failure.text = _clean(f"{since}{' '.join(finding.facts)}") or why
    elif finding.state != "satisfied":
        SubElement(case, "skipped", message=f"{finding.state}: {why}")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("�", text)

"""A scan as JUnit XML: a test case for each rule, and for each finding of one."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from adhere.scanner.redacting import address
from adhere.scanner.reports.report import Report
from adhere.scanner.rules.finding import Finding
from adhere.scanner.rules.judging import RULES, name_of

# What XML 1.0 (section 2.2) cannot hold at all, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report) -> bytes:
    """A rule without a finding passes, one that had nothing to go by is skipped."""
    suite = Element("testsuite", name=_clean(f"Adhere, {address(report.saw.url)}"))
    for name in map(name_of, RULES):
        found = [each for each in report.findings if each.rule == name]
        for each in found:
            _case(suite, each, report)
        if not found:
            case = SubElement(suite, "testcase", classname="scan", name=name, time="0")
            if why := report.unjudged.get(name):
                SubElement(case, "skipped", message=why)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    suite.set("errors", "0")
    suite.set("time", f"{report.saw.seconds:g}")
    suite.set("timestamp", report.saw.started.isoformat(timespec="seconds"))
    root = Element("testsuites")
    root.append(suite)
    indent(root)
    text: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text + b"\n"


def _case(suite: Element, finding: Finding, report: Report) -> None:
    where = f" ({finding.state})" if finding.state else ""
    name = _clean(f"{finding.rule}: {finding.subject}{where}")
    case = SubElement(suite, "testcase", classname="scan", name=name, time="0")
    if report.fails(finding):
        failure = SubElement(case, "failure", message=_clean(finding.why), type=finding.severity)
        shown = [f"{each.what} {each.raw} {each.script}".strip() for each in finding.evidence]
        failure.text = _clean("\n".join([finding.reference, finding.advice, *shown]))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("�", text)

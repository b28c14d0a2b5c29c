"""Say what is missing, contradictory or unlawful in a policy text itself."""

from __future__ import annotations

import argparse
import textwrap
from typing import TYPE_CHECKING

from adhere.main.output import put, put_json, say

if TYPE_CHECKING:
    from adhere.documents.review import Finding

NEEDS_DATABASE = False
_SEVERITIES = ("error", "warning", "note")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "document", metavar="DOCUMENT", help="txt, md, html, docx, pdf, or an http(s) address"
    )
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument(
        "--fail-on",
        choices=[*_SEVERITIES, "never"],
        default="warning",
        help="the least severity that makes the command fail; warning unless given",
    )


def run(chosen: argparse.Namespace) -> int:
    import datetime

    import msgspec

    from adhere.documents.read import read_whole
    from adhere.documents.review import review
    from adhere.documents.source import LANGUAGES

    reading = read_whole(chosen.document)
    findings = review(reading, datetime.datetime.now(datetime.UTC).date())
    language = reading.document.language
    if language not in LANGUAGES:
        say(f"adhere: language “{language}”: only tables, numbers, dates and links were judged")
    if chosen.json:
        put_json({"document": reading.name, "findings": msgspec.to_builtins(findings)})
    else:
        _put(findings, reading.name)
    return int(any(_fails(each, chosen.fail_on) for each in findings))


def _fails(finding: Finding, least: str) -> bool:
    return least != "never" and _SEVERITIES.index(finding.severity) <= _SEVERITIES.index(least)


def _put(findings: list[Finding], name: str) -> None:
    for each in findings:
        put(f"{name}:{each.line}: {each.severity}: {each.rule}")
        for mark, text in (
            ("“", f"{each.quote}”"),
            ("Why: ", each.why),
            ("Law: ", each.reference),
            ("Do:  ", each.advice),
        ):
            put(textwrap.fill(mark + text, 100, initial_indent="    ", subsequent_indent="    "))
        put("")
    counts = ", ".join(
        f"{count} {severity}{'s' if count > 1 else ''}"
        for severity in _SEVERITIES
        if (count := sum(each.severity == severity for each in findings))
    )
    put(f"{name}: {counts or 'nothing found'}")

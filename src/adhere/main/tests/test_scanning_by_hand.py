"""`adhere scan` as typed: what it compares with, where it writes, how it ends."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from adhere.core.texts import LIBRARY
from adhere.documents.web import Way
from adhere.errors import Problem
from adhere.main.commands import scan
from adhere.main.declaring import declared_in
from adhere.scanner.tests.served import html, served

TABLE = """# Cookies

| Name | Provider | Purpose | Retention |
| --- | --- | --- | --- |
| _ga | Google Analytics | Analytics: tells visitors apart | 2 years |
| PHPSESSID | us | Strictly necessary: keeps the session | session |
"""


def typed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    scan.arguments(parser)
    return parser.parse_args(words)


def test_a_table_of_a_document_is_a_declaration(tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text(TABLE)
    told = declared_in(str(file))
    assert [(row.name, row.retention_days, row.line) for row in told.rows] == [
        ("_ga", (730, 730), 5),
        ("PHPSESSID", (0, 0), 6),
    ]
    assert told.rows[0].purpose == "analytics"
    assert told.rows[0].vendor == "Google Analytics"
    assert told.place == str(file)


def test_a_policy_on_the_website_is_reached_as_the_website_is() -> None:
    page = "<table><tr><th>Name<th>Purpose<th>Retention<tr><td>_ga<td>Analytics<td>2 years</table>"
    with served({"shop.example/cookies": html(page)}) as site:
        options = site.options()
        way = Way(options.place, options.insecure)
        told = declared_in("https://shop.example/cookies", way)
        with pytest.raises(Problem, match="CERTIFICATE_VERIFY_FAILED"):
            declared_in("https://shop.example/cookies", Way(options.place))
    assert [(row.name, row.retention_days) for row in told.rows] == [("_ga", (730, 730))]


def test_a_document_without_a_tracker_cannot_be_compared_with(tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text("# Cookies\n\nWe use none.\n")
    with pytest.raises(Problem, match="declares no tracker"):
        declared_in(str(file))


def test_the_shipped_cookie_policy_can_be_compared_with() -> None:
    assert len(declared_in(str(LIBRARY / "cookies.en.md")).rows) == 9


@pytest.mark.parametrize(
    "words",
    [
        ("--json", "-", "--sarif", "-"),
        ("--states", "never"),
        ("--resolve", "nowhere"),
        ("--policy", "no-such-file.md"),
        ("--policy", "a.md", "--inventory"),
        ("--data", "no-such-folder"),
        ("--corrections", "no-such-file.json"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_a_browser_starts(words: tuple[str, ...]) -> None:
    with pytest.raises(Problem):
        scan.run(typed("https://shop.example/", *words))

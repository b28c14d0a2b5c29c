"""The same scan as JSON, SARIF, JUnit, HTML and text."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from adhere.scanner.observations import Choice, Observations
from adhere.scanner.redacting import address, cookie_line, shortened
from adhere.scanner.reports.html import as_html
from adhere.scanner.reports.json import as_json
from adhere.scanner.reports.junit import as_junit
from adhere.scanner.reports.report import Report
from adhere.scanner.reports.sarif import as_sarif
from adhere.scanner.reports.text import as_lines
from adhere.scanner.tests.scan_cast import IDENTIFIER, declared, report, request, shop, stored

SCHEMA = json.loads(Path(__file__).with_name("sarif-2.1.0.json").read_bytes())
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ff"
    "ff3f0005fe02fea735819e0000000049454e44ae426082"
)


def shady() -> Observations:
    """Measures before consent, and says so in markup."""
    saw = shop()
    saw.stored.append(stored("_ga", "before", raw=f"_ga={IDENTIFIER}; Path=/"))
    saw.stored.append(stored("<script>alert(1)</script>", "before", kind="local-storage"))
    saw.requests.append(request("www.google-analytics.com", "before", f"/?cid={IDENTIFIER}"))
    saw.choices[1] = Choice("accepted", saw.url, False, "no button", screenshot="accepted.png")
    saw.screenshots = {"before.png": PNG}
    return saw


@pytest.fixture(name="dirty")
def of_the_shady_shop() -> Report:
    return report(shady(), declared())


def test_json_has_the_shape_that_others_build_on(dirty: Report) -> None:
    told = json.loads(json.dumps(as_json(dirty)))
    assert told["states"] == ["before", "ignored", "refused", "withdrawn", "gpc"]
    assert told["unreached"] == [
        {"state": "accepted", "why": "no button", "screenshot": "accepted.png"}
    ]
    assert told["pages"] == [
        {"url": "https://shop.example/", "ms": 1800, "status": 200, "failed": ""}
    ]
    assert told["dialog"] == {
        "found": True,
        "product": "Klaro",
        "accept_clicks": 1,
        "refuse_clicks": 1,
        "withdraw_clicks": 2,
        "screenshots": {"accepted": "accepted.png", "before": "before.png"},
    }
    assert next(one for one in told["trackers"] if one["name"] == "_ga") == {
        "kind": "cookie",
        "name": "_ga",
        "domain": "shop.example",
        "party": "first",
        "vendor": "Google Analytics",
        "purpose": "analytics",
        "source": "Adhere's own table, 2026-11-22",
        "lifetime_seconds": 395 * 86_400,
        "set_by": "https://www.googletagmanager.com/gtag/js:3",
        "first_state": "before",
        "states": ["before", "accepted"],
        "declared": True,
    }
    assert told["requests"][-1]["states"] == ["before", "accepted"]
    assert {one["rule"] for one in told["findings"]} == {
        "tracker-before-consent",
        "request-before-consent",
        "identifier-in-url",
        "undeclared-tracker",
    }
    assert set(told["findings"][0]) == {
        "rule", "severity", "subject", "state", "why", "evidence", "reference", "advice",
    }  # fmt: skip


def test_without_a_declaration_nothing_is_said_to_be_declared() -> None:
    assert {one["declared"] for one in as_json(report(shop()))["trackers"]} == {None}


def test_sarif_validates_against_its_schema(dirty: Report) -> None:
    told = as_sarif(dirty)
    jsonschema.Draft4Validator(SCHEMA).validate(told)
    run = told["runs"][0]
    assert len(run["tool"]["driver"]["rules"]) == 32
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("tracker-before-consent", "error")
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "tracker-before-consent"
    jsonschema.Draft4Validator(SCHEMA).validate(as_sarif(report(shop())))


def test_junit_fails_what_fails_and_skips_what_was_not_judged(dirty: Report) -> None:
    suite = ElementTree.fromstring(as_junit(dirty))[0]
    failed = [case for case in suite if case.find("failure") is not None]
    assert len(failed) == int(suite.get("failures", "")) == len(dirty.findings)
    skipped = {case.get("name") for case in suite if case.find("skipped") is not None}
    assert skipped == {"no-way-to-withdraw", "declared-not-seen"}
    never = ElementTree.fromstring(as_junit(report(shady(), fail_on="never")))[0]
    assert never.get("failures") == "0"


@pytest.mark.parametrize(
    ("fail_on", "failed"), [("error", False), ("warning", True), ("note", True), ("never", False)]
)
def test_a_scan_fails_from_a_severity_on(fail_on: Any, failed: bool) -> None:
    saw = shop()
    saw.stored.append(stored("zq", "before", lifetime=86_400))
    assert report(saw, fail_on=fail_on).failed is failed


def test_the_page_needs_nothing_and_runs_nothing(dirty: Report) -> None:
    page = as_html(dirty)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert re.findall(r'(?:src|href)="(?!data:)', page) == []
    assert "default-src 'none'; img-src data:; style-src 'sha256-" in page


def test_no_report_has_the_value_of_a_cookie(dirty: Report) -> None:
    everything = [
        json.dumps(as_json(dirty)),
        json.dumps(as_sarif(dirty)),
        as_junit(dirty).decode(),
        as_html(dirty),
        "\n".join(as_lines(dirty)),
    ]
    assert [IDENTIFIER in each for each in everything] == [False] * 5


def test_the_verdict_is_short(dirty: Report) -> None:
    lines = list(as_lines(dirty))
    assert lines[0] == "https://shop.example/: 3 errors, 2 warnings, 0 notes"
    assert len(lines) == 8
    assert lines[-1].split()[:3] == ["not", "seen", "accepted"]


def test_values_and_addresses_are_shortened() -> None:
    assert shortened("") == ""
    assert shortened("12345678") == "… (8 characters)"
    assert shortened("123456789") == "1234… (9 characters)"
    assert cookie_line("a=123456789; Path=/") == "a=1234… (9 characters); Path=/"
    assert address("https://me:pass@a.example:8443/x?q=1&id=123456789#f") == (
        "https://a.example:8443/x?q=1&id=1234… (9 characters)"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_page(dirty: Report, scheme: Any, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    from adhere.scanner.browsers import program

    found: list[Any] = []

    def look() -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=str(program(None)), args=["--no-sandbox"]
            )
            page = browser.new_page(color_scheme=scheme, bypass_csp=True)
            page.set_content(as_html(dirty))
            found.extend(each["id"] for each in Axe().run(page).response["violations"])
            page.set_viewport_size({"width": 320, "height": 800})
            found.append(page.evaluate("document.documentElement.scrollWidth"))
            page.screenshot(path=str(tmp_path / f"{scheme}.png"), full_page=True)
            browser.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [320]

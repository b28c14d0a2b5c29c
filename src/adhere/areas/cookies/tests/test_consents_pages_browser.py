"""The pages of consents in a real browser: accessible, light and dark, wide and narrow, by keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adhere.core.sequencing import settle

from .consent_cast import put_notice, put_site
from .consents_cast import answer, client_of, receipt

HOME = "/cookies/consents/"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(db: None, settings: Any, tmp_path: Path) -> str:
    """A month of answers, with a notice that changed."""
    settings.DATA = tmp_path
    put_site()
    notice = put_notice()
    for place in range(60):
        method = ("accept", "reject", "save")[place % 3]
        given = ("analytics",) if method == "save" else ()
        answer(notice, method, *given, subject=f"{place:032x}", ago=timedelta(days=place / 2))
    put_notice(number=2)
    settle()
    return notice


@pytest.fixture
def enter(browser: Any, live_server: Any) -> Iterator[Any]:
    """A signed-in page of a width; complaints of the browser fail the test."""
    contexts, complaints = [], []

    def open_page(width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        session = client_of().cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def faults(page: Any) -> list[str]:
    """What axe and a ruler find, in light and, for colours, in dark."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    looks = (("light", {"type": "tag", "values": RULES}),
             ("dark", {"type": "rule", "values": ["color-contrast"]}))  # fmt: skip
    for scheme, only in looks:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        result = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
        found += [
            f"{scheme} {fault['id']}: {node['html'][:120]}"
            for fault in result.response["violations"]
            for node in fault["nodes"]
        ]
    root = "document.documentElement"
    if page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") > 0:
        found.append("scrolls sideways")
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible(width: int, shop: str, enter: Any, tmp_path: Path) -> None:
    kept = answer(shop, "withdraw", subject=f"{3:032x}")
    page = enter(width)
    paths = ("", "?by=language&period=90", "?by=method&period=months", "?from=2020-01-01&until=no",
             "records/", "records/?method=gpc", f"records/{kept.pk}/", f"records/{kept.pk}/verify/",
             f"notices/{shop}/", f"notices/{shop}/live/", "expiry/", "receipt/")  # fmt: skip
    found = {}
    for path in paths:
        page.goto(HOME + path)
        for details in page.locator("details.chart-numbers").all():
            details.evaluate("each => each.open = true")
        if seen := faults(page):
            found[path] = seen
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(receipt(kept)))
    page.goto(f"{HOME}receipt/")
    page.get_by_label("Receipt", exact=True).set_input_files(file)
    page.get_by_role("button", name="Verify").click()
    page.get_by_role("button", name="Erase").click()
    page.get_by_role("dialog").wait_for()
    if seen := faults(page):
        found["shown"] = seen
    assert found == {}


def test_a_chart_is_read_by_keyboard_and_leads_to_its_records(shop: str, enter: Any) -> None:
    page = enter()
    page.goto(HOME)
    points = (
        page.locator("#rates-title")
        .locator("xpath=ancestor::section")
        .locator("svg.chart-wide .chart-point")
    )
    points.nth(27).focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    label = page.evaluate(f"{focused}.getAttribute('aria-label')")
    tip = points.nth(28).locator(".chart-tip")
    assert tip.evaluate("each => getComputedStyle(each).visibility") == "visible"
    assert tip.text_content().strip().startswith(label.partition(":")[0])
    outline = f"getComputedStyle({focused}.querySelector('.chart-hit')).strokeWidth"
    assert page.evaluate(outline) == "2px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/?from=*")
    assert page.locator("#consents tbody tr").count() >= 1


def test_verifying_shows_its_steps_in_place(shop: str, enter: Any) -> None:
    kept = answer(shop, subject="e" * 32)
    settle()
    page = enter()
    page.goto(f"{HOME}records/{kept.pk}/")
    page.get_by_role("link", name="Verify now").focus()
    page.keyboard.press("Enter")
    page.get_by_text("This record verifies.").wait_for()
    assert page.locator("#verified .fine").count() == 6
    assert page.url.endswith(f"/records/{kept.pk}/")


def test_everything_works_without_script(shop: str, enter: Any) -> None:
    kept = answer(shop, subject="e" * 32)
    page = enter(java_script_enabled=False)
    page.goto(f"{HOME}records/{kept.pk}/")
    page.get_by_role("link", name="Verify now").click()
    assert page.get_by_text("What can be verified so far holds.").is_visible()
    page.goto(HOME)
    page.get_by_role("link", name="90 days").click()
    page.get_by_role("link", name="Language").click()
    assert page.get_by_text("English (en)").first.is_visible()
    page.get_by_text("The same numbers as a table").first.click()
    assert page.locator(".chart-numbers table").first.is_visible()


def test_a_kept_notice_shows_in_the_banner_itself_and_stores_nothing(shop: str, enter: Any) -> None:
    page = enter()
    page.goto(f"{HOME}notices/{shop}/live/")
    banner = page.locator("adhere-banner")
    banner.get_by_role("button", name="Refuse all", exact=True).wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    banner.get_by_role("button", name="Accept all", exact=True).click()
    page.wait_for_timeout(300)
    names = [each["name"] for each in page.context.cookies()]
    assert [name for name in names if name.startswith("adhere_")] == []
    assert page.evaluate("Object.keys(localStorage)") == []
    assert asked == []

"""The banner and the real edge: Anna answers in Chromium, and a receipt proves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adhere.areas.cookies.tests.banner_edge import Company, Edge, company

SAVED = "!!localStorage.adhere_receipt && !localStorage.adhere_queue"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, Edge]]:
    with company(tmp_path_factory.mktemp("polder")) as made:
        yield made


@pytest.fixture
def polder(running: tuple[Company, Edge]) -> Company:
    return running[0]


@pytest.fixture
def anna(browser: Any) -> Iterator[Any]:
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def press(page: Any, name: str) -> None:
    page.locator("adhere-banner").get_by_role("button", name=name, exact=True).click()


def given(page: Any) -> list[str]:
    """What holds beyond the necessary."""
    names = "Object.entries(adhere.choices()).filter(([k, v]) => v && k != 'necessary')"
    found: list[str] = page.evaluate(f"{names}.map(([k]) => k)")
    return found


def subject(page: Any) -> str:
    """The key under which this browser's answers are kept."""
    [cookie] = [e["value"] for e in page.context.cookies() if e["name"] == "adhere_consent"][:1]
    return str(cookie).rpartition("!s.")[2]


EVERYTHING = ["preferences", "analytics", "marketing"]


def test_the_receipt_that_is_downloaded_is_accepted_by_verify(
    anna: Any, polder: Company, tmp_path: Path
) -> None:
    anna.goto(polder.shop)
    press(anna, "Accept all")
    anna.wait_for_function(SAVED)
    assert given(anna) == EVERYTHING
    press(anna, "Cookies")
    with anna.expect_download() as download:
        press(anna, "Download receipt")
    receipt = tmp_path / "receipt.json"
    download.value.save_as(receipt)
    assert receipt.read_text("utf-8") == anna.evaluate("localStorage.adhere_receipt")
    verified = polder.verify(receipt)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    receipt.write_text(receipt.read_text("utf-8").replace('"accept"', '"reject"'), "utf-8")
    assert polder.verify(receipt).returncode == 1


def test_an_answer_follows_a_link_to_the_companys_other_domain(anna: Any, polder: Company) -> None:
    anna.goto(polder.shop)
    press(anna, "Accept all")
    anna.wait_for_function(SAVED)
    link = anna.locator("#club")
    link.hover()
    anna.wait_for_function("document.querySelector('#club').hash.startsWith('#adhere=')")
    link.click()
    anna.wait_for_function("window.adhere && adhere.choices().analytics")
    assert anna.url == f"{polder.club}/"
    assert given(anna) == EVERYTHING
    assert anna.locator("adhere-banner dialog").count() == 0
    press(anna, "Withdraw")
    anna.wait_for_function(SAVED)
    assert polder.kept(subject(anna)) == [("shop", "accept"), ("club", "withdraw")]
    # Back in the shop a new visit begins.
    anna.goto(polder.shop)
    anna.wait_for_function("window.adhere && !adhere.choices().analytics")
    assert given(anna) == []


def test_a_code_works_once(anna: Any, polder: Company, browser: Any) -> None:
    anna.goto(polder.shop)
    press(anna, "Accept all")
    anna.wait_for_function(SAVED)
    anna.locator("#club").hover()
    anna.wait_for_function("document.querySelector('#club').hash.startsWith('#adhere=')")
    address = anna.locator("#club").get_attribute("href")
    anna.goto(address)
    anna.wait_for_function("window.adhere && adhere.choices().analytics")
    other = browser.new_context(locale="en-GB")
    bram = other.new_page()
    bram.goto(address)
    bram.locator("adhere-banner dialog").wait_for()
    bram.wait_for_function("!location.hash")
    bram.wait_for_timeout(300)
    assert given(bram) == []
    other.close()


def test_a_withdrawal_that_an_officer_recorded_reaches_the_browser(
    anna: Any, polder: Company
) -> None:
    anna.goto(polder.shop)
    press(anna, "Accept all")
    anna.wait_for_function(SAVED)
    polder.withdraw(subject(anna))
    asked: list[str] = []
    anna.on("request", lambda request: asked.append(request.url))
    anna.evaluate("document.cookie = '_meter=1;path=/'")
    anna.locator("main a").first.click()  # the same visit goes on: nothing is asked
    anna.wait_for_url("**/other")
    anna.wait_for_timeout(300)
    assert given(anna) == EVERYTHING
    assert not any("/e/shop/standing.js" in each or "/consents/" in each for each in asked)
    anna.goto(polder.shop)  # another visit
    anna.wait_for_function("window.adhere && !adhere.choices().analytics")
    assert given(anna) == []
    assert "_meter" not in anna.evaluate("document.cookie")
    assert polder.kept(subject(anna)) == [("shop", "accept"), ("shop", "withdraw")]


def test_a_withdrawal_is_kept_though_the_tab_closes_at_once(anna: Any, polder: Company) -> None:
    anna.goto(polder.shop)
    press(anna, "Accept all")
    anna.wait_for_function(SAVED)
    other = anna.context.new_page()
    other.goto(polder.shop)
    press(other, "Withdraw")
    other.close(run_before_unload=True)
    for _ in range(20):
        if len(polder.kept(subject(anna))) > 1:
            break
        anna.wait_for_timeout(100)
    anna.reload()
    anna.wait_for_function(SAVED)
    assert polder.kept(subject(anna)) == [("shop", "accept"), ("shop", "withdraw")]


def test_an_answer_waits_in_storage_while_the_edge_is_away(
    anna: Any, running: tuple[Company, Edge]
) -> None:
    polder, edge = running
    anna.goto(polder.shop)
    edge.stop()
    press(anna, "Refuse all")
    anna.get_by_text("Your choice could not be recorded yet").wait_for()
    assert anna.evaluate("JSON.parse(localStorage.adhere_queue).length") == 1
    edge.start()
    anna.reload()
    anna.wait_for_function(SAVED)
    assert polder.kept(subject(anna)) == [("shop", "reject")]

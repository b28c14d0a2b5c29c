"""A visitor's ways in Chromium: Anna is asked, answers, and changes her mind."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from adhere.areas.cookies.tests.banner_shop import Shop, configured
from adhere.areas.cookies.tests.banner_steps import (
    ALL,
    COUNTED,
    COUNTER,
    FILM,
    NONE,
    focused,
    kept,
    layer,
    press,
    settled,
)


def test_nothing_is_stored_or_sent_before_an_answer(anna: Any, shop: Shop) -> None:
    shop.page["body"] = COUNTER + FILM
    anna.goto(shop.url)
    layer(anna).wait_for()
    anna.mouse.wheel(0, 400)
    anna.locator("h1").click()
    assert anna.context.cookies() == []
    assert anna.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert shop.answers == []
    assert anna.evaluate(COUNTED) == ""
    assert not any("/embed" in each for each in shop.requests)


def test_accepting_is_recorded_then_loads_what_waited(anna: Any, shop: Shop) -> None:
    shop.page["body"] = COUNTER + FILM
    anna.goto(shop.url)
    press(anna, "Accept all")
    settled(anna, shop)
    [answer] = shop.answers
    assert (answer["method"], answer["purposes"], answer["language"]) == ("accept", ALL, "en")
    assert re.fullmatch("[0-9a-f]{32}", answer["subject"])
    assert kept(anna) == ALL
    anna.wait_for_function(COUNTED)
    assert anna.frame_locator("iframe").locator("body").inner_text() == "film"
    assert json.loads(anna.evaluate("localStorage.adhere_receipt")) == {"id": answer["key"]}


def test_the_cookie_says_what_servers_read(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Refuse all")
    settled(anna, shop)
    [cookie] = anna.context.cookies()
    assert re.fullmatch(
        r"1!\d{10}!5b1f0c7e9a3d!necessary\.1\.3f9a1c!preferences\.0\.a04be7!analytics\.0\.7c21d9"
        r"!marketing\.0\.e85b06!embeds\.0\.19d3fa!s\.[0-9a-f]{32}",
        cookie["value"],
    )
    assert (cookie["domain"], cookie["path"], cookie["sameSite"]) == (".shop.localhost", "/", "Lax")
    assert abs(cookie["expires"] - time.time() - 6 * 2629800) < 60


def test_refusing_is_as_easy_as_accepting(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    found = [
        anna.get_by_role("button", name=name, exact=True).evaluate(
            "e => { const s = getComputedStyle(e), r = e.getBoundingClientRect();"
            "return [r.width, r.height, s.color, s.backgroundColor, s.fontWeight, s.fontSize] }"
        )
        for name in ("Refuse all", "Accept all", "Choose")
    ]
    assert found[0] == found[1] == found[2]
    press(anna, "Refuse all")
    settled(anna, shop)
    assert shop.answers[0]["method"] == "reject"
    assert kept(anna) == NONE


@pytest.mark.parametrize("how", ["Escape", "cross", "Escape in the second layer"])
def test_closing_is_refusing(anna: Any, shop: Shop, how: str) -> None:
    anna.goto(shop.url)
    if how == "cross":
        press(anna, "Close and refuse all")
    elif how == "Escape":
        anna.get_by_role("button", name="Choose").focus()
        anna.keyboard.press("Escape")
    else:
        press(anna, "Choose")
        anna.keyboard.press("Escape")
    settled(anna, shop)
    assert (shop.answers[0]["method"], kept(anna)) == ("reject", NONE)


def test_single_purposes_and_single_vendors_can_be_chosen(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Choose")
    boxes = layer(anna).get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [False] * boxes.count()
    anna.get_by_role("checkbox", name="Preferences").check()
    layer(anna).locator("details").nth(2).locator("summary").click()
    anna.get_by_role("checkbox", name="Matomo").check()
    assert anna.get_by_role("checkbox", name="Statistics").evaluate("e => e.indeterminate")
    press(anna, "Save my choice")
    settled(anna, shop)
    chosen = {**NONE, "preferences": True, "analytics:matomo": True}
    assert (shop.answers[0]["method"], shop.answers[0]["purposes"]) == ("save", chosen)
    assert kept(anna) == chosen
    press(anna, "Cookies")
    layer(anna).locator("details").nth(2).locator("summary").click()
    assert anna.get_by_role("checkbox", name="Matomo").is_checked()
    assert not anna.get_by_role("checkbox", name="Google Ireland Limited").first.is_checked()


def test_every_tracker_can_be_read(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Choose")
    for summary in layer(anna).locator("summary").all():
        summary.click()
    text = layer(anna).inner_text()
    for _, name, vendor, retention, _, domain in configured()["t"]:
        assert all(part in text for part in (name, vendor, retention, domain))
    links = layer(anna).get_by_role("link").evaluate_all("all => all.map(e => e.textContent)")
    assert links == ["Cookie policy", "Privacy policy", "Your rights", "Contact"]


def test_withdrawing_takes_no_more_steps_than_accepting(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    layer(anna).wait_for()
    tabs = []
    for name in ("Accept all", "Withdraw"):
        anna.locator("body").evaluate("() => document.activeElement?.blur()")
        for count in range(1, 20):
            anna.keyboard.press("Tab")
            if focused(anna) == name:
                tabs.append(count)
                break
        anna.keyboard.press("Enter")
        settled(anna, shop, len(tabs))
        if name == "Accept all":
            anna.reload()
    assert len(tabs) == 2
    assert tabs[1] <= tabs[0]
    assert [each["method"] for each in shop.answers] == ["accept", "withdraw"]
    assert shop.answers[0]["subject"] == shop.answers[1]["subject"]
    assert kept(anna) == NONE


def test_only_a_changed_purpose_is_asked_again(anna: Any, shop: Shop) -> None:
    shop.page["body"] = COUNTER + COUNTER.replace("analytics", "preferences").replace("count", "p")
    anna.goto(shop.url)
    press(anna, "Accept all")
    settled(anna, shop)
    changed = [[*each] for each in configured()["p"]]
    changed[2][4] = "ffffff"
    shop.more = {"p": changed, "v": 4}
    anna.reload()
    assert "Changed since your last answer: Statistics" in layer(anna).inner_text()
    anna.wait_for_function("(window.ran || []).join() == '/p.js'")
    press(anna, "Close and refuse all")
    settled(anna, shop, 2)
    assert kept(anna) == {**ALL, "analytics": False}
    assert shop.answers[1]["method"] == "save"


def test_the_receipt_can_be_downloaded(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Refuse all")
    settled(anna, shop)
    press(anna, "Cookies")
    with anna.expect_download() as download:
        press(anna, "Download receipt")
    assert download.value.suggested_filename == "consent-demo.json"
    text = download.value.path().read_text()
    assert json.loads(text) == {"id": shop.answers[0]["key"]}


def test_everything_comes_in_one_request(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Choose")
    assert [each for each in shop.requests if each.startswith("edge")] == [
        "edge.localhost/e/demo/banner.js"
    ]

"""When something is wrong: clock, edge, network, storage, an old cookie, two tabs."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from adhere.areas.cookies.tests.banner_shop import Shop
from adhere.areas.cookies.tests.banner_steps import (
    ALL,
    COUNTED,
    COUNTER,
    FILM,
    NONE,
    kept,
    layer,
    press,
    settled,
)


@pytest.mark.parametrize("years", [-1, 1])
def test_an_answer_from_another_year_is_asked_again(anna: Any, shop: Shop, years: int) -> None:
    shop.page["body"] = COUNTER
    anna.goto(shop.url)
    press(anna, "Accept all")
    settled(anna, shop)
    [cookie] = anna.context.cookies()
    at = int(time.time()) + years * 31557600
    cookie["value"] = re.sub(r"^1!\d+", f"1!{at}", cookie["value"])
    anna.context.add_cookies([cookie])
    anna.reload()
    layer(anna).wait_for()
    assert anna.evaluate(COUNTED) == ""


def test_a_clock_that_is_a_year_ahead_changes_nothing_for_the_visitor(
    anna: Any, shop: Shop
) -> None:
    anna.clock.install(time=time.time() + 31557600)
    anna.goto(shop.url)
    press(anna, "Refuse all")
    anna.clock.run_for(1000)
    anna.reload()
    anna.get_by_role("button", name="Cookies", exact=True).wait_for()
    assert layer(anna).count() == 0


def test_nothing_is_given_while_the_edge_is_away_and_the_answer_is_sent_later(
    anna: Any, shop: Shop
) -> None:
    shop.page["body"] = COUNTER
    anna.goto(shop.url)
    shop.status = 503
    press(anna, "Accept all")
    anna.get_by_text("Your choice could not be recorded yet").wait_for()
    assert (kept(anna), anna.evaluate(COUNTED), shop.answers) == (NONE, "", [])
    shop.status = 201
    anna.reload()
    anna.wait_for_function(COUNTED)
    assert (kept(anna), len(shop.answers)) == (ALL, 1)
    assert layer(anna).count() == 0


def test_a_refused_record_gives_nothing_and_is_asked_again(anna: Any, shop: Shop) -> None:
    shop.page["body"] = COUNTER
    anna.goto(shop.url)
    shop.status = 409
    press(anna, "Accept all")
    anna.wait_for_function("!localStorage.adhere_queue")
    anna.reload()
    layer(anna).wait_for()
    assert anna.evaluate(COUNTED) == ""


def test_a_closed_tab_still_sends_the_withdrawal_and_only_once(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Accept all")
    settled(anna, shop)
    other = anna.context.new_page()
    other.goto(shop.url)
    shop.delay = 0.3
    press(other, "Withdraw")
    other.close(run_before_unload=True)
    for _ in range(100):
        if len(shop.answers) > 1:
            break
        anna.wait_for_timeout(20)
    shop.delay = 0
    anna.reload()
    anna.wait_for_function("!localStorage.adhere_queue")
    assert [each["method"] for each in shop.answers] == ["accept", "withdraw"]


def test_a_page_without_banner_or_edge_loads_nothing_and_can_be_read(anna: Any, shop: Shop) -> None:
    shop.missing = True
    shop.page["body"] = COUNTER + FILM
    anna.goto(shop.url)
    assert anna.locator("h1").is_visible()
    assert not any(part in each for each in shop.requests for part in ("/embed", "/count.js"))


BLOCKED = """for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
  Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError') }});
Object.defineProperty(Document.prototype, 'cookie', {
  get() { throw new DOMException('no', 'SecurityError') },
  set() { throw new DOMException('no', 'SecurityError') } });
Object.defineProperty(navigator, 'cookieEnabled', {value: false})"""


def test_blocked_storage_keeps_the_answer_for_this_page_only(anna: Any, shop: Shop) -> None:
    shop.page["body"] = COUNTER
    anna.add_init_script(BLOCKED)
    anna.goto(shop.url)
    assert anna.evaluate(COUNTED) == ""
    press(anna, "Accept all")
    anna.wait_for_function(COUNTED)
    assert len(shop.answers) == 1
    anna.reload()
    layer(anna).wait_for()
    assert anna.evaluate(COUNTED) == ""


def test_an_answer_in_one_tab_holds_in_the_other(anna: Any, shop: Shop) -> None:
    shop.page["body"] = COUNTER
    anna.goto(shop.url)
    layer(anna).wait_for()
    other = anna.context.new_page()
    other.goto(shop.url)
    press(other, "Accept all")
    settled(other, shop)
    layer(anna).wait_for(state="detached")
    anna.wait_for_function(COUNTED)
    anna.evaluate("window.before = true")
    press(other, "Withdraw")
    anna.wait_for_function("!window.before")
    assert kept(anna) == NONE


def test_a_page_out_of_the_back_forward_cache_knows_the_withdrawal(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Accept all")
    settled(anna, shop)
    anna.goto(shop.url + "/other")
    press(anna, "Withdraw")
    settled(anna, shop, 2)
    anna.go_back()
    anna.wait_for_function("window.adhere && adhere.choices().analytics === false")


def test_an_older_banners_cookie_is_asked_again(anna: Any, shop: Shop) -> None:
    anna.context.add_cookies(
        [{"name": "adhere_consent", "value": "0!analytics=yes", "url": shop.url}]
    )
    shop.page["body"] = COUNTER
    anna.goto(shop.url)
    layer(anna).wait_for()
    assert anna.evaluate(COUNTED) == ""


def test_a_slow_network_gives_nothing_before_the_record(anna: Any, shop: Shop) -> None:
    shop.page["body"] = COUNTER
    shop.delay = 0.5
    anna.goto(shop.url)
    press(anna, "Accept all")
    anna.wait_for_timeout(200)
    assert (kept(anna), anna.evaluate(COUNTED)) == (NONE, "")
    anna.wait_for_function(COUNTED)
    assert kept(anna) == ALL

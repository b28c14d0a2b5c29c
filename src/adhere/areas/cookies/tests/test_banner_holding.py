"""What the banner holds back, loads and clears, under a strict policy too."""

from __future__ import annotations

from typing import Any

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
    until,
)


def test_withdrawal_clears_what_trackers_stored_and_ends_their_scripts(
    anna: Any, shop: Shop
) -> None:
    shop.page["body"] = COUNTER
    anna.goto(shop.url + "/a/b")
    press(anna, "Accept all")
    settled(anna, shop)
    anna.evaluate(
        "document.cookie = '_ga=1;path=/;domain=.shop.localhost';"
        "document.cookie = '_ga_X1=1;path=/a';document.cookie = '_pk_id.7=1;path=/a/';"
        "document.cookie = 'sessionid=1;path=/';localStorage.layout = '1';localStorage.mine = '1'"
    )
    anna.evaluate("window.before = true")
    press(anna, "Withdraw")
    anna.wait_for_function("!window.before && window.adhere")
    assert anna.evaluate("Object.keys(localStorage).sort()") == ["adhere_receipt", "mine"]
    assert sorted(each["name"] for each in anna.context.cookies()) == [
        "adhere_consent",
        "sessionid",
    ]
    assert anna.evaluate(COUNTED) == ""
    assert shop.answers[-1]["method"] == "withdraw"


def test_refusal_clears_databases_and_caches(anna: Any, shop: Shop) -> None:
    shop.more["t"] = [
        [2, "visits", "Matomo", "1 year", "indexed-db", ""],
        [2, "pages-*", "Matomo", "1 year", "cache", ""],
        [2, "step", "Matomo", "session", "session-storage", ""],
    ]
    anna.goto(shop.url)
    anna.evaluate(
        "async () => { await caches.open('pages-1'); await caches.open('own'); "
        "sessionStorage.step = '1'; const r = indexedDB.open('visits'); "
        "await new Promise(done => r.onsuccess = done); r.result.close() }"
    )
    press(anna, "Refuse all")
    anna.wait_for_function(
        "async () => !(await indexedDB.databases()).length && (await caches.keys()).join() == 'own'"
    )
    assert anna.evaluate("sessionStorage.length") == 0


def test_an_embed_is_explained_and_asked_for_in_its_place(anna: Any, shop: Shop) -> None:
    shop.page["body"] = FILM
    anna.goto(shop.url)
    place = anna.locator("adhere-embed")
    assert "This content comes from YouTube" in place.locator("p").inner_text()
    before = place.bounding_box()
    anna.get_by_role("button", name="Allow and show").click()
    settled(anna, shop)
    assert kept(anna) == {**NONE, "embeds:youtube": True}
    assert anna.frame_locator("iframe").locator("body").inner_text() == "film"
    assert anna.locator("iframe").bounding_box() == before
    assert place.count() == 0
    assert anna.evaluate("window.shift") == 0


def test_elements_that_come_late_wait_too(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Accept all")
    settled(anna, shop)
    anna.evaluate(
        "const s = document.createElement('script'); s.type = 'text/plain';"
        "s.dataset.adhere = 'analytics'; s.dataset.src = '/late.js'; document.body.append(s)"
    )
    anna.wait_for_function("(window.ran || []).includes('/late.js')")
    anna.evaluate(
        "const s = document.createElement('script'); s.type = 'text/plain';"
        "s.dataset.adhere = 'unknown'; s.dataset.src = '/never.js'; document.body.append(s)"
    )
    anna.wait_for_timeout(100)
    assert not any("/never.js" in each for each in shop.requests)


def test_a_strict_policy_with_trusted_types_is_kept(anna: Any, shop: Shop) -> None:
    shop.strictly()
    shop.page["body"] = COUNTER + FILM
    anna.goto(shop.url)
    press(anna, "Choose")
    press(anna, "Accept all")
    until(anna, COUNTED)
    press(anna, "Cookies")
    assert anna.evaluate("violations") == []
    assert anna.evaluate("window.shift") == 0


def test_what_is_loaded_on_a_later_visit_keeps_to_the_strict_policy(anna: Any, shop: Shop) -> None:
    shop.strictly()
    anna.goto(shop.url)
    press(anna, "Accept all")
    settled(anna, shop)
    anna.evaluate(
        "localStorage.adhere_receipt = JSON.stringify({record: {id: 'known'}, token: 'token'})"
    )
    with anna.expect_request("**/consents/known", timeout=5_000):
        anna.goto(shop.url)
    assert any("standing.js" in each for each in shop.requests)
    assert anna.evaluate("violations") == []


def test_a_wall_reloads_after_the_record(anna: Any, shop: Shop) -> None:
    shop.page["wall"] = " data-adhere-wall"
    anna.goto(shop.url)
    anna.evaluate("window.before = true")
    press(anna, "Accept all")
    anna.wait_for_function("!window.before && window.adhere")
    assert (kept(anna), len(shop.answers)) == (ALL, 1)


def test_a_replay_only_shows(anna: Any, shop: Shop) -> None:
    shop.more["z"] = 1
    anna.goto(shop.url)
    press(anna, "Accept all")
    anna.get_by_role("button", name="Cookies", exact=True).click()
    assert (anna.context.cookies(), shop.answers) == ([], [])
    assert anna.evaluate("localStorage.length") == 0


def test_the_pages_own_script_can_ask_and_listen(anna: Any, shop: Shop) -> None:
    shop.page["body"] = '<a href="#adhere">cookies</a> <a href="#adhere-withdraw">withdraw</a>'
    shop.more["e"] = 1
    anna.goto(shop.url)
    anna.evaluate(
        "window.seen = []; adhere.onchange(c => seen.push(c.analytics));"
        "document.addEventListener('adhere:change', e => seen.push('event ' + e.detail.analytics))"
    )
    press(anna, "Accept all")
    settled(anna, shop)
    assert anna.get_by_role("button", name="Cookies", exact=True).count() == 0
    anna.get_by_role("link", name="cookies").click()
    layer(anna).wait_for()
    anna.keyboard.press("Escape")
    anna.get_by_role("link", name="withdraw").click()
    settled(anna, shop, 2)
    assert anna.evaluate("seen") == [False, "event true", True, "event false", False]

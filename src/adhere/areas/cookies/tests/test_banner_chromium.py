"""A visitor's paths in Chromium: Anna reads Chloé's shop, is asked, answers, changes her mind."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from adhere.areas.cookies.tests.banner_shop import BANNER, Shop, configured, opened

ALL = {"necessary": True, "preferences": True, "analytics": True, "marketing": True, "embeds": True}
NONE = {**dict.fromkeys(ALL, False), "necessary": True}
FILM = (
    '<iframe title="film" data-adhere="embeds" data-adhere-vendor="YouTube" data-src="/embed" '
    'width="480" height="270"></iframe>'
)
COUNTER = '<script type="text/plain" data-adhere="analytics" data-src="/count.js"></script>'
COUNTED = "(window.ran || []).join()"


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened() as made:
        yield made


@pytest.fixture
def anna(browser: Any) -> Iterator[Any]:
    """Anna's browser: a page that must not complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page = context.new_page()
    errors: list[str] = []
    context.on("weberror", lambda failed: errors.append(str(failed.error)))
    yield page
    context.close()
    assert errors == []


def press(page: Any, name: str) -> None:
    page.locator("adhere-banner").get_by_role("button", name=name, exact=True).click()


def layer(page: Any) -> Any:
    return page.locator("adhere-banner dialog")


def settled(page: Any, shop: Shop, count: int = 1) -> None:
    """Waits until the edge has this many answers and the page knows."""
    for _ in range(100):
        if len(shop.answers) == count and not page.evaluate("localStorage.adhere_queue"):
            return
        page.wait_for_timeout(20)
    raise AssertionError(shop.answers)


def until(page: Any, expression: str) -> None:
    """Waits without evaluating text in the page, which a strict policy forbids."""
    for _ in range(250):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never: {expression}")


def kept(page: Any) -> dict[str, bool]:
    """The consent cookie as choices."""
    text = next(
        (each["value"] for each in page.context.cookies() if each["name"] == "adhere_consent"), ""
    )
    entries = (each.split(".") for each in text.split("!")[3:-1])
    return {key: flag == "1" for key, flag, _ in entries}


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
            if _focused(anna) == name:
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


def _focused(page: Any) -> str:
    found = page.evaluate(
        "document.querySelector('adhere-banner').shadowRoot.activeElement?.textContent || ''"
    )
    return str(found)


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(anna: Any, shop: Shop, scheme: str, width: int) -> None:
    anna.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    anna.set_viewport_size({"width": width, "height": 800})
    shop.page["body"] = FILM
    anna.goto(shop.url)
    layer(anna).wait_for()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": tags}
    assert Axe().run(anna, options=options).response["violations"] == []
    press(anna, "Choose")
    for summary in layer(anna).locator("summary").all():
        summary.click()
    assert Axe().run(anna, options=options).response["violations"] == []
    press(anna, "Accept all")
    settled(anna, shop)
    assert Axe().run(anna, options=options).response["violations"] == []


def test_the_keyboard_reaches_everything_and_focus_comes_back(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    layer(anna).wait_for()
    assert anna.evaluate("document.activeElement.tagName") == "BODY"
    press(anna, "Refuse all")
    settled(anna, shop)
    entry = anna.get_by_role("button", name="Cookies", exact=True)
    entry.focus()
    anna.keyboard.press("Enter")
    assert anna.evaluate("document.querySelector('main').matches(':modal *')") is False
    assert _focused(anna) == "Your choice about cookies"
    anna.keyboard.press("Escape")
    assert _focused(anna) == "Cookies"
    assert len(shop.answers) == 1


def test_the_page_can_be_read_beside_the_first_layer(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    layer(anna).wait_for()
    anna.get_by_role("link", name="more").click()
    anna.wait_for_url("**/other")
    assert shop.answers == []


@pytest.mark.parametrize(
    ("lang", "locale", "title"),
    [
        ("nl-BE", "en-GB", "Uw keuze over cookies"),
        ("", "fr-FR", "Votre choix sur les cookies"),
        ("ja", "pt-PT", "Your choice about cookies"),
    ],
)
def test_language_is_the_pages_then_the_browsers_then_the_companys(
    browser: Any, shop: Shop, lang: str, locale: str, title: str
) -> None:
    shop.page["lang"] = lang
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(shop.url)
    assert layer(page).get_by_role("heading").inner_text() == title
    context.close()


def test_the_language_switch_is_remembered_only_when_used(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Choose")
    anna.get_by_role("checkbox", name="Preferences").check()
    anna.get_by_label("Language").select_option("nl")
    anna.get_by_role("heading", name="Uw keuze over cookies").wait_for()
    assert anna.get_by_role("checkbox", name="Voorkeuren").is_checked()
    [cookie] = anna.context.cookies()
    assert (cookie["name"], cookie["value"]) == ("adhere_language", "nl")
    anna.reload()
    press(anna, "Alles weigeren")
    settled(anna, shop)
    assert shop.answers[0]["language"] == "nl"


def test_every_language_is_drawn_and_fits(anna: Any, shop: Shop) -> None:
    anna.set_viewport_size({"width": 320, "height": 640})
    for file in sorted((BANNER / "words").glob("*.json")):
        said = configured(file.stem)
        shop.more = {"l": file.stem, "w": said["w"], "p": said["p"], "ls": []}
        anna.goto(shop.url)
        assert layer(anna).get_by_role("heading").inner_text() == said["w"][0]
        anna.get_by_role("button", name=said["w"][4], exact=True).click()
        box = layer(anna).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert layer(anna).evaluate("e => e.scrollWidth <= e.clientWidth"), file.stem


def test_right_to_left_mirrors_the_layers(anna: Any, shop: Shop) -> None:
    shop.more["r"] = 1
    anna.goto(shop.url)
    refuse, accept = (
        anna.get_by_role("button", name=name, exact=True).bounding_box()
        for name in ("Refuse all", "Accept all")
    )
    assert refuse["x"] > accept["x"]
    cross = anna.get_by_role("button", name="Close and refuse all").bounding_box()
    assert cross["x"] < 640
    press(anna, "Refuse all")
    assert anna.get_by_role("button", name="Cookies", exact=True).bounding_box()["x"] > 640


GPC = "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})"


def test_global_privacy_control_refuses_without_a_record_and_is_shown(
    anna: Any, shop: Shop
) -> None:
    shop.page["body"] = COUNTER
    anna.add_init_script(GPC)
    anna.goto(shop.url)
    press(anna, "Cookies")
    assert "Global Privacy Control" in layer(anna).inner_text()
    assert (shop.answers, anna.context.cookies()) == ([], [])
    press(anna, "Accept all")
    settled(anna, shop)
    anna.wait_for_function(COUNTED)
    anna.reload()
    anna.wait_for_function(COUNTED)
    assert kept(anna) == ALL


def test_a_refusal_under_the_signal_says_so(anna: Any, shop: Shop) -> None:
    anna.add_init_script(GPC)
    anna.goto(shop.url)
    press(anna, "Cookies")
    press(anna, "Refuse all")
    settled(anna, shop)
    assert (shop.answers[0]["method"], kept(anna)) == ("gpc", NONE)


def test_google_consent_mode_is_denied_first_and_follows_the_answer(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Choose")
    anna.get_by_role("checkbox", name="Statistics").check()
    press(anna, "Save my choice")
    settled(anna, shop)
    layer_of = "dataLayer.filter(e => e[0] == 'consent').map(e => [...e])"
    told = anna.evaluate(layer_of)
    keys = ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage",
            "functionality_storage", "personalization_storage", "security_storage"]  # fmt: skip
    assert told[0] == ["consent", "default", dict.fromkeys(keys, "denied")]
    granted = {"analytics_storage": "granted", "security_storage": "granted"}
    assert told[-1] == ["consent", "update", {**dict.fromkeys(keys, "denied"), **granted}]


def test_no_signal_is_sent_to_google_unasked(anna: Any, shop: Shop) -> None:
    shop.more["g"] = 1
    anna.goto(shop.url)
    layer(anna).wait_for()
    assert anna.evaluate("typeof dataLayer") == "undefined"


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


def test_forced_colours_and_no_motion_are_respected(anna: Any, shop: Shop) -> None:
    anna.emulate_media(forced_colors="active", reduced_motion="reduce")
    anna.goto(shop.url)
    assert layer(anna).evaluate("e => getComputedStyle(e).animationName") == "none"
    button = anna.get_by_role("button", name="Refuse all", exact=True)
    assert button.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_the_theme_is_taken_from_configuration_and_page(anna: Any, shop: Shop) -> None:
    shop.more["c"] = "--adhere-accent:rgb(1, 2, 3)"
    anna.goto(shop.url)
    button = anna.get_by_role("button", name="Refuse all", exact=True)
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(1, 2, 3)"

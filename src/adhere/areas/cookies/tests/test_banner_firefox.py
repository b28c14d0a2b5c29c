"""The paths of a visitor in Firefox, with its real privacy settings: Bram uses Debian's."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from typing import Any

import pytest

from adhere.areas.cookies.tests.banner_firefox import NAMES, Firefox, started
from adhere.areas.cookies.tests.banner_shop import Shop, opened

pytestmark = pytest.mark.skipif(
    not any(map(shutil.which, NAMES)), reason="no Firefox here: apt-get install firefox-esr"
)
COUNTER = '<script type="text/plain" data-adhere="analytics" data-src="/count.js"></script>'
FILM = (
    '<iframe title="film" data-adhere="embeds" data-adhere-vendor="YouTube" data-src="/embed" '
    'width="480" height="270"></iframe>'
)
RAN = "(window.ran || []).join()"
SAVED = "localStorage.adhere_receipt && !localStorage.adhere_queue"
SHOWN = "document.querySelector('adhere-banner')?.shadowRoot.querySelector('dialog')"
ESCAPE, TAB, ENTER = "\ue00c", "\ue004", "\ue007"


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened() as made:
        yield made


@pytest.fixture(scope="module")
def shared() -> Iterator[Firefox]:
    with started() as firefox:
        yield firefox


@pytest.fixture
def bram(shared: Firefox, shop: Shop) -> Firefox:
    """Bram's Firefox; each shop has an origin of its own, so nothing is left of the last one."""
    shared.tell("WebDriver:DeleteAllCookies")
    return shared


def answered(shop: Shop, count: int) -> list[dict[str, Any]]:
    for _ in range(250):
        if len(shop.answers) >= count:
            break
        time.sleep(0.02)
    assert len(shop.answers) == count
    return shop.answers


def test_accept_reload_withdraw(bram: Firefox, shop: Shop) -> None:
    shop.page["body"] = COUNTER + FILM
    bram.goto(shop.url)
    bram.until(f"!!{SHOWN}")
    assert (bram.cookies(), bram.run(f"return {RAN}"), shop.answers) == ({}, "", [])
    bram.press("Accept all")
    bram.until(RAN)
    assert answered(shop, 1)[0]["method"] == "accept"
    assert "!analytics.1.7c21d9!" in bram.cookies()["adhere_consent"]
    bram.goto(shop.url)
    bram.until(RAN)
    bram.run("document.cookie = '_ga=1;path=/;domain=.shop.localhost'; window.before = 1")
    bram.press("Withdraw")
    bram.until("!window.before && window.adhere && true")
    assert answered(shop, 2)[1]["method"] == "withdraw"
    assert list(bram.cookies()) == ["adhere_consent"]
    assert bram.run(f"return {RAN}") == ""


def test_strict_policy_with_trusted_types(bram: Firefox, shop: Shop) -> None:
    shop.strictly()
    shop.page["body"] = COUNTER + FILM
    bram.goto(shop.url)
    bram.press("Choose")
    bram.press("Accept all")
    bram.until(RAN)
    bram.press("Cookies")
    assert bram.run("return window.violations") == []


def test_closing_with_the_keyboard_is_refusing(bram: Firefox, shop: Shop) -> None:
    bram.goto(shop.url)
    bram.until(f"!!{SHOWN}")
    bram.key(TAB)
    bram.key(ESCAPE)
    bram.until(SAVED)
    assert answered(shop, 1)[0]["method"] == "reject"
    focused = "document.querySelector('adhere-banner').shadowRoot.activeElement?.textContent"
    assert bram.until(focused) == "Cookies"
    bram.key(ENTER)
    assert bram.until(f"{SHOWN} && {focused}") == "Your choice about cookies"
    bram.key(ESCAPE)
    bram.until(f"!{SHOWN}")
    assert bram.until(focused) == "Cookies"
    assert len(shop.answers) == 1


def test_an_embed_is_asked_for_in_its_place(bram: Firefox, shop: Shop) -> None:
    shop.page["body"] = FILM
    bram.goto(shop.url)
    bram.until("!!document.querySelector('adhere-embed')")
    bram.run("document.querySelector('adhere-embed').shadowRoot.querySelector('button').click()")
    bram.until("frames[0].location.pathname == '/embed'")
    given = {name for name, yes in answered(shop, 1)[0]["purposes"].items() if yes}
    assert given == {"necessary", "embeds:youtube"}


def test_the_pages_language_is_spoken_and_switched(bram: Firefox, shop: Shop) -> None:
    shop.page["lang"] = "fr-BE"
    bram.goto(shop.url)
    assert bram.until(f"{SHOWN}?.querySelector('h2').textContent") == "Votre choix sur les cookies"
    bram.run(
        f"const s = {SHOWN}.querySelector('select'); s.focus(); s.value = 'nl';"
        "s.dispatchEvent(new Event('change'))"
    )
    bram.until(f"{SHOWN}?.querySelector('h2').textContent == 'Uw keuze over cookies'")
    assert bram.cookies() == {"adhere_language": "nl"}


def test_an_offline_edge_gives_nothing(bram: Firefox, shop: Shop) -> None:
    shop.page["body"] = COUNTER
    bram.goto(shop.url)
    shop.status = 503
    bram.press("Accept all")
    bram.until(f"!{SHOWN}")
    assert "!analytics.0." in bram.cookies()["adhere_consent"]
    assert bram.run(f"return {RAN}") == ""
    shop.status = 201
    bram.goto(shop.url)
    bram.until(RAN)
    assert "!analytics.1." in bram.cookies()["adhere_consent"]


def test_the_back_forward_cache_knows_the_withdrawal(bram: Firefox, shop: Shop) -> None:
    bram.goto(shop.url)
    bram.press("Accept all")
    bram.until(SAVED)
    bram.goto(shop.url + "/other")
    bram.press("Withdraw")
    answered(shop, 2)
    bram.tell("WebDriver:Back")
    bram.until("window.adhere?.choices().analytics === false")


def test_an_answer_in_one_tab_holds_in_the_other(bram: Firefox, shop: Shop) -> None:
    shop.page["body"] = COUNTER
    bram.goto(shop.url)
    bram.until(f"!!{SHOWN}")
    first = bram.tell("WebDriver:GetWindowHandle")["value"]
    other = bram.tell("WebDriver:NewWindow", {"type": "tab"})["handle"]
    bram.tell("WebDriver:SwitchToWindow", {"handle": other})
    bram.goto(shop.url)
    bram.press("Accept all")
    bram.until(SAVED)
    bram.tell("WebDriver:CloseWindow")
    bram.tell("WebDriver:SwitchToWindow", {"handle": first})
    bram.until(RAN)
    assert bram.run(f"return !!{SHOWN}") is False
    assert len(shop.answers) == 1


@pytest.mark.parametrize("years", [-1, 1])
def test_an_answer_from_another_year_is_asked_again(bram: Firefox, shop: Shop, years: int) -> None:
    shop.page["body"] = COUNTER
    bram.goto(shop.url)
    bram.press("Accept all")
    bram.until(SAVED)
    at = int(time.time()) + years * 31557600
    value = re.sub(r"^1!\d+", f"1!{at}", bram.cookies()["adhere_consent"])
    bram.tell("WebDriver:DeleteAllCookies")
    bram.run("document.cookie = arguments[0]", f"adhere_consent={value};path=/")
    bram.goto(shop.url)
    bram.until(f"!!{SHOWN}")
    assert bram.run(f"return {RAN}") == ""


def test_an_older_banners_cookie_is_asked_again(bram: Firefox, shop: Shop) -> None:
    shop.page["body"] = COUNTER
    bram.goto(shop.url)
    bram.run("document.cookie = 'adhere_consent=0!analytics=yes;path=/'")
    bram.goto(shop.url)
    bram.until(f"!!{SHOWN}")
    assert bram.run(f"return {RAN}") == ""


def test_a_slow_network_gives_nothing_before_the_record(bram: Firefox, shop: Shop) -> None:
    shop.page["body"] = COUNTER
    shop.delay = 1.0
    bram.goto(shop.url)
    bram.press("Accept all")
    assert "!analytics.0." in bram.cookies()["adhere_consent"]
    assert bram.run(f"return {RAN}") == ""
    bram.until(RAN)
    assert "!analytics.1." in bram.cookies()["adhere_consent"]


def test_a_marked_picture_is_not_fetched_ahead(bram: Firefox, shop: Shop) -> None:
    shop.page["body"] = '<img alt="" data-adhere="analytics" data-srcset="/count.gif 1x">'
    bram.goto(shop.url)
    bram.until(f"!!{SHOWN}")
    fetched = [each for each in shop.requests if "count.gif" in each]
    bram.press("Accept all")
    bram.until("document.querySelector('img').currentSrc.endsWith('/count.gif')")
    assert fetched == []
    assert "www.shop.localhost/count.gif" in shop.requests


def test_storage_that_is_blocked_by_the_browser(shop: Shop) -> None:
    shop.page["body"] = COUNTER
    with started(network__cookie__cookieBehavior=2) as bram:
        bram.goto(shop.url)
        blocked = "try { localStorage } catch (error) { return error.name }"
        assert bram.run(blocked) == "SecurityError"
        bram.press("Accept all")
        bram.until(RAN)
        answered(shop, 1)
        bram.goto(shop.url)
        bram.until(f"!!{SHOWN}")
        assert bram.run(f"return {RAN}") == ""


def test_a_private_window(shop: Shop) -> None:
    with started(browser__privatebrowsing__autostart=True) as bram:
        bram.goto(shop.url)
        assert bram.run("return navigator.globalPrivacyControl") is True  # private windows ask so
        bram.press("Cookies")
        bram.press("Refuse all")
        bram.until(SAVED)
        assert answered(shop, 1)[0]["method"] == "gpc"
        bram.goto(shop.url + "/other")
        bram.until("window.adhere && true")
        assert bram.run(f"return !!{SHOWN}") is False


def test_global_privacy_control_as_firefox_sends_it(shop: Shop) -> None:
    with started(
        privacy__globalprivacycontrol__enabled=True,
        privacy__globalprivacycontrol__functionality__enabled=True,
    ) as bram:
        bram.goto(shop.url)
        bram.press("Cookies")
        assert "Global Privacy Control" in bram.until(f"{SHOWN}?.textContent")
        assert (shop.answers, bram.cookies()) == ([], {})
        bram.press("Accept all")
        bram.until(SAVED)
        assert answered(shop, 1)[0]["method"] == "accept"

"""The desk in a real browser: three taps, by keyboard, and a list that outlives the network."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from adhere.areas.visitors.announcing import Guest
from adhere.areas.visitors.arriving import walk_in
from adhere.areas.visitors.models import AccountedFor, Badge, Signed, Stay, visits
from adhere.core.models import Person

PHONE = {"width": 390, "height": 844}
DESK = ("desk", "desk-ask", "desk-sign", "desk-out")
OFFICE = ("announcements", "new", "announcement", "edit", "walk-in", "book", "visit")
PAGES = (*DESK, *OFFICE, "badges", "badge", "settings", "evacuation")


def url(name, *args):
    return reverse(f"visitors:{name}", args=args)


@pytest.fixture
def cast(transactional_db, announce, sign):
    """One visitor inside, one still expected, one who asks for Bram."""
    Badge.objects.bulk_create([Badge(number="1"), Badge(number="2")])
    key = sign().key
    expected = announce(name="Wim Tack", language="en")
    asks = walk_in([Guest("Zoë", "", "en")], Person.objects.get(pk="bram"), "", "")
    return {
        **dict.fromkeys(("announcement", "edit"), expected.announcement_id),
        "visit": key,
        "badge": "1",
        "desk-sign": expected.code,
        "desk-out": Stay.objects.get().secret,
        "walk-in": asks.pk,
    }


def address(cast, name):
    return url(name, *([cast[name]] if name in cast else []))


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


@pytest.fixture
def page_of(signed_in, account):
    def open_page(person):
        made = account(person)
        made.extra_roles = ["front-desk", "security"]
        made.save()
        return signed_in(made)

    return open_page


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits_a_phone(cast, page_of, live_server, name):
    page = page_of("anna")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(live_server.url + address(cast, name))
        assert (scheme, faults(page)) == (scheme, [])
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + address(cast, name))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_announced_visitor_signs_in_with_three_taps(cast, page_of, live_server):
    page = page_of("eva")
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(live_server.url + url("desk"))
    page.locator("#who:focus").wait_for()
    page.keyboard.type("wim tack")
    page.get_by_role("button", name="Sign in").click()
    page.locator("canvas").click(position={"x": 90, "y": 60})
    page.get_by_role("button", name="I agree: sign in").click()
    page.get_by_text("You are signed in, Wim Tack").wait_for()
    assert visits().filter(visitor="Wim Tack", badge="2").count() == 1
    assert bytes(Signed.objects.latest("pk").drawn).startswith(b"\x89PNG")


def test_a_visitor_signs_in_and_out_by_keyboard_alone(cast, page_of, live_server):
    page = page_of("eva")
    page.goto(live_server.url + url("desk"))
    page.locator("#who:focus").wait_for()
    page.keyboard.type("wim tack")
    page.keyboard.press("Enter")
    page.get_by_label("Or type your name to sign").press_sequentially("Wim Tack")
    page.keyboard.press("Enter")
    page.get_by_text("You are signed in, Wim Tack").wait_for()
    page.goto(live_server.url + url("desk"))
    page.locator("#who:focus").wait_for()
    page.keyboard.type("wim tack")
    page.get_by_role("button", name="Sign out").press("Enter")
    page.get_by_role("button", name="I leave and give back badge 2").press("Enter")
    page.get_by_text("Goodbye, Wim Tack").wait_for()
    assert visits().get(visitor="Wim Tack").badge_returned is True


def test_the_list_works_without_the_network_and_ticks_follow(cast, page_of, live_server):
    page = page_of("eva")
    page.goto(live_server.url + url("evacuation"))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "caches.open('adhere-evacuation').then(c => c.keys()).then(k => k.length >= 10)"
    )
    page.context.set_offline(True)
    page.reload()
    page.get_by_text("No network: the list as last known").wait_for()
    page.get_by_label("Véra Gast").check()
    page.reload()
    assert page.get_by_label("Véra Gast").is_checked()
    assert not AccountedFor.objects.exists()
    page.context.set_offline(False)
    page.get_by_text("Up to date").wait_for()
    page.wait_for_function("localStorage.getItem('adhere-evacuation-ticks') === '[]'")
    tick = AccountedFor.objects.get()
    assert (tick.visit, tick.present, tick.by) == (cast["visit"], True, "eva")

"""The pages in a real browser: usable by keyboard, on a phone, and by everybody."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from adhere.areas.training import arranging
from adhere.areas.training.models import Attendance, SignUp, current
from adhere.core.models import Person

PHONE = {"width": 390, "height": 844}


def url(name, *args):
    return reverse(f"training:{name}", args=args)


@pytest.fixture
def cast(transactional_db, plan_session):
    """A session that runs now with two people signed up, and one to come."""
    anna = Person.objects.get(pk="anna")
    running = plan_session(1, "Spot the phish", trainer=anna, capacity=2)
    for person in ("bram", "eva", "chloe"):
        arranging.sign_up(running, Person.objects.get(pk=person))
    row = arranging.row_of(running)
    starts = row["starts_at"].replace(microsecond=0)
    moved = {**row, "starts_at": starts - arranging.timedelta(hours=1.2)}
    arranging.arrange(moved, {"place": "Room 2"}, "anna", running.key)
    return running.key, plan_session(60, "Your desk, your screen").key


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


PAGES = ("sessions", "session", "attendance", "door", "new-session", "mine", "programme")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible(cast, signed_in, account, live_server, name, scheme):
    page = signed_in(account("anna"))
    page.emulate_media(color_scheme=scheme)
    args = {"programme": ("security",)}.get(name, (cast[0],))
    address = url(name, *(() if name in {"sessions", "new-session", "mine"} else args))
    page.goto(live_server.url + address)
    assert faults(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_phone(cast, signed_in, account, live_server, name):
    page = signed_in(account("anna"))
    page.set_viewport_size(PHONE)
    args = {"programme": ("security",)}.get(name, (cast[0],))
    address = url(name, *(() if name in {"sessions", "new-session", "mine"} else args))
    page.goto(live_server.url + address)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_a_trainer_ticks_by_keyboard_without_leaving_the_page(
    cast, signed_in, account, live_server
):
    page = signed_in(account("anna"))
    page.goto(live_server.url + url("attendance", cast[0]))
    line = page.get_by_role("group", name="Bram Claes")
    line.get_by_role("button", name="Attended").focus()
    page.keyboard.press("Enter")
    pressed = page.get_by_role("group", name="Bram Claes").get_by_role(
        "button", name="Attended", pressed=True
    )
    pressed.wait_for()
    assert list(current(Attendance).values_list("person", "outcome")) == [("bram", "attended")]
    pressed.press("Enter")
    page.get_by_role("group", name="Bram Claes").get_by_role(
        "button", name="Attended", pressed=False
    ).wait_for()
    assert not current(Attendance).exists()


def test_a_person_signs_up_and_withdraws_by_clicks(cast, signed_in, account, live_server):
    page = signed_in(account("bram"))
    page.goto(live_server.url + url("session", cast[1]))
    page.get_by_role("button", name="Sign up").click()
    page.get_by_role("button", name="Withdraw").wait_for()
    assert SignUp.objects.filter(session=cast[1]).count() == 1
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Sign up").wait_for()
    assert SignUp.objects.filter(session=cast[1]).count() == 0


def test_a_code_read_off_the_door_brings_a_person_in(cast, signed_in, account, live_server):
    from adhere.areas.training.attending import door_code

    page = signed_in(account("eva"))
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + url("here", cast[0], door_code(arranging.session_of(cast[0]))))
    assert faults(page) == []
    page.get_by_role("button", name="I am here").click()
    page.get_by_text("your attendance is recorded").wait_for()
    row = current(Attendance).get()
    assert (row.person, row.source) == ("eva", "qr")


def test_a_session_is_cancelled_after_asking(cast, signed_in, account, live_server):
    page = signed_in(account("anna"))
    page.goto(live_server.url + url("session", cast[1]))
    page.get_by_role("button", name="Cancel the session").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Cancel the session").click()
    page.get_by_text("This session is cancelled.").wait_for()
    assert arranging.session_of(cast[1]).cancelled

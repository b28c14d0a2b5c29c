"""The pages in a real browser: for a thumb, without network for a while, for everybody."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from adhere.areas.clean_desk.models import InspectionRecord, Photo, RoundRecord, current
from adhere.areas.clean_desk.telling import tell_round

PHONE = {"width": 390, "height": 844}


def url(name, *args):
    return reverse(f"clean_desk:{name}", args=args)


def today():
    return timezone.localdate().isoformat()


@pytest.fixture
def cast(transactional_db, company, take_in):
    """A finding of earlier that was told, and one mended."""
    day = timezone.localdate() - timedelta(days=1)
    take_in(
        "inspections",
        "id,at,inspector,place,desk_of,desk_clear,screen_locked,note,found\n"
        f"{day}:1-02,{day}T18:30,eva,1-02,chloe,no,no,A contract,papers;keys\n"
        f"{day}:1-03,{day}T18:32,eva,1-03,,yes,none,,\n",
    )
    take_in("rounds", f"floor,day,inspector,outcome,unseen,reason\n1,{day},eva,held,1-01;1-04,\n")
    tell_round.call("1", day.isoformat())


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


PAGES = {
    "rounds": "anna",
    "round": "eva",
    "plan": "anna",
    "new-rota": "anna",
    "workplaces": "anna",
    "new-workplace": "anna",
    "findings": "anna",
    "desk": "anna",
    "mine": "chloe",
}
ARGS = {"desk": ("1-02",)}


def opened(name, signed_in, account, live_server):
    page = signed_in(account(PAGES[name]))
    args = (today(), "1") if name == "round" else ARGS.get(name, ())
    return page, live_server.url + url(name, *args)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits_a_phone(
    cast, signed_in, account, live_server, name, scheme
):
    page, address = opened(name, signed_in, account, live_server)
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.fixture
def walk(cast, signed_in, account, live_server):
    """Eva's phone, on today's round."""
    page, address = opened("round", signed_in, account, live_server)
    page.set_viewport_size(PHONE)
    page.goto(address)
    return page


def press(page, place, what, group="Desk"):
    page.get_by_role("group", name=f"{group} {place}").get_by_role("button", name=what).click()


def saved(page):
    page.get_by_text("Every tick is saved.").wait_for()


def found():
    rows = current(InspectionRecord).filter(key__startswith=today()).order_by("place")
    return list(rows.values_list("place", "found", "screen_locked"))


def test_a_round_is_walked_with_one_thumb(walk):
    press(walk, "1-01", "Papers")
    press(walk, "1-01", "Not locked", "Device")
    press(walk, "1-02", "Clear")
    press(walk, "1-03", "Keys")
    walk.get_by_role("button", name=re.compile("Undo.*1-03")).click()
    saved(walk)
    assert found() == [("1-01", ["papers"], "no"), ("1-02", [], "none")]
    walk.get_by_role("button", name="Finish the round").click()
    walk.get_by_text("The round is finished.").wait_for()
    assert current(RoundRecord).get(day=today()).unseen == ["1-03", "1-04"]


def test_ticks_without_network_wait_survive_a_reload_and_go_out_later(walk):
    walk.route("**/tick/", lambda route: route.abort())
    press(walk, "1-01", "Papers")
    press(walk, "1-02", "Clear")
    walk.get_by_text("Ticks that wait for the network: 2.").wait_for()
    assert walk.get_by_role("button", name="Finish the round").is_disabled()
    assert found() == []
    walk.reload()
    pressed = walk.get_by_role("group", name="Desk 1-01").get_by_role("button", pressed=True)
    assert pressed.all_inner_texts() == ["Papers"]
    walk.unroute("**/tick/")
    walk.evaluate("window.dispatchEvent(new Event('online'))")
    saved(walk)
    assert found() == [("1-01", ["papers"], "none"), ("1-02", [], "none")]


def test_a_refused_tick_says_why_beside_its_desk(walk):
    walk.locator("input[name=place][value='1-01']").evaluate("each => { each.value = '9-99' }")
    press(walk, "1-01", "Clear")
    walk.get_by_text("no workplace “9-99” is registered on floor 1").wait_for()
    assert found() == []


def test_without_script_the_same_buttons_work(browser, cast, account, live_server, client):
    client.force_login(account("eva"), backend="django.contrib.auth.backends.ModelBackend")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{**cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + url("round", today(), "1"))
    press(page, "1-01", "Papers")
    context.close()
    assert found() == [("1-01", ["papers"], "none")]


def test_a_photo_is_small_with_what_was_dragged_over_painted_out(walk, tmp_path):
    Image.new("RGB", (1600, 1200), "red").save(tmp_path / "desk.jpg")
    press(walk, "1-01", "Papers")
    saved(walk)
    desk = walk.locator("li.desk", has=walk.get_by_role("heading", name="1-01"))
    desk.get_by_text("Note or photo").click()
    desk.locator("input[type=file]").set_input_files(tmp_path / "desk.jpg")
    canvas = walk.get_by_label("The photo as it will be kept")
    canvas.wait_for()
    assert faults(walk) == []
    box = canvas.bounding_box()
    walk.mouse.move(box["x"] + 2, box["y"] + 2)
    walk.mouse.down()
    walk.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2)
    walk.mouse.up()
    with walk.expect_response("**/tick/"):
        walk.get_by_role("button", name="Keep the photo").click()
    with Image.open(BytesIO(bytes(Photo.objects.get().image))) as kept:
        left, right = kept.getpixel((50, 90)), kept.getpixel((200, 90))
        assert kept.size == (240, 180)
    assert (left[0] < 150, right[0] > 200) == (True, True)


def test_a_person_answers_what_was_found(cast, signed_in, account, live_server):
    page, address = opened("mine", signed_in, account, live_server)
    page.goto(address)
    page.get_by_role("button", name="It is put right").click()
    page.get_by_text("Thank you. The next round looks again.").wait_for()
    assert page.get_by_role("button", name="It is put right").count() == 0

"""The questions in a real browser: by keyboard, on a phone, read aloud, kept between visits."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from adhere.areas.conduct.tests.answering import POLICY, answer_all, places, reply, stand
from adhere.areas.conduct.tests.conftest import publish_texts
from adhere.areas.conduct.tests.test_understanding import LATER, stricter
from adhere.areas.conduct.tests.test_understanding_pages import pass_
from adhere.core.models import Acknowledgement

PHONE = {"width": 390, "height": 844}
ASK = reverse("conduct:questions", args=[POLICY]) + "?language=en"
READ = reverse("read-policy", args=[POLICY]) + "?language=en"


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


def question():
    stand("bram")


def wrong():
    reply("bram", right=False)


def once_more():
    answer_all("bram", stand("bram").attempt.clauses[:9])


def accepting():
    answer_all("bram")


def changed():
    pass_("bram")
    publish_texts(LATER, stricter)


STATES = {
    "question": (question, ASK, "bram"),
    "wrong": (wrong, ASK, "bram"),
    "again": (once_more, ASK, "bram"),
    "accept": (accepting, ASK, "bram"),
    "changed": (changed, READ, "bram"),
    "overview": (question, reverse("conduct:overview"), "anna"),
    "list": (wrong, reverse("conduct:understood", args=[POLICY]), "anna"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", STATES)
def test_every_page_is_accessible_and_fits_a_phone(
    transactional_db, account, signed_in, live_server, name, scheme
):
    prepare, address, who = STATES[name]
    prepare()
    page = signed_in(account(who))
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + address)
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_from_the_policy_to_the_receipt_by_keyboard(
    transactional_db, account, signed_in, live_server
):
    publish_texts(LATER, stricter)
    page = signed_in(account("bram"))
    page.goto(live_server.url + READ)
    page.get_by_role("link", name="To the questions").press("Enter")
    answer_all_but_one()
    page.goto(live_server.url + ASK)
    choose(page, right=False)
    page.get_by_text("Not right. The policy says:").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "outcome"
    choose(page, right=True)
    page.get_by_label("I have read and understood this policy").press("Space")
    page.get_by_role("button", name="Accept").press("Enter")
    link = page.get_by_role("link", name="Download the signed receipt")
    with page.expect_download() as download:
        link.press("Enter")
    assert download.value.suggested_filename == f"{POLICY}-2-receipt.json"
    assert Acknowledgement.objects.get(person="bram").version == 2


def answer_all_but_one():
    while len(stand("bram").open) > 1:
        reply("bram")


def choose(page, *, right):
    place = places(stand("bram"), right=right)[0]
    page.locator(f"input[name=place][value='{place}']").press("Space")
    page.get_by_role("button", name="Answer").press("Enter")
    page.wait_for_load_state()

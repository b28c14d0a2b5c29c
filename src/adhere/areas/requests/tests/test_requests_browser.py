"""The pages in a real browser: usable by keyboard, on a phone, and by everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from adhere.core.models import Request
from adhere.core.recording import Origin
from adhere.core.requesting import ask, consent

PHONE = {"width": 390, "height": 844}
PAGES = ("", "queue/", "register/exemption/", "ask/exemption/?template=penetration-test", "KEY/")


@pytest.fixture
def made(transactional_db, company):
    """A request that one of two has consented to."""
    today = timezone.localdate()
    given = {"start": today, "until": today + timedelta(days=30), "reason": "A planned test"}
    given |= {"scope": {"hosts": "web1\nweb2"}, "clauses": ["breaches"]}
    found = ask("exemption", Origin("page", "bram"), **given)
    consent(found.key, Origin("page", "dirk"), "At night only")
    return found


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_a_phone(made, signed_in, account, live_server, scheme):
    page = signed_in(account("anna"))
    page.emulate_media(color_scheme=scheme)
    found = {}
    for name in PAGES:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{live_server.url}/requests/{name.replace('KEY', made.key)}")
        wrong = faults(page)
        page.set_viewport_size(PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]
        if wrong or wide:
            found[name] = (wrong, wide)
    assert found == {}


def test_a_clause_is_found_and_an_exemption_asked_for(
    transactional_db, signed_in, account, live_server
):
    page = signed_in(account("bram"))
    page.goto(f"{live_server.url}/requests/ask/exemption/")
    page.get_by_label("Search the clauses").press_sequentially("ports")
    page.get_by_role("checkbox").nth(1).wait_for(state="detached")
    page.get_by_role("checkbox").check()
    page.get_by_label("Why the work calls for it").fill("A look at our own network")
    page.get_by_label("Until").fill(str(timezone.localdate() + timedelta(days=5)))
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    page.get_by_text("The security team has your request.").wait_for()
    assert Request.objects.get().clauses == ["work-behaviours/scanning"]


def test_the_second_consent_is_given_by_clicks(made, signed_in, account, live_server):
    page = signed_in(account("anna"))
    page.goto(f"{live_server.url}/requests/queue/")
    page.get_by_role("link", name="breaches").click()
    page.get_by_role("button", name="Consent in writing").click()
    page.get_by_text("Your decision is recorded.").wait_for()
    assert made.decisions.filter(decision="consent").count() == 2

"""The pages in a real browser: accessible, in both themes, wide and narrow, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest

PAGES = (
    "/",
    "/?on=2024-09-01",
    "/me/",
    "/policy/",
    "/policy/work-behaviours/",
    "/policy/work-behaviours/clause/acceptance/",
    "/policy/work-behaviours/read/",
    "/policy/cookies/",
    "/findings/",
    "/findings/?q=nothing-like-it",
    "/people/",
    "/people/bram/",
    "/exemptions/",
    "/exemptions/e1/",
    "/acknowledgements/",
    "/coverage/",
    "/runs/",
    "/import/",
    "/company/",
    "/people/roles/",
    "/search/?q=training",
    "/account/",
    "/account/set-up/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/password/set/",
    "/nowhere/",
)
OPEN = ("/sign-in/", "/sign-in/link/none/")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Any, complaints: list[str]) -> list[str]:
    """What axe, the browser's console and a ruler find on the page that is open, in light and,
    for what depends on it, in dark.
    """
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = axe(page, {"runOnly": {"type": "tag", "values": RULES}})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += axe(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    if page.evaluate(wide) > 0:
        found.append("scrolls sideways")
    found += [text for text in complaints if "404" not in text and "410" not in text]
    complaints.clear()
    return found


def axe(page: Any, options: dict[str, Any]) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    result = Axe().run(page, options={**options, "resultTypes": ["violations"]})
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in result.response["violations"]
        for node in fault["nodes"]
    ]


def watched(context: Any) -> tuple[Any, list[str]]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible(width: int, company: None, enter: Any) -> None:
    look = {"viewport": {"width": width, "height": 800}}
    found: dict[str, list[str]] = {}
    for role, addresses in (("administrator", PAGES), ("", OPEN)):
        page, complaints = watched(enter(role, **look))
        for address in addresses:
            page.goto(address)
            seen = faults(page, complaints)
            if seen:
                found[address] = seen
    assert found == {}


@pytest.mark.django_db(transaction=True)
def test_a_finding_is_accessible_and_shows_its_facts(company: None, enter: Any) -> None:
    from adhere.core.models import FindingRecord

    found = FindingRecord.objects.filter(state="exempt").first() or FindingRecord.objects.first()
    assert found
    page, complaints = watched(enter("auditor"))
    page.goto(f"/findings/{found.pk}/")
    assert faults(page, complaints) == []
    for ref in found.facts[:1]:
        page.get_by_text(ref).click()
        assert page.locator(".fact-terms").first.is_visible()


@pytest.mark.django_db(transaction=True)
def test_a_verdict_opens_beside_the_text_and_closes(company: None, enter: Any) -> None:
    page, complaints = watched(enter("security", viewport={"width": 1280, "height": 800}))
    page.goto("/policy/work-behaviours/")
    verdict = page.locator(
        "#acceptance .verdict, .clause:has(.verdict[href*='/acceptance/']) .verdict"
    ).first
    verdict.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("#sheet")
    sheet.get_by_text("Bram Claes").wait_for()
    assert faults(page, complaints) == []
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    assert page.url.endswith("/policy/work-behaviours/")


@pytest.mark.django_db(transaction=True)
def test_a_verdict_is_a_page_without_script(company: None, enter: Any) -> None:
    page = enter("security", java_script_enabled=False).new_page()
    page.goto("/policy/work-behaviours/")
    page.locator(".verdict[href*='/acceptance/']").click()
    assert page.url.endswith("/policy/work-behaviours/clause/acceptance/")
    assert page.get_by_text("Eva Janssens").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_keyboard_is_enough(company: None, enter: Any) -> None:
    page = enter("security").new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("bram")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=bram")
    page.get_by_role("main").get_by_role("link", name="Bram Claes", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/bram/")


@pytest.mark.django_db(transaction=True)
def test_focus_can_be_seen_on_every_stop(company: None, enter: Any) -> None:
    page = enter("security").new_page()
    page.goto("/findings/")
    blind = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2"
            " || document.activeElement === document.body; })()"
        )
        if not seen:
            blind.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert blind == []


@pytest.mark.django_db(transaction=True)
def test_a_list_searches_as_one_types_and_keeps_its_address(company: None, enter: Any) -> None:
    page = enter("auditor").new_page()
    page.goto("/people/")
    page.get_by_label("Search", exact=True).press_sequentially("peet")
    page.wait_for_url("**q=peet**")
    page.get_by_text("1 row").wait_for()
    # The address changes before the rows do; a click in between would meet a row that goes.
    page.wait_for_function("!document.querySelector('[class*=htmx-]')")
    assert page.evaluate("document.activeElement.id") == "people-q"
    page.get_by_role("link", name="Joined").click()
    page.wait_for_url("**sort=joined**")
    page.go_back()
    page.wait_for_url("**q=peet**")


@pytest.mark.django_db(transaction=True)
def test_the_menu_opens_on_a_phone(company: None, enter: Any) -> None:
    page = enter("security", viewport={"width": 390, "height": 800}).new_page()
    page.goto("/")
    menu = page.get_by_role("navigation", name="Main menu")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    menu.get_by_role("link", name="Findings").click()
    page.wait_for_url("**/findings/")


@pytest.mark.django_db(transaction=True)
def test_the_theme_changes_at_a_click(company: None, enter: Any) -> None:
    page = enter("security", color_scheme="light").new_page()
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Account of Anna Peeters").click()
    page.get_by_role("button", name="Dark").click()
    page.wait_for_selector("html[data-theme=dark]")
    assert page.evaluate(ground) != light

"""The published pages in a real browser: accessible, in every look and size."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("library")
PAGES = ("", "biscuits/en/", "biscuits/v/1/nl/", "biscuits/v/2/changes/", "biscuits/v/2/en/")
HOST = "http://localhost:8000"


@pytest.fixture
def site(page: Any, client: Client) -> Any:
    """The browser's page; the answers to its requests are fetched beforehand.

    Playwright asks from a context of its own, which would open a second database connection.
    """
    answers = {f"/policies/{path}": client.get(f"/policies/{path}") for path in PAGES}

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path in answers:
            found = answers[path]
            route.fulfill(body=found.content, headers=dict(found.headers))
            return
        file = finders.find(path.removeprefix("/static/"))
        kind = mimetypes.guess_type(path)[0]
        route.fulfill(body=Path(str(file)).read_bytes(), content_type=kind)

    page.route("**/*", answer)
    page.set_default_timeout(10_000)
    return page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit(site: Any, scheme: str, width: int) -> None:
    site.emulate_media(color_scheme=scheme)
    site.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        site.goto(f"{HOST}/policies/{path}")
        found = Axe().run(site)
        assert found.response["violations"] == [], f"{path}\n{found.generate_report()}"
        assert site.evaluate("document.documentElement.scrollWidth") == width, path


def test_a_clause_link_shows_on_focus_and_leads_to_the_clause(site: Any) -> None:
    site.goto(f"{HOST}/policies/biscuits/v/2/en/")
    link = site.locator("#wait .clause-link")
    assert link.evaluate("e => getComputedStyle(e).opacity") == "0"
    link.focus()
    site.keyboard.press("Tab")
    site.keyboard.press("Shift+Tab")
    expect(link).to_have_css("opacity", "1")
    site.keyboard.press("Enter")
    assert site.url.endswith("/policies/biscuits/v/2/en/#wait")
    assert site.evaluate("document.querySelector(':target').textContent").startswith("Nothing")


def test_the_printed_page_leaves_the_navigation_out(site: Any) -> None:
    site.goto(f"{HOST}/policies/biscuits/en/")
    site.emulate_media(media="print")
    hidden = [".top", ".side", ".tools", ".versions"]
    assert [each for each in hidden if site.locator(each).is_visible()] == []
    assert site.locator("article.policy").is_visible()

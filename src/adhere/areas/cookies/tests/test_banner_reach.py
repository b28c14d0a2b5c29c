"""Who can use the banner: keyboard, screen reader, every language, every width and theme."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from adhere.areas.cookies.tests.banner_shop import Shop, configured
from adhere.areas.cookies.tests.banner_steps import FILM, focused, layer, press, settled
from adhere.areas.cookies.words import shipped


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
    assert focused(anna) == "Your choice about cookies"
    anna.keyboard.press("Escape")
    assert focused(anna) == "Cookies"
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
    anna.get_by_label("Language").focus()
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
    for language in shipped():
        said = configured(language)
        shop.more = {"l": language, "w": said["w"], "p": said["p"], "ls": []}
        anna.goto(shop.url)
        assert layer(anna).get_by_role("heading").inner_text() == said["w"][0]
        anna.get_by_role("button", name=said["w"][4], exact=True).click()
        box = layer(anna).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert layer(anna).evaluate("e => e.scrollWidth <= e.clientWidth"), language


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

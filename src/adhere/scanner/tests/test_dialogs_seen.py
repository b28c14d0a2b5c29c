"""What is said of a consent dialog before anything is pressed."""

from __future__ import annotations

from playwright.async_api import Page

from adhere.scanner.clock import Clock
from adhere.scanner.dialogs import look
from adhere.scanner.observations import Button, Dialog, Toggle
from adhere.scanner.tests.dialogs_cast import visit


def seen(name: str, *, deep: bool = False) -> Dialog:
    async def work(page: Page, clock: Clock) -> Dialog:
        return await look(page, clock, deep=deep)

    return visit(name, work)


def roles(dialog: Dialog) -> list[tuple[str, str, int]]:
    return [(each.label, each.role, each.layer) for each in dialog.buttons]


def test_both_answers_of_the_first_layer_cost_one_press() -> None:
    found = seen("plain")
    assert (found.found, found.accept_clicks, found.refuse_clicks) == (True, 1, 1)
    assert roles(found) == [("Accept all", "accept", 1), ("Reject all", "refuse", 1)]
    assert (found.blocks, found.shadow, found.frame, found.language) == (False, False, "", "en")


def test_a_button_has_its_real_size_and_colours() -> None:
    [button, _] = seen("plain").buttons
    assert isinstance(button, Button)
    assert (button.colour, button.background, button.font_weight) == ("#000000", "#efefef", 400)
    assert button.visible
    assert 60 < button.width < 120
    assert 15 < button.height < 30


def test_the_second_layer_costs_more_and_has_the_switches() -> None:
    found = seen("ticked", deep=True)
    assert (found.accept_clicks, found.refuse_clicks) == (1, 3)
    assert found.toggles == (
        Toggle("Necessary", on=True, disabled=True),
        Toggle("Analytics", on=True),
        Toggle("Advertising, legitimate interest", on=False, legitimate_interest=True),
    )
    assert ("Save my choices", "save", 2) in roles(found)


def test_dialogs_in_frames_and_shadow_roots_are_found() -> None:
    assert seen("framed").frame.endswith("/inside")
    assert seen("open").shadow
    assert seen("closed").shadow


def test_a_notice_offers_no_refusal() -> None:
    found = seen("notice")
    assert (found.found, found.refuse_clicks) == (True, None)
    assert roles(found) == [("Got it", "other", 1)]


def test_a_wall_blocks_the_page_and_its_price_is_quoted() -> None:
    found = seen("wall")
    assert (found.blocks, found.covers, found.refuse_clicks) == (True, 1.0, None)
    assert found.price == "Read on with advertising cookies, or without for € 3.99 a month."


def test_a_page_that_only_speaks_of_cookies_has_no_dialog() -> None:
    assert seen("none") == Dialog()


def test_a_button_that_nobody_can_press_costs_no_clicks_that_would_flatter() -> None:
    found = seen("covered")
    assert (found.accept_clicks, found.refuse_clicks) == (None, None)

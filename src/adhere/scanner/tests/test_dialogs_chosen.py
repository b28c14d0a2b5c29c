"""Answers to consent dialogs of many shapes: reached where two signs say so, and never else."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from adhere.scanner.clock import Clock
from adhere.scanner.dialogs import choose, purposes
from adhere.scanner.observations import Choice
from adhere.scanner.tests.dialogs_cast import visit


def made(name: str, choice: str) -> tuple[Choice, str]:
    async def work(page: Page, clock: Clock) -> tuple[Choice, str]:
        chosen = await choose(page, clock, choice)
        kept = await page.context.cookies()
        return chosen, "".join(each["value"] for each in kept)

    return visit(name, work)


@pytest.mark.parametrize(
    "name",
    ["plain", "framed", "open", "closed", "two", "ticked", "bulgarian", "greek", "estonian",
     "maltese"],
)  # fmt: skip
def test_a_refusal_is_reached_and_is_what_the_site_stored(name: str) -> None:
    chosen, stored = made(name, "refuse")
    assert (chosen.reached, len(chosen.signs)) == (True, 2), chosen.why
    assert stored == "%7B%22analytics%22%3Afalse%2C%22ads%22%3Afalse%7D"


@pytest.mark.parametrize("name", ["plain", "framed", "closed", "two", "wall", "greek"])
def test_an_acceptance_is_reached_with_one_press(name: str) -> None:
    chosen, stored = made(name, "accept")
    assert (chosen.reached, chosen.clicks) == (True, 1), chosen.why
    assert stored == "%7B%22analytics%22%3Atrue%2C%22ads%22%3Atrue%7D"


@pytest.mark.parametrize(
    ("name", "presses"), [("plain", 1), ("two", 2), ("ticked", 3)]
)  # fmt: skip
def test_every_press_that_a_refusal_takes_is_counted(name: str, presses: int) -> None:
    assert made(name, "refuse")[0].clicks == presses


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("notice", "no button, rule or setting of the dialog makes the choice “refuse”"),
        ("wall", "no button, rule or setting of the dialog makes the choice “refuse”"),
        ("hiding", "only one sign says so: the dialog is gone"),
        ("none", "no consent dialog shows"),
        ("sticky", "only one sign says so: consent state written, cookie shop.localhost: "
                   "site_consent=%7B%22analytics%22%3Afalse%2C%22ads%22%3Afalse%7D"),
        ("lying", "it was recorded as consent (cookie shop.localhost: "
                  "site_consent=%7B%22analytics%22%3Atrue%2C%22ads%22%3Atrue%7D)"),
    ],
)  # fmt: skip
def test_a_refusal_that_did_not_happen_is_never_reported(name: str, why: str) -> None:
    chosen, _ = made(name, "refuse")
    assert (chosen.reached, chosen.why) == (False, why)


def test_one_purpose_alone_is_given() -> None:
    chosen, stored = made("two", "purpose:Analytics")
    assert (chosen.state, chosen.reached) == ("purpose:Analytics", True), chosen.why
    assert stored == "%7B%22analytics%22%3Atrue%2C%22ads%22%3Afalse%7D"


def test_a_purpose_that_the_dialog_does_not_have_is_not_reached() -> None:
    assert not made("two", "purpose:Weather")[0].reached


def test_purposes_are_those_that_can_be_switched() -> None:
    assert visit("two", purposes) == ["Analytics", "Advertising, legitimate interest"]


def test_consent_is_withdrawn_through_the_control_on_the_page() -> None:
    async def work(page: Page, clock: Clock) -> tuple[Choice, Choice, str]:
        given = await choose(page, clock, "accept")
        taken = await choose(page, clock, "withdraw")
        return given, taken, (await page.context.cookies())[0]["value"]

    given, taken, stored = visit("back", work)
    assert (given.reached, taken.reached, taken.clicks) == (True, True, 2), taken.why
    assert stored == "%7B%22analytics%22%3Afalse%2C%22ads%22%3Afalse%7D"


def test_where_nothing_leads_back_consent_cannot_be_withdrawn() -> None:
    async def work(page: Page, clock: Clock) -> Choice:
        await choose(page, clock, "accept")
        return await choose(page, clock, "withdraw")

    assert visit("plain", work).why == "nothing on the page leads back to the choice"


def test_what_could_not_be_done_is_pictured() -> None:
    kept: dict[str, bytes] = {}

    async def work(page: Page, clock: Clock) -> Choice:
        return await choose(page, clock, "refuse", kept.__setitem__)

    assert visit("notice", work).screenshot == "not-refused.png"
    assert kept["not-refused.png"].startswith(b"\x89PNG")

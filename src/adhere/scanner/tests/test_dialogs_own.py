"""Our own banner, as built, answered through its own buttons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import Page

from adhere.scanner.clock import Clock
from adhere.scanner.dialogs import choose, look
from adhere.scanner.observations import Choice, Dialog
from adhere.scanner.tests.dialogs_cast import visit
from adhere.scanner.tests.served import Answer, Asked, html, script

ROOT = Path(__file__).parents[4]
BANNER = ROOT / "banner"
WORDS = ROOT / "src/adhere/areas/cookies/words"


def banner(asked: Asked) -> Answer:
    """The built file with a configuration, as an edge would serve it."""
    said = json.loads((WORDS / "en.json").read_text(encoding="utf-8"))
    given = json.loads((BANNER / "scripts" / "sample.json").read_text(encoding="utf-8"))
    hashes = given.pop("hashes")
    given.pop("signals")
    purposes = [
        [slug, words["title"], words["text"], int(slug == "necessary"), hashes[slug]]
        for slug, words in said["purposes"].items()
    ]
    told = {**given, "l": "en", "ls": [], "p": purposes, "w": list(said["words"].values()),
            "o": f"http://{asked.headers['host']}", "d": "", "s": "demo"}  # fmt: skip
    code = (BANNER / "dist" / "banner.js").read_text(encoding="utf-8")
    return script(f"{code}\n({json.dumps(told)})")


SITE = {
    "own": html("<h1>Bread</h1>", head='<script src="/banner.js"></script>'),
    "banner.js": banner,
    "e/demo/consents": Answer(b"{}", "application/json", 201),
}


@pytest.mark.parametrize(("choice", "state"), [("accept", "accepted"), ("refuse", "refused")])
def test_our_own_banner_is_described_and_answered(choice: str, state: str) -> None:
    async def work(page: Page, clock: Clock) -> tuple[Dialog, Choice]:
        return await look(page, clock), await choose(page, clock, choice)

    dialog, chosen = visit("own", work, **SITE)
    assert (dialog.product, dialog.accept_clicks, dialog.refuse_clicks) == ("Adhere", 1, 1)
    assert (chosen.state, chosen.reached, chosen.clicks) == (state, True, 1), chosen.why


def test_consent_given_to_our_own_banner_is_withdrawn_with_one_press() -> None:
    async def work(page: Page, clock: Clock) -> tuple[Choice, Choice]:
        return await choose(page, clock, "accept"), await choose(page, clock, "withdraw")

    given, taken = visit("own", work, **SITE)
    assert (given.reached, taken.reached, taken.clicks) == (True, True, 1), taken.why

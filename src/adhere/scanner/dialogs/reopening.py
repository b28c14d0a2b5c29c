"""The way back to a choice that was made: what the page offers, else the product's interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from playwright.async_api import Error

from adhere.scanner.dialogs import inside, proof

if TYPE_CHECKING:
    from playwright.async_api import Page

    from adhere.scanner.dialogs.walking import Presses

BY_INTERFACE = "opened by the product's programming interface: no control on the page does it"


class Opened(Struct):
    """How the dialog came back; ``verdict`` where the control itself already withdrew."""

    how: str = ""
    verdict: proof.Verdict | None = None


async def opened(page: Page, presses: Presses, was: proof.Before, choice: str) -> Opened | None:
    """Bring the dialog back; None where neither a control nor an interface does."""
    if await inside.seen(page):
        return Opened()
    for frame in page.frames:
        if not await presses.do(frame, "control"):
            continue
        if await inside.seen(page):
            return Opened()
        verdict = await proof.proved(page, was, choice)
        if verdict.proved:
            return Opened(verdict=verdict)
    for script in filter(None, (each.get("open") for each in inside.products())):
        root = script.split(".")[0].split("(")[0]
        try:
            await page.evaluate(f"() => {{ if (window.{root}) {{ {script} }} }}")
        except Error:
            continue
        if await page.evaluate(f"() => !!window.{root}"):
            await inside.rested(page, presses.clock)
            if await inside.seen(page):
                return Opened(how=BY_INTERFACE)
    return None

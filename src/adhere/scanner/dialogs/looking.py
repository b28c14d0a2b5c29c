"""Describes the consent dialog that a first visit meets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from adhere.scanner.dialogs import inside
from adhere.scanner.dialogs.choosing import product
from adhere.scanner.dialogs.walking import Presses, layers
from adhere.scanner.observations import Button, Dialog, Fault, Toggle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.async_api import Page

    from adhere.scanner.clock import Clock


async def look(page: Page, clock: Clock, *, deep: bool = False) -> Dialog:
    """The dialog in front of the page, in whichever frame or shadow root it is.

    ``deep`` opens the second layer too, for its buttons and switches: the page is then no longer
    one that nobody has touched. Clicks are what the layers seen ask for; whether they do it is
    for `choose` to prove.
    """
    found = await inside.seen(page, "whole")
    if found is None:
        return Dialog(product=await product(page))
    frame, first = found
    more = (await layers(page, Presses(page, clock)))[1:] if deep else []
    seen = [first, *(each for _, each in more)]
    toggles = [each for layer in seen for each in layer["toggles"]]
    name = first["product"] or await product(page)
    return Dialog(
        found=True, product=name, text=first["text"], language=first["language"],
        frame="" if frame is page.main_frame else frame.url, shadow=first["shadow"],
        buttons=tuple(_buttons(seen)), toggles=msgspec.convert(toggles, tuple[Toggle, ...]),
        links=tuple(first["links"]), covers=first["covers"],
        blocks=first["blocks"], price=first["price"],
        faults=msgspec.convert(first["faults"], tuple[Fault, ...]),
        accept_clicks=_clicks(seen, "accept"), refuse_clicks=_clicks(seen, "refuse"),
    )  # fmt: skip


def _buttons(seen: Iterable[dict[str, Any]]) -> Iterable[Button]:
    for number, layer in enumerate(seen, 1):
        for each in layer["buttons"]:
            yield msgspec.convert({**each, "layer": number}, Button)


def _clicks(seen: list[dict[str, Any]], role: str) -> int | None:
    """Presses until it is said: a button of a layer, or the switches of the last and save."""
    for number, layer in enumerate(seen, 1):
        if any(each["role"] == role and each["visible"] for each in layer["buttons"]):
            return number
        if layer["toggles"] and any(each["role"] == "save" for each in layer["buttons"]):
            goal = role == "accept"
            turned = [t for t in layer["toggles"] if not t["disabled"] and t["on"] != goal]
            return number + len(turned)
    return None

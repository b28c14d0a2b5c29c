"""Whether a choice was really made: two independent signs, and none that says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from adhere.scanner.dialogs import inside
from adhere.scanner.dialogs.signalling import spoken
from adhere.scanner.dialogs.stored import Kept, agrees, fixed, kept, understood
from adhere.scanner.observations import Signal

if TYPE_CHECKING:
    from playwright.async_api import Page

GONE = "the dialog is gone"
ADS = ("ad_storage", "ad_user_data", "ad_personalization", "analytics_storage")
TOGETHER = 2


class Before(Struct):
    """What held before anything was pressed."""

    stored: Kept
    spoken: list[Signal]


class Verdict(Struct):
    """The signs that say so, and what says otherwise."""

    signs: tuple[str, ...] = ()
    against: str = ""

    @property
    def proved(self) -> bool:
        return len(self.signs) >= TOGETHER and not self.against


async def before(page: Page) -> Before:
    """To be asked before the first press."""
    return Before(await kept(page), await spoken(page))


async def proved(page: Page, was: Before, choice: str) -> Verdict:
    """What the page shows, stores and says now, of this choice."""
    signs, against = [], []
    if await inside.seen(page) is None:
        signs.append(GONE)
    now = await kept(page)
    given = await fixed(page)
    written, contrary = _stored(was.stored, now, choice, given)
    signs += written[:1]
    against += contrary
    said, contrary = _spoken(was.spoken, await spoken(page), choice, given)
    signs += said[:1]
    against += contrary
    return Verdict(tuple(signs), against[0] if against else "")


def _stored(
    was: Kept, now: Kept, choice: str, given: frozenset[str]
) -> tuple[list[str], list[str]]:
    signs, against = [], []
    for (place, name), value in now.items():
        if was.get((place, name)) == value:
            continue
        product, says = understood(name, value)
        verdict = None if says is None else agrees(says, choice, given)
        text = f"{place}: {name}={value[:120]}"
        if verdict:
            signs.append(f"consent state written, {text}")
        elif verdict is False and (product or choice != "accept"):
            against.append(f"it was recorded as {_opposite(choice)} ({text})")
    if choice == "withdraw" and not signs:
        for place, name in was.keys() - now.keys():
            says = understood(name, was[place, name])[1]
            if says and agrees(says, "accept"):
                signs.append(f"consent state removed, {place}: {name}")
    return signs, against


def _spoken(
    was: list[Signal], now: list[Signal], choice: str, given: frozenset[str]
) -> tuple[list[str], list[str]]:
    signs, against = [], []
    for signal in now:
        says = signal.says
        mode = signal.source == "google-consent-mode"
        if mode:  # a page without Google's tags may leave all of it denied
            says = {name: on for name, on in says.items() if name in ADS}
        if signal.source == "tcf":
            says = {name: on for name, on in says.items() if not name.startswith("li:")}
        unchanged = any(old.says == signal.says and old.answered == signal.answered for old in was)
        if not signal.answered or (unchanged and choice == "withdraw"):
            continue
        verdict = agrees(says, choice, given)
        if verdict and not unchanged:
            signs.append(f"{signal.source} says so: {signal.raw[:120]}")
        elif verdict is False and not (mode and (unchanged or choice == "accept")):
            against.append(f"{signal.source} says {_opposite(choice)} ({signal.raw[:120]})")
    return signs, against


def _opposite(choice: str) -> str:
    return "refusal" if choice == "accept" else "consent"

"""Asks the frames of a page, and presses as a visitor does."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error, Frame

if TYPE_CHECKING:
    from playwright.async_api import Page

    from adhere.scanner.clock import Clock

HERE = Path(__file__).parent
PARTS = ("tree", "words", "controls", "dialog", "describe", "acts")
ROLES = (
    "consent", "accept", "refuse", "settings", "save", "withdraw", "ok", "close", "interest",
    "necessary",
)  # fmt: skip
SMALL = 40
AFTER_A_PRESS = 0.4
PATIENCE = 3.0


def text_of(name: str) -> str:
    """A script of this folder."""
    return (HERE / "page" / f"{name}.js").read_text(encoding="utf-8")


@cache
def kit() -> str:
    """The function that answers what is asked of a frame.

    The tables are part of its text: Playwright takes ten times as long over them as arguments.
    """
    known = json.dumps({"words": words(), "products": products()})
    first = f"const given = {{...{known}, ...asked}};"
    return "\n".join(["(asked) => {", first, *map(text_of, PARTS), "}"])


@cache
def words() -> dict[str, list[str]]:
    """The phrases of all languages, by what they mean."""
    tables = [json.loads(path.read_text("utf-8")) for path in sorted((HERE / "words").iterdir())]
    return {role: sorted({p for table in tables for p in table[role]}) for role in ROLES}


@cache
def products() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((HERE / "products.json").read_text("utf-8"))
    return found


async def ask(frame: Frame, what: str, **given: Any) -> Any:
    """One question to one frame; None where it has gone."""
    framed = frame.parent_frame is not None
    told = {"ask": what, "framed": framed, **given}
    try:
        return await frame.evaluate(kit(), told)
    except Error:
        return None


async def each(page: Page, script: str, given: Any) -> list[tuple[Frame, Any]]:
    """What a script answers in each frame that can be asked."""

    async def one(frame: Frame) -> Any:
        try:
            return await frame.evaluate(script, given)
        except Error:
            return None

    frames = page.frames
    answers = await asyncio.gather(*map(one, frames))
    return [(frame, got) for frame, got in zip(frames, answers, strict=True) if got is not None]


async def offset(frame: Frame) -> tuple[float, float] | None:
    """Where the frame's corner is in the window; None where no visitor sees it."""
    if frame.parent_frame is None:
        return 0, 0
    try:
        element = await frame.frame_element()
        box = await element.bounding_box()
        shown = box and await element.is_visible()
    except Error:
        return None
    if not box or not shown or min(box["width"], box["height"]) < SMALL:
        return None
    return box["x"], box["y"]


async def seen(page: Page, what: str = "found") -> tuple[Frame, dict[str, Any]] | None:
    """The frame with the dialog that is in front, and what it says of it."""
    frames = [f for f in page.frames if f.parent_frame is None or await offset(f) is not None]
    answers = await asyncio.gather(*(ask(frame, what) for frame in frames))
    found = [
        (frame, got)
        for frame, got in zip(frames, answers, strict=True)
        if got and got.get("score") is not None
    ]
    return max(found, key=lambda each: each[1]["score"], default=None)


async def press(page: Page, clock: Clock, frame: Frame, what: str, **given: Any) -> str | None:
    """Press with the mouse what the question finds; gives its label, None where nothing can be."""
    await clock.advance()
    corner = await offset(frame)
    point = await ask(frame, what, **given) if corner else None
    if not point or not corner:
        return None
    await page.mouse.click(corner[0] + point["x"], corner[1] + point["y"])
    return str(point["label"])


async def rested(page: Page, clock: Clock, seconds: float = AFTER_A_PRESS) -> None:
    """Let the page answer; where it loads anew, wait for it."""
    await clock.rest(seconds)
    try:
        if await page.evaluate("document.readyState") != "loading":
            return
    except Error:
        pass
    with suppress(Error):
        loaded = page.wait_for_load_state("domcontentloaded", timeout=1000 * PATIENCE)
        await clock.during(loaded)

"""What a visitor does in each state: the pages are opened, and a choice is made or not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from adhere.scanner import dialogs
from adhere.scanner.finding import Described
from adhere.scanner.observations import Choice, Stored
from adhere.scanner.tabs import Tab
from adhere.scanner.visiting import Visitor

CONTINUING = 3.0
IDENTIFIER = 8
CHOICES = {"refused": "refuse", "accepted": "accept"}
# Somewhere in the window that is neither something to press nor part of what lies over the page.
NEUTRAL = """() => {
  const pressable = "a,button,input,select,textarea,label,summary,iframe,video,"
    + "[onclick],[role],[tabindex]";
  const over = (one) => {
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      if (at.shadowRoot || at.localName === "dialog") return true;
      if (/fixed|sticky/.test(getComputedStyle(at).position)) return true;
    }
    return false;
  };
  for (let y = 0.1; y < 1; y += 0.1)
    for (let x = 0.05; x < 1; x += 0.15) {
      const at = [innerWidth * x, innerHeight * y];
      const one = document.elementFromPoint(...at);
      if (one && !one.closest(pressable) && !over(one)) return at;
    }
  return null;
}"""


async def before(visitor: Visitor, url: str) -> Described | None:
    """A first visit. All is recorded before the dialog's second layer is looked into."""

    async def look(tab: Tab) -> Described:
        await visitor.shoot(tab, "before.png")
        await visitor.note(tab)
        tab.recorder.stop()
        visitor.shared.saw.dialog = await dialogs.look(tab.page, tab.clock, deep=True)
        return tab.told

    return await visitor.see(url, look)


async def act(visitor: Visitor, url: str) -> bool:
    """What the visitor's state asks for; whether it was reached."""
    if visitor.state == "ignored":
        return await ignored(visitor, url)
    if visitor.state == "withdrawn":
        return await accepted(visitor, url) and await chosen(visitor, url, "withdraw")
    if choice := CHOICES.get(visitor.state, visitor.state if ":" in visitor.state else ""):
        return await chosen(visitor, url, choice)
    return (await untouched(visitor, [url]))[0] is not None


async def untouched(visitor: Visitor, urls: Iterable[str]) -> list[Described | None]:
    """Pages that are opened and left alone, side by side; None for one that failed."""

    async def one(url: str) -> Described | None:
        return None if visitor.shared.spent else await visitor.see(url, seen)

    async def seen(tab: Tab) -> Described:
        await visitor.note(tab)
        return tab.told

    return await asyncio.gather(*map(one, urls))


async def ignored(visitor: Visitor, url: str) -> bool:
    """Scrolls, clicks on nothing in particular, waits; the next page is one more step."""

    async def pass_by(tab: Tab) -> bool:
        tab.recorder.chosen()
        await tab.clock.advance()
        point = await tab.page.evaluate(NEUTRAL)
        await tab.page.mouse.move(600, 400)
        for _ in range(3):
            await tab.page.mouse.wheel(0, 700)
        if point:
            await tab.page.mouse.click(*point)
        await tab.clock.rest(CONTINUING)
        await visitor.note(tab)
        return True

    return bool(await visitor.see(url, pass_by))


async def chosen(visitor: Visitor, url: str, choice: str) -> bool:
    """Whether the choice was made; the page is then loaded afresh."""

    async def make(tab: Tab) -> Choice:
        tab.recorder.chosen()
        made = await visitor.choose(tab, choice)
        await visitor.note(tab)
        return made

    made = await visitor.see(url, make)
    made = made or Choice(visitor.state, url, False, "the page could not be seen")
    visitor.shared.saw.choices.append(made)
    if made.reached:
        await visitor.see(url, visitor.note)
    return made.reached


async def accepted(visitor: Visitor, url: str) -> bool:
    """Whether consent was given, so that it can be withdrawn on a later page."""

    async def accept(tab: Tab) -> Choice:
        made = await visitor.choose(tab, "accept")
        await visitor.keep(tab)
        tab.recorder.chosen()
        return made

    made = await visitor.see(url, accept)
    if made is not None and made.reached:
        return True
    no_consent(visitor, url, made.why if made else "the page could not be seen")
    return False


def no_consent(visitor: Visitor, url: str, why: str) -> None:
    """There is nothing to withdraw."""
    told = Choice("withdrawn", url, False, f"consent was not given: {why}")
    visitor.shared.saw.choices.append(told)


async def again(visitor: Visitor, url: str, first: Iterable[Any]) -> None:
    """Delete what marks the visitor and see whether a page knows it nevertheless.

    ``first`` is the jar of another visitor: a value that both were given marks nobody.
    """
    common = {(one["name"], one["value"]) for one in first}
    marks = [
        one
        for one in visitor.jar
        if len(one["value"]) >= IDENTIFIER and (one["name"], one["value"]) not in common
    ]
    if not marks:
        return
    context = await visitor.arrive()
    for one in marks:
        await context.clear_cookies(name=one["name"], domain=one["domain"], path=one["path"])
    deleted = {(one["name"], one["domain"], one["value"]) for one in marks}

    async def compare(tab: Tab) -> None:
        tab.recorder.stop()
        jar = await context.cookies()
        back = [one for one in jar if (one["name"], one["domain"], one["value"]) in deleted]
        writes = [one for one in tab.recorder.stored() if one.kind == "cookie"]
        for one in back:
            visitor.shared.saw.respawned.append(_written(visitor.kept_cookie(tab, one), writes))

    await visitor.see(url, compare, record=False)


def _written(found: Stored, writes: list[Stored]) -> Stored:
    """The write that brought it back, where it was seen."""
    same = (one for one in writes if (one.name, one.value) == (found.name, found.value))
    return next(same, found)

"""Answers the consent dialog as a visitor would, and says only what was proved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from playwright.async_api import Error

from adhere.scanner.dialogs import inside, proof, reopening, rules
from adhere.scanner.dialogs.walking import Presses, walked
from adhere.scanner.observations import Choice

if TYPE_CHECKING:
    from playwright.async_api import Page

    from adhere.scanner.clock import Clock

STATES = {"accept": "accepted", "refuse": "refused", "withdraw": "withdrawn"}
ROLES = {"accept": ["accept"], "refuse": ["refuse"], "withdraw": ["refuse"]}
LATER = 1.2
Keep = Callable[[str, bytes], None]
Means = Callable[["Attempt"], Awaitable[bool]]


class Attempt(Struct):
    """One choice under way on one page."""

    page: Page
    clock: Clock
    choice: str
    presses: Presses
    product: str = ""
    by: str = ""


async def own(attempt: Attempt) -> bool:
    """The buttons that a known product has for it."""
    known = next((each for each in inside.products() if each["name"] == attempt.product), {})
    selector = known.get(attempt.choice if attempt.choice in known else "refuse")
    if attempt.choice not in STATES or not selector:
        return False
    return await attempt.presses.do(attempt.page.main_frame, "selected", selector=selector)


async def plain(attempt: Attempt) -> bool:
    """A button in front whose label surely means it: what the visitor would press."""
    return await _labelled(attempt, 2)


async def published(attempt: Attempt) -> bool:
    """A rule of autoconsent for this product."""
    if attempt.choice not in rules.ACTIONS:
        return False
    done = await rules.applied(attempt.page, attempt.clock, attempt.choice)
    if done:
        attempt.by = f"autoconsent rule {done[0]}"
        attempt.presses.count += done[1]
    return done is not None


async def loose(attempt: Attempt) -> bool:
    """A button whose label may mean it."""
    return await _labelled(attempt, 1)


async def settings(attempt: Attempt) -> bool:
    """The second layer: switched there, and saved."""
    return await walked(attempt.page, attempt.presses, attempt.choice)


async def acknowledged(attempt: Attempt) -> bool:
    """The only button of a notice, where the answer is yes."""
    if attempt.choice != "accept":
        return False
    found = await inside.seen(attempt.page)
    return found is not None and await attempt.presses.do(found[0], "button", roles=["ok"])


MEANS: tuple[Means, ...] = (own, plain, published, loose, settings, acknowledged)


async def choose(page: Page, clock: Clock, choice: str, keep: Keep | None = None) -> Choice:
    """Make the choice `accept`, `refuse`, `purpose:<name>` or `withdraw`, and prove it.

    The page is one on which the dialog shows (for `withdraw`, one where consent was given).
    ``keep`` is handed a picture (name, PNG) of what could not be done. Never raises for what a
    page does: a choice that failed is one that was not reached.
    """
    state = STATES.get(choice, choice)
    try:
        made = await _chosen(page, clock, choice, state)
    except Error as error:
        why = f"the page could not be answered: {str(error).splitlines()[0][:200]}"
        made = Choice(state=state, page=page.url, reached=False, why=why)
    return made if made.reached or keep is None else await _pictured(made, page, clock, keep)


async def _chosen(page: Page, clock: Clock, choice: str, state: str) -> Choice:
    presses = Presses(page, clock)
    was = await proof.before(page)
    made = Choice(state=state, page=page.url, reached=False)
    opened = await reopening.opened(page, presses, was, choice) if choice == "withdraw" else None
    if choice == "withdraw" and not opened:
        return replace(made, why="nothing on the page leads back to the choice")
    how = opened.how if opened else ""
    if opened and opened.verdict:
        return _made(made, opened.verdict, presses.count, how)
    if await inside.seen(page) is None:
        return replace(made, why="no consent dialog shows")
    attempt = Attempt(page, clock, choice, presses, product=await product(page))
    verdict = proof.Verdict()
    for means in MEANS:
        started = presses.count
        if not await means(attempt):
            presses.count = started
            continue
        verdict = await _judged(attempt, was)
        if verdict.proved:
            how = "; ".join(filter(None, (attempt.by, how)))
            return _made(made, verdict, presses.count, how)
        if verdict.against or proof.GONE in verdict.signs:
            break
    return replace(made, why=_why(choice, verdict), clicks=presses.count, signs=verdict.signs)


async def _judged(attempt: Attempt, was: proof.Before) -> proof.Verdict:
    """The verdict now; where signs are missing, once more after a while."""
    verdict = await proof.proved(attempt.page, was, attempt.choice)
    if verdict.signs and not verdict.proved and not verdict.against:
        await inside.rested(attempt.page, attempt.clock, LATER)
        verdict = await proof.proved(attempt.page, was, attempt.choice)
    return verdict


async def product(page: Page) -> str:
    """The consent tool, by what it leaves in the page; empty where it is not known."""
    for frame in page.frames:
        if found := await inside.ask(frame, "product"):
            return str(found)
    return ""


async def _labelled(attempt: Attempt, weight: int) -> bool:
    if attempt.choice not in ROLES:
        return False
    found = await inside.seen(attempt.page)
    return found is not None and await attempt.presses.do(
        found[0], "button", roles=ROLES[attempt.choice], weight=weight
    )


def _why(choice: str, verdict: proof.Verdict) -> str:
    if verdict.against:
        return verdict.against
    if verdict.signs:
        return f"only one sign says so: {verdict.signs[0]}"
    return f"no button, rule or setting of the dialog makes the choice “{choice}”"


def _made(made: Choice, verdict: proof.Verdict, clicks: int, how: str) -> Choice:
    return replace(made, reached=True, why=how, signs=verdict.signs, clicks=clicks)


async def _pictured(made: Choice, page: Page, clock: Clock, keep: Keep) -> Choice:
    name = f"not-{made.state.replace(':', '-')}.png"
    try:
        keep(name, await clock.during(page.screenshot(timeout=5000)))
    except Error:
        return made
    return replace(made, screenshot=name)

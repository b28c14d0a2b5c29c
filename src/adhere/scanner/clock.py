"""A page's time: the dwell that trackers need passes at once, what a visitor does in real time.

Chromium's virtual time runs a page's timers as fast as they can run while no request is under way.
It is started after `load` (earlier, the navigation never ends), with a little real time before
and after, in which work on other threads ends. Once a page has dwelt, its time stands still until
it is given more: a click is handled and a request answered, but no timer runs and a promise of a
database is not kept. Chromium's own policy `advance` would let hours pass in a second, so
`advance` here hands out time in small pieces, at about the speed of a clock.

A page with a request that never ends never uses up its virtual time. After ``PATIENCE`` seconds in
which nothing arrived, it is given the time whether or not something is under way.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

T = TypeVar("T")

SETTLE = 0.12
BRIEF = 0.05
STEP_OF_FALLBACK = 3.4
PATIENCE = 1.3
LONGEST = 6.0
STEP = 0.03
_POLICY = "Emulation.setVirtualTimePolicy"
_EXPIRED = "Emulation.virtualTimeBudgetExpired"


class Clock:
    """The time of one page, real until it first rests.

    ``settled`` is False once a dwell had to be given up; ``patience`` is in real seconds.
    """

    def __init__(self, cdp: CDPSession, virtual: bool = True) -> None:
        self.cdp = cdp
        self.virtual = virtual
        self.settled = True
        self.patience = PATIENCE
        self._started = self._stopping = self._stuck = False
        self._heard = time.monotonic()
        self._expired = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        cdp.on(_EXPIRED, lambda _: self._expired.set())

    @classmethod
    async def of(cls, page: Page, virtual: bool = True) -> Clock:
        """The clock of a page that has none yet."""
        return cls(await page.context.new_cdp_session(page), virtual)

    def heard(self) -> None:
        """Something arrived for the page: it is not stuck."""
        self._heard = time.monotonic()

    @property
    def quiet(self) -> float:
        """For how many real seconds nothing arrived."""
        return time.monotonic() - self._heard

    def give_up(self) -> None:
        """The page waits for what does not come: dwell without it from the start."""
        self._stuck, self.settled = True, False

    async def settle(self, seconds: float = SETTLE) -> None:
        """A moment of real time, in which what is under way outside timers comes to its end."""
        await asyncio.sleep(seconds)

    async def rest(self, seconds: float) -> None:
        """Let that many seconds of the page's time pass; then it stands still."""
        await self._stop()
        if not self.virtual:
            await asyncio.sleep(seconds)
            return
        settle = SETTLE if seconds > 1 else BRIEF
        await self.settle(settle)
        self._started = True
        if self._stuck or not await self._pass("pauseIfNetworkFetchesPending", seconds):
            self.give_up()
            steps = math.ceil(seconds / STEP_OF_FALLBACK)
            for _ in range(steps):
                await self._pass("advance", seconds / steps)
                await self.settle(BRIEF)
        await self.settle(settle)

    async def advance(self) -> None:
        """Let time run as it does for a visitor, until the page next rests."""
        if self._started and self._running is None:
            self._running = asyncio.create_task(self._run())

    async def during(self, work: Awaitable[T]) -> T:
        """The outcome of something that the page can only do while its time runs."""
        running = self._running is not None
        await self.advance()
        try:
            return await work
        finally:
            if not running:
                await self._stop()

    async def close(self) -> None:
        """No more time for a page that is about to be closed."""
        await self._stop()

    async def _run(self) -> None:
        while not self._stopping and await self._pass("advance", STEP * 2):
            await asyncio.sleep(STEP)

    async def _stop(self) -> None:
        if self._running is not None:
            self._stopping = True
            with contextlib.suppress(Exception):  # the page may be gone
                await self._running
            self._running, self._stopping = None, False

    async def _pass(self, policy: str, seconds: float) -> bool:
        """Whether the page used up the time before patience with it ran out."""
        self._expired.clear()
        await self.cdp.send(_POLICY, {"policy": policy, "budget": seconds * 1000})
        begun = time.monotonic()
        while not self._expired.is_set():
            now = time.monotonic()
            left = min(max(self._heard, begun) + self.patience, begun + LONGEST) - now
            if left <= 0:
                return False
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._expired.wait(), left)
        return True

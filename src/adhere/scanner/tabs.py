"""One page that is open in a browser: loaded, given its time, and broken off where it must be."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, TypeVar

from playwright.async_api import Error

from adhere.scanner import hooks
from adhere.scanner.clock import PATIENCE, Clock
from adhere.scanner.failures import Failed
from adhere.scanner.finding import Described, Frame
from adhere.scanner.recording import Recorder

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Response

T = TypeVar("T")

HURRY = 0.3
AT_ONCE = 0.1
PAGES = ("", "text/html", "application/xhtml+xml")
KINDS = {"application/pdf": "a PDF, which `adhere read` reads", "application/json": "JSON"}


class Tab:
    """A page, its clock and what is recorded of it. ``found`` and ``jar`` are its last state."""

    def __init__(self, page: Page, cdp: CDPSession, clock: Clock, recorder: Recorder) -> None:
        self.page = page
        self.cdp = cdp
        self.clock = clock
        self.recorder = recorder
        self.begun = time.monotonic()
        self.told = Described()
        self.frames: list[Frame] = []
        self.jar: list[Any] = []
        self.broken: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(
        cls, context: BrowserContext, url: str, state: str, limit: int, virtual: bool
    ) -> Tab:
        """An empty page that is listened to; ``limit`` is in bytes."""
        page = await context.new_page()
        cdp = await context.new_cdp_session(page)
        clock = Clock(cdp, virtual)
        tab = cls(page, cdp, clock, Recorder(url, state, clock.heard))
        tab.recorder.limit(limit, lambda: tab.fail(f"the page is over {limit // 1_000_000} MB"))
        page.on("crash", lambda _: tab.fail("the page crashed"))
        page.on("close", lambda _: tab.fail("the page closed itself"))
        page.on("popup", lambda popup: asyncio.ensure_future(_closed(popup)))
        tab.recorder.attach(page, cdp)
        await asyncio.gather(
            cdp.send("Network.enable", {"maxPostDataSize": 65_536}),
            cdp.send("Runtime.enable"),
            cdp.send("Runtime.addBinding", {"name": hooks.BINDING}),
        )
        return tab

    def fail(self, why: str) -> None:
        """The page cannot be seen any further."""
        if not self.broken.done():
            self.broken.set_result(why)

    async def unless_broken(self, work: Awaitable[T], seconds: float) -> T:
        """The outcome of work on the page; Failed once the page broke or took too long."""
        task = asyncio.ensure_future(work)
        waiting: set[asyncio.Future[Any]] = {task, self.broken}
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if task.done() and not (self.broken.done() and task.exception()):
            return task.result()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await task
        if self.broken.done():
            raise Failed(self.broken.result())
        raise Failed(f"the page was not done within {seconds:g} seconds")

    async def load(self, url: str, slow: set[str]) -> Response | None:
        """Navigate, and wait for `load` unless all it waits for are requests that are ``slow``."""
        try:
            response = await self.page.goto(url, wait_until="commit", timeout=0)
        except Error:  # what is no page may be taken for a download
            self._no_page()
            raise
        self._no_page()
        load = asyncio.ensure_future(self.page.wait_for_load_state("load", timeout=0))
        began = time.monotonic()
        while not load.done():
            waiting = self.recorder.traffic.waiting()
            patience = AT_ONCE if waiting and waiting <= slow else PATIENCE
            left = patience - min(self.clock.quiet, time.monotonic() - began)
            if left <= 0:
                self.clock.give_up()
                load.cancel()
                break
            await asyncio.wait({load}, timeout=min(left, 0.25))
        with contextlib.suppress(asyncio.CancelledError):
            await load
        self.clock.patience = HURRY if slow else PATIENCE
        return response

    def _no_page(self) -> None:
        document = self.recorder.document
        kind = document.mime if document else ""
        if kind in KINDS:
            raise Failed(f"the address is {KINDS[kind]}, not a page")
        if kind not in PAGES:
            raise Failed(f"the address is a file ({kind}), not a page")

    async def close(self) -> None:
        """Gone, even where the page would rather stay."""
        self.broken.cancel()
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self.clock.close(), 1)
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self.page.close(), 3)


async def _closed(popup: Page) -> None:
    with contextlib.suppress(Exception):
        await popup.close()

"""One visitor: a browser context of its own in one state, and the pages that are opened in it."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import re
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from playwright.async_api import Error

from adhere.scanner import dialogs, hooks
from adhere.scanner.failures import Failed, plainly
from adhere.scanner.finding import Frame, describe, frames_of
from adhere.scanner.observations import Choice, Observations, Page, Stored
from adhere.scanner.options import Options
from adhere.scanner.policies import policy_links
from adhere.scanner.recording import Recorder
from adhere.scanner.sites import same_site
from adhere.scanner.tabs import Tab

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext

T = TypeVar("T")

AFTER_CHOICE = 3.0
TOKEN = 8
PICTURE = 1.0
GPC = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true});"


class Shared:
    """What the visitors of a scan share; ``slow`` are requests that nothing answered."""

    def __init__(
        self,
        options: Options,
        saw: Observations,
        browser: Browser,
        agent: str,
        told: Callable[[Page], None],
    ) -> None:
        self.options = options
        self.saw = saw
        self.browser = browser
        self.agent = agent
        self.told = told
        self.places = asyncio.Semaphore(max(options.parallel, 1))
        self.slow: set[str] = set()
        self.recorders: list[Recorder] = []
        self.signed_in: Any = None
        self.bytes = 0
        self.deadline = time.monotonic() + options.budget.seconds

    @property
    def tokens(self) -> list[str]:
        """What signing in left in the browser, which would open the account to others."""
        kept = self.signed_in or {"cookies": [], "origins": []}
        values = [one["value"] for one in kept["cookies"]]
        values += [item["value"] for one in kept["origins"] for item in one["localStorage"]]
        return sorted({value for value in values if len(value) >= TOKEN}, key=len, reverse=True)

    @property
    def spent(self) -> str:
        """What of the budget is used up; empty while nothing is."""
        if self.bytes > self.options.budget.bytes:
            return f"{self.options.budget.bytes // 1_000_000} MB"
        if time.monotonic() > self.deadline:
            return f"{self.options.budget.seconds:g} seconds"
        return ""


class Visitor:
    """A visitor in one state. What is seen goes into the observations of the scan."""

    def __init__(self, shared: Shared, state: str) -> None:
        self.shared = shared
        self.options = shared.options
        self.state = state
        self.jar: list[Any] = []
        self.session: dict[str, list[tuple[str, str]]] = {}
        self.lifetimes: dict[tuple[str, str], int | None] = {}
        self._context: BrowserContext | None = None

    async def __aenter__(self) -> Visitor:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._context is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._context.close(), 5)

    async def arrive(self) -> BrowserContext:
        """The visitor's own context, made when first needed."""
        if self._context is not None:
            return self._context
        gpc = self.state == "gpc"
        headers = {"Accept-Language": self.options.accept_language}
        self._context = await self.shared.browser.new_context(
            ignore_https_errors=self.options.insecure,
            accept_downloads=False,
            user_agent=self.shared.agent,
            locale=re.split("[,;]", self.options.accept_language)[0],
            extra_http_headers=headers | ({"Sec-GPC": "1"} if gpc else {}),
            viewport={"width": 1280, "height": 800},
            storage_state=self.shared.signed_in,
        )
        scripts = [hooks.script(), *dialogs.SCRIPTS, *([GPC] if gpc else [])]
        await self._context.add_init_script("\n;".join(scripts))
        return self._context

    async def see(
        self, url: str, act: Callable[[Tab], Awaitable[T]], record: bool = True
    ) -> T | None:
        """Open a page, let it dwell, do something with it, and record all of it.

        A page that fails costs itself only: that is recorded, and None comes back.
        """
        async with self.shared.places:
            tab, page, outcome = None, Page(url, self.state), None
            began = time.monotonic()
            try:
                tab = await self._tab(url)
                seconds = self.options.page_seconds
                page = await tab.unless_broken(self._open(tab, url), seconds)
                outcome = await tab.unless_broken(act(tab), 2 * seconds)
                page = msgspec.structs.replace(page, settled=tab.clock.settled)
            except (Failed, Error) as problem:
                page = msgspec.structs.replace(page, failed=plainly(problem, url))
            if tab is not None:
                self.shared.slow |= tab.recorder.traffic.waiting()
                await tab.close()
            if tab is not None and record:
                self._record(tab)
            if record or page.failed:
                ms = round((time.monotonic() - began) * 1000)
                page = msgspec.structs.replace(page, ms=ms)
                self.shared.saw.pages.append(page)
                self.shared.told(page)
            return outcome

    async def keep(self, tab: Tab) -> list[Frame]:
        """Remember the storages that a new tab would not have; gives those of all frames."""
        frames = await tab.clock.during(frames_of(tab.cdp))
        self.session.update({one.origin: one.session for one in frames if one.session})
        return frames

    async def note(self, tab: Tab) -> None:
        """Record what is stored now, and what the page says of consent."""
        tab.frames, tab.jar = await asyncio.gather(self.keep(tab), tab.page.context.cookies())
        self.jar = tab.jar
        for signal in await tab.clock.during(dialogs.signals(tab.page)):
            at = self.options.dwell_seconds
            said = msgspec.structs.replace(signal, state=self.state, page=tab.recorder.url, at=at)
            self.shared.saw.signals.append(said)

    async def choose(self, tab: Tab, choice: str) -> Choice:
        """Make a choice, let the page act on it, and picture how it looks then."""
        keep = self.shared.saw.screenshots.__setitem__ if self.options.screenshots else None
        made = await dialogs.choose(tab.page, tab.clock, choice, keep)
        made = msgspec.structs.replace(made, state=self.state, page=tab.recorder.url)
        await tab.clock.rest(AFTER_CHOICE)
        if made.reached and await self.shoot(tab, f"{self.state}.png"):
            made = msgspec.structs.replace(made, screenshot=f"{self.state}.png")
        return made

    async def shoot(self, tab: Tab, name: str) -> bool:
        """Whether a picture of the window was taken: none is where none is asked for."""
        if not self.options.screenshots:
            return False
        # Not by Playwright, which waits for what a page that hangs never does.
        with contextlib.suppress(Error, TimeoutError):
            async with asyncio.timeout(PICTURE):
                taken = await tab.cdp.send("Page.captureScreenshot", {"format": "png"})
            self.shared.saw.screenshots[name] = base64.b64decode(taken["data"])
            return True
        return False

    async def _tab(self, url: str) -> Tab:
        limit = self.options.budget.page_bytes
        tab = await Tab.open(await self.arrive(), url, self.state, limit, self.options.virtual)
        if self.session:
            await tab.page.add_init_script(hooks.restoring(self.session))
        return tab

    async def _open(self, tab: Tab, url: str) -> Page:
        response = await tab.load(url, self.shared.slow)
        await tab.clock.rest(self.options.dwell_seconds)
        tab.told = await describe(tab.cdp)
        return Page(
            url,
            self.state,
            status=response.status if response else 0,
            final_url=tab.page.url,
            title=tab.told.title,
            links=tuple(link for link, _ in tab.told.links),
            policy_links=policy_links(tab.told.links),
        )

    def _record(self, tab: Tab) -> None:
        saw, recorder = self.shared.saw, tab.recorder
        self.shared.bytes += recorder.traffic.size
        self.shared.recorders.append(recorder)
        saw.requests.extend(recorder.requests())
        saw.probings.extend(recorder.probings())
        for one in recorder.stored():
            (saw.blocked if one.blocked else saw.stored).append(one)
            if one.kind == "cookie" and not (one.blocked or one.removed):
                self.lifetimes[one.name, one.domain] = one.lifetime
        saw.stored.extend(self._kept(tab))

    def _kept(self, tab: Tab) -> list[Stored]:
        host, url, at = tab.recorder.host, tab.recorder.url, self.options.dwell_seconds
        found = [self.kept_cookie(tab, one) for one in tab.jar]
        for frame in tab.frames:
            third = not same_site(frame.host, host)
            for kind, name, value in frame.items():
                found.append(
                    Stored(
                        kind,  # type: ignore[arg-type]
                        name,
                        frame.host,
                        self.state,
                        url,
                        at,
                        "found",
                        value=value,
                        frame=frame.url,
                        third_party=third,
                    )
                )
        return found

    def kept_cookie(self, tab: Tab, one: Any) -> Stored:
        """A cookie of the jar, with the lifetime as it was written where that was seen."""
        domain = one["domain"].lstrip(".")
        left = round(one["expires"] - time.time()) if one["expires"] > 0 else None
        return Stored(
            "cookie",
            one["name"],
            domain,
            self.state,
            tab.recorder.url,
            self.options.dwell_seconds,
            "found",
            value=one["value"],
            lifetime=self.lifetimes.get((one["name"], domain), left),
            path=one["path"],
            secure=one["secure"],
            http_only=one["httpOnly"],
            same_site=one["sameSite"],
            partitioned=bool(one.get("partitionKey")),
            third_party=not same_site(domain, tab.recorder.host),
        )

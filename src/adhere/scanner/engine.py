"""One scan: a browser, the states as visitors of their own, and what is looked up afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from playwright.async_api import Error, async_playwright

from adhere.errors import Problem
from adhere.scanner import browsers, canary, har, login, recipes
from adhere.scanner.cnames import cloaked
from adhere.scanner.crawling import Frontier
from adhere.scanner.failures import problem
from adhere.scanner.finding import Described
from adhere.scanner.guard import Guard
from adhere.scanner.hiding import hide
from adhere.scanner.observations import Observations, Page
from adhere.scanner.options import STATES, Options, Resolution, check_states
from adhere.scanner.reaching import policy_answers, robots_of, sitemap_of
from adhere.scanner.sites import host_of, same_site, site_of
from adhere.scanner.visiting import Shared, Visitor

if TYPE_CHECKING:
    from playwright.async_api import Browser

LOCKED = (401, 403)
FEW_WORDS = 600
LOADS = {"accepted": 2, "refused": 2, "withdrawn": 2}


class Progress(Struct, frozen=True):
    """A page of a state has been looked at; ``planned`` grows as pages and purposes are found."""

    state: str
    page: str
    done: int
    planned: int
    failed: str = ""


class Scan:
    """One scan, from the start of the browser to its end."""

    def __init__(self, url: str, options: Options, tell: Callable[[Progress], None]) -> None:
        self.url = url
        self.options = options
        self.tell = tell
        self.login = login.read(options.login)
        self.program = browsers.program(options.browser)
        self.states = check_states(STATES if options.states is None else options.states)
        self.saw = Observations(url, datetime.now(UTC))
        self.done = 0
        self.planned = sum(LOADS.get(state, 1) for state in self.states)

    async def run(self) -> Observations:
        """All that was seen."""
        began = time.monotonic()
        # The list of public suffixes is read while the browser starts.
        suffixes = asyncio.create_task(asyncio.to_thread(site_of, host_of(self.url)))
        probe = await canary.serve()
        port = probe.sockets[0].getsockname()[1]
        own = [Resolution(host, "127.0.0.1", port) for host in (canary.FIRST, canary.THIRD)]
        self.guard = Guard(self.options, self.url, own)
        try:
            await self._reachable()
            async with async_playwright() as playwright:
                arguments = await self.guard.start()
                if self.options.insecure:
                    arguments.append("--ignore-certificate-errors")
                browser = await browsers.launch(playwright, self.program, arguments, self.saw.notes)
                try:
                    await self._with(browser)
                finally:
                    with contextlib.suppress(Error):
                        await browser.close()
        finally:
            await suffixes
            self.guard.stop()
            probe.close()
        self.saw.seconds = round(time.monotonic() - began, 3)
        return self.saw

    async def _reachable(self) -> None:
        """A Problem at once for a host that is not there or is private."""
        if not self.guard.needed:
            return
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        try:
            await self.guard.addresses(host, port)
        except PermissionError as error:
            raise problem(self.url, str(error)) from None
        except (OSError, UnicodeError):
            raise problem(self.url, f"there is no such host as {host}") from None

    async def _with(self, browser: Browser) -> None:
        agent = browsers.agent(browser.version)
        self.shared = Shared(self.options, self.saw, browser, agent, self._told)
        checked, robots = await asyncio.gather(
            canary.tried(browser, self.program), robots_of(self.shared, self.url)
        )
        self.saw.canary = checked
        if not checked.sound:
            lost = ", ".join(name for name, kept in checked.kept.items() if not kept)
            raise Problem(
                f"this browser would hide what a site stores: {lost}",
                file=self.program,
                expected="chromium-headless-shell",
            )
        if not robots.allows(self.url):
            raise problem(self.url, "robots.txt forbids it")
        if self.options.login is not None:
            await self._sign_in(self.options.login)
        self.frontier = Frontier(self.url, robots)
        if self.options.max_pages > 1:
            self.frontier.add(await sitemap_of(self.shared, self.url, robots))
        await self._states()
        await self._afterwards()

    async def _sign_in(self, file: Path) -> None:
        async with Visitor(self.shared, "before") as visitor:
            context = await visitor.arrive()
            page = await context.new_page()
            await login.sign_in(page, self.login, file)
            self.shared.signed_in = await context.storage_state()

    async def _states(self) -> None:
        self.others: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()
        self.first = Visitor(self.shared, "before")
        named = [state for state in self.states if state != "before"]
        self.saw.states = ["before", *named]
        async with self.first:
            both = {"accepted", "withdrawn"} <= set(named)
            alone = [state for state in named if not (both and state == "withdrawn")]
            alone.sort(key=lambda state: state != "accepted")  # the longest first
            others = [asyncio.ensure_future(self._state(state)) for state in alone]
            try:
                await self._before()
                if self.options.states is None:
                    purposes = [f"purpose:{name}" for name in self._purposes()]
                    self.saw.states += purposes
                    self.planned += 2 * len(purposes)
                    others += [asyncio.ensure_future(self._state(one)) for one in purposes]
                await asyncio.gather(*others)
            finally:
                for one in others:
                    one.cancel()
                await asyncio.gather(*others, return_exceptions=True)

    def _purposes(self) -> list[str]:
        toggles = self.saw.dialog.toggles
        return list(dict.fromkeys(one.name for one in toggles if one.name and not one.disabled))

    async def _before(self) -> None:
        told = await recipes.before(self.first, self.url)
        start = next(page for page in self.saw.pages if page.state == "before")
        self._judge(start, told)
        pages: list[str] = []
        self.frontier.add(start.links)
        wanted = min(self.options.max_pages, self.options.budget.pages) - 1
        while len(pages) < wanted and not self.shared.spent:
            some = self.frontier.take(min(self.options.parallel, wanted - len(pages)))
            if not some:
                break
            pages += some
            self.planned += len(some) * len(self.states)
            for url, seen in zip(some, await recipes.untouched(self.first, some), strict=True):
                if seen is not None:
                    self.frontier.built(url, seen.shape)
                    self.frontier.add(link for link, _ in seen.links)
        self.others.set_result(pages)

    def _judge(self, start: Page, told: Described | None) -> None:
        """A Problem where the page cannot be seen at all, a note where it shows little."""
        host = host_of(self.url)
        if start.failed:
            raise problem(self.url, self.guard.refused.get(host) or start.failed)
        if start.status in LOCKED:
            self.saw.notes.append(
                f"The page answers {start.status}: it is for those who have signed in."
            )
        elif start.status >= 400:
            raise problem(self.url, f"the page answers {start.status}")
        elif told and told.password and told.words < FEW_WORDS:
            self.saw.notes.append("The page is little else than a place to sign in.")
        final = host_of(start.final_url)
        if final and not same_site(final, host):
            self.saw.notes.append(f"The address leads to another site, {final}.")

    async def _state(self, state: str) -> None:
        async with Visitor(self.shared, state) as visitor:
            made = await self._visited(visitor, await recipes.act(visitor, self.url))
            if state == "accepted" and "withdrawn" in self.states:
                await self._withdrawn(visitor, made)
            if made and state == "refused":
                await recipes.again(visitor, self.url, self.first.jar)

    async def _visited(self, visitor: Visitor, made: bool) -> bool:
        """The other pages too, where the visitor's choice was made."""
        others = await self.others
        if made:
            await recipes.untouched(visitor, others)
        return made

    async def _withdrawn(self, visitor: Visitor, accepted: bool) -> None:
        """The visitor who accepted thinks better of it."""
        if accepted:
            visitor.state = "withdrawn"
            await self._visited(visitor, await recipes.chosen(visitor, self.url, "withdraw"))
        else:
            made = next(one for one in self.saw.choices if one.state == "accepted")
            recipes.no_consent(visitor, self.url, made.why)

    async def _afterwards(self) -> None:
        saw = self.saw
        self._count_withdrawal()
        links = [link for page in saw.pages for link in page.policy_links]
        hosts = {one.host for one in saw.requests}
        statuses, leads = await asyncio.gather(
            policy_answers(self.shared, links),
            cloaked(hosts, host_of(self.url), self.options),
        )
        saw.links = statuses
        saw.requests = [
            msgspec.structs.replace(one, canonical=leads.get(one.host, ""))
            if one.host in leads
            else one
            for one in saw.requests
        ]
        secrets = [*self.login.secrets, *self.shared.tokens]
        if self.options.har:
            saw.har = har.archive(self.shared.recorders, secrets)
        if secrets:
            hide(saw, secrets)
        saw.notes += [f"Not reached: {why}." for why in self.guard.forbidden]
        if spent := self.shared.spent:
            saw.notes.append(f"The scan ended at its budget of {spent}.")
        if count := len(self.frontier.forbidden):
            saw.notes.append(f"robots.txt forbids {count} of the pages found.")
        if self.options.insecure:
            saw.notes.append("Certificates were not checked.")

    def _count_withdrawal(self) -> None:
        """What it took to withdraw belongs to what is known of the dialog."""
        for one in self.saw.choices:
            if one.state == "withdrawn" and one.reached:
                self.saw.dialog = msgspec.structs.replace(
                    self.saw.dialog, withdraw_clicks=one.clicks
                )

    def _told(self, page: Page) -> None:
        self.done += 1
        self.planned = max(self.planned, self.done)
        self.tell(Progress(page.state, page.url, self.done, self.planned, page.failed))

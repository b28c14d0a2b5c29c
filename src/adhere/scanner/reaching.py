"""What is asked of a site beside its pages: robots.txt, the sitemap, whether a policy is there.

Asked by the same browser, so that the same hosts, certificates and limits hold.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from playwright.async_api import Error

from adhere.scanner.crawling import Robots, locations

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext

    from adhere.scanner.visiting import Shared

_MS = 8000
_SITEMAPS = 10
_POLICIES = 6
_TEXT = """() => document.contentType.endsWith("xml")
  ? new XMLSerializer().serializeToString(document).slice(0, 5e6)
  : (document.body ? document.body.innerText : "").slice(0, 5e5)"""


async def robots_of(shared: Shared, url: str) -> Robots:
    """What the site's robots.txt says; nothing is forbidden where it is not to be obeyed."""
    options = shared.options
    if not options.robots and options.max_pages <= 1:
        return Robots()
    async with _bare(shared) as context:
        text = await _text(context, urljoin(url, "/robots.txt"))
    if not options.robots:
        lines = text.splitlines()
        text = "\n".join(line for line in lines if line.lower().startswith("sitemap:"))
    return Robots(text)


async def sitemap_of(shared: Shared, url: str, robots: Robots) -> list[str]:
    """The pages that the site's sitemaps name; empty where it has none."""
    waiting = robots.sitemaps or [urljoin(url, "/sitemap.xml")]
    found: list[str] = []
    async with _bare(shared) as context:
        for _ in range(_SITEMAPS):
            if not waiting:
                break
            text = await _text(context, waiting.pop(0))
            (waiting if "<sitemapindex" in text[:2000] else found).extend(locations(text))
    return found


async def policy_answers(shared: Shared, links: Iterable[str]) -> dict[str, int]:
    """The HTTP status of each link to a policy, 0 where nothing answers."""
    first = list(dict.fromkeys(links))[:_POLICIES]
    if not first:
        return {}
    async with _bare(shared) as context:
        statuses = await asyncio.gather(*(_status(shared, context, link) for link in first))
    return dict(zip(first, statuses, strict=True))


@asynccontextmanager
async def _bare(shared: Shared) -> AsyncIterator[BrowserContext]:
    context = await shared.browser.new_context(
        ignore_https_errors=shared.options.insecure,
        accept_downloads=False,
        user_agent=shared.agent,
        storage_state=shared.signed_in,
    )
    try:
        yield context
    finally:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(context.close(), 5)


async def _text(context: BrowserContext, url: str) -> str:
    page = await context.new_page()
    try:
        answer = await page.goto(url, wait_until="domcontentloaded", timeout=_MS)
        return str(await page.evaluate(_TEXT)) if answer and answer.status == 200 else ""
    except Error:
        return ""
    finally:
        with contextlib.suppress(Error):
            await page.close()


async def _status(shared: Shared, context: BrowserContext, url: str) -> int:
    async with shared.places:
        page = await context.new_page()
        answered: list[int] = []
        page.on("response", lambda one: answered.append(one.status))
        try:
            answer = await page.goto(url, wait_until="commit", timeout=_MS)
            return answer.status if answer else 0
        except Error:  # a download, such as a PDF, has answered before it is broken off
            return answered[-1] if answered else 0
        finally:
            with contextlib.suppress(Error):
                await page.close()

"""Whether the browser in use would show what a visitor's browser keeps, tried on loopback.

A page of one site and a frame of another store something of every kind; then the browser is asked
for it. Debian's full Chromium keeps nothing of third parties, and a scan with it would find none.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from adhere.scanner.finding import Frame, frames_of
from adhere.scanner.observations import Canary
from adhere.scanner.writes import parse

if TYPE_CHECKING:
    from playwright.async_api import Browser

FIRST, THIRD = "first.canary.localhost", "third.other.localhost"
YEARS = 730 * 86_400
_WAIT = 5.0
_LINES = (
    f"canary_long=1; Max-Age={YEARS}; Path=/",
    "canary_third=1; SameSite=None; Secure; Path=/",
    "canary_partitioned=1; SameSite=None; Secure; Partitioned; Path=/",
)
_STORE = """<!doctype html><title>Canary</title><script>
const done = new Promise((resolve) => {
  const opening = indexedDB.open("canary");
  opening.onsuccess = opening.onerror = resolve;
});
const ready = navigator.serviceWorker.register("/worker.js").catch(() => 0);
try { localStorage.canary = 1; } catch {}
const all = Promise.all([done, ready]).then(() => 1);
</script>"""
_STANDS = timedelta(days=1)


async def tried(browser: Browser, path: str) -> Canary:
    """What the browser kept, tried once a day for each browser and build of it.

    The outcome lies in the user's cache folder; one that is not sound is not kept there.
    """
    stat = await asyncio.to_thread(os.stat, path)
    key, now = f"{path} {browser.version}", datetime.now(UTC)
    file = _folder() / f"browser-{stat.st_ino}-{stat.st_mtime_ns}.json"
    known = _read(file)
    if known and known.browser == key and known.tried and now - _STANDS < known.tried <= now:
        return known
    found = Canary(key, await _try(browser), now)
    if found.sound:
        with contextlib.suppress(OSError):  # a home that cannot be written to
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(msgspec.json.encode(found))
    return found


def _folder() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if given.startswith("/") else Path.home() / ".cache") / "adhere"


def _read(file: Path) -> Canary | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Canary)
    except (OSError, msgspec.MsgspecError):
        return None


async def serve() -> asyncio.Server:
    """The two sites, on loopback."""
    return await asyncio.start_server(_answer, "127.0.0.1", 0)


async def _try(browser: Browser) -> dict[str, bool]:
    context = await browser.new_context()
    lines: list[str] = []
    try:
        page = await context.new_page()
        cdp = await context.new_cdp_session(page)
        cdp.on(
            "Network.responseReceivedExtraInfo",
            lambda event: lines.extend(_set_cookies(event["headers"])),
        )
        await cdp.send("Network.enable")
        async with asyncio.timeout(_WAIT):
            await page.goto(f"http://{FIRST}/")
            for frame in page.frames:
                await frame.evaluate("all")
            frames = {one.host: one for one in await frames_of(cdp)}
            jar: list[Any] = [dict(one) for one in await context.cookies()]
    except TimeoutError:
        frames, jar = {}, []
    finally:
        with contextlib.suppress(Exception):
            await context.close()
    names = {one["name"] for one in jar}
    first, third = (frames.get(host, Frame("", "")) for host in (FIRST, THIRD))
    return {
        "third-party cookie": "canary_third" in names,
        "partitioned cookie": "canary_partitioned" in names,
        "frame storage": ("canary", "1") in third.local,
        "indexed-db": "canary" in first.databases,
        "service-worker": any(url.endswith("/worker.js") for url in first.workers),
        "lifetime as written": any(parse(line, 0).lifetime == YEARS for line in lines),
    }


def _set_cookies(headers: dict[str, str]) -> list[str]:
    return [
        line
        for name, value in headers.items()
        if name.lower() == "set-cookie"
        for line in value.split("\n")
    ]


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1]
        host = next(
            (line[5:].strip() for line in head.split("\r\n") if line.lower().startswith("host:")),
            "",
        )
        writer.write(_page(host.partition(":")[0], path))
        await writer.drain()
        writer.close()


def _page(host: str, path: str) -> bytes:
    kind, body = "text/html", _STORE
    lines: tuple[str, ...] = _LINES[1:]
    if path == "/worker.js":
        kind, body, lines = "text/javascript", "", ()
    elif host == FIRST:
        body, lines = f'{_STORE}<iframe src="http://{THIRD}/"></iframe>', _LINES[:1]
    head = [
        "HTTP/1.1 200 OK",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body.encode())}",
        "Connection: close",
        *(f"Set-Cookie: {line}" for line in lines),
    ]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()

"""A website's address in, what was seen of it in every state out."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from urllib.parse import urlsplit

from adhere.errors import Problem
from adhere.scanner.engine import Progress, Scan
from adhere.scanner.observations import Observations
from adhere.scanner.options import Options

__all__ = ["Progress", "address", "scan"]

T = TypeVar("T")


def scan(
    url: str, options: Options | None = None, tell: Callable[[Progress], None] = lambda _: None
) -> Observations:
    """Look at a website in every state; a Problem where it cannot be looked at at all.

    ``tell`` is called from another thread, after each page.
    """
    return _apart(Scan(address(url), options or Options(), tell).run())


def address(url: str) -> str:
    """A web address, with `https://` where none was given; a Problem where it is not one."""
    full = url.strip() if "://" in url else f"https://{url.strip()}"
    try:
        parts = urlsplit(full)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        usable = usable and (parts.port is None or parts.port > 0) and not set(full) & set(" \t\n")
    except ValueError:
        usable = False
    if not usable:
        raise Problem(f"“{url}” is no web address", expected="such as https://example.com/")
    if parts.username or parts.password:
        raise Problem("the address holds a password; sign in by a script", field="URL")
    return full if parts.path else f"{full}/"


def _apart(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: the caller's may have a loop already."""
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(asyncio.run(work))
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=run, name="scan", daemon=True)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]

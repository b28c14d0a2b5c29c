"""What is in the storages of a page's frames, and what a reader sees of the page.

Asked in a world of its own within each frame, where no script of the page answers instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec
from playwright.async_api import Error

from adhere.scanner.sites import host_of

if TYPE_CHECKING:
    from playwright.async_api import CDPSession


class Frame(msgspec.Struct):
    """The storages of one origin."""

    origin: str
    url: str
    local: list[tuple[str, str]] = []
    session: list[tuple[str, str]] = []
    databases: list[str | None] = []
    caches: list[str] = []
    workers: list[str] = []

    @property
    def host(self) -> str:
        return host_of(self.origin)

    def items(self) -> Iterator[tuple[str, str, str]]:
        """Each thing stored: its kind, its name and its value."""
        yield from (("local-storage", name, value) for name, value in self.local)
        yield from (("session-storage", name, value) for name, value in self.session)
        yield from (("indexed-db", name, "") for name in self.databases if name is not None)
        yield from (("cache", name, "") for name in self.caches)
        yield from (("service-worker", url, "") for url in self.workers)


class Described(msgspec.Struct):
    """A page as a reader finds it; ``shape`` is its tree of elements and classes, in short."""

    title: str = ""
    links: list[tuple[str, str]] = []
    password: bool = False
    words: int = 0
    shape: str = ""


@cache
def _script(name: str) -> str:
    return (resources.files(__package__) / "page" / f"{name}.js").read_text("utf-8")


async def frames_of(cdp: CDPSession) -> list[Frame]:
    """The storages of every origin in the page's frames, each once."""
    tree = await cdp.send("Page.getFrameTree")
    first, *rest = _ids(tree["frameTree"])
    answers = [await _ask(cdp, first, "[]")]
    known = msgspec.json.encode([answers[0].origin] if answers[0] else []).decode()
    answers += await asyncio.gather(*(_ask(cdp, each, known) for each in rest))
    found: dict[str, Frame] = {}
    for one in answers:
        if one and one.origin not in found:
            found[one.origin] = one
    return list(found.values())


async def describe(cdp: CDPSession) -> Described:
    """The page at the top; an empty description where it has none."""
    tree = await cdp.send("Page.getFrameTree")
    world = await _world(cdp, next(_ids(tree["frameTree"])))
    told = await _evaluate(cdp, world, _script("described"))
    return msgspec.convert(told, Described) if told else Described()


def _ids(tree: dict[str, Any]) -> Iterator[str]:
    yield tree["frame"]["id"]
    for child in tree.get("childFrames", ()):
        yield from _ids(child)


async def _ask(cdp: CDPSession, frame: str, known: str) -> Frame | None:
    try:
        world = await _world(cdp, frame)
        told = await _evaluate(cdp, world, f"({_script('found')})({known})")
    except Error:  # a frame that has gone meanwhile
        return None
    return msgspec.convert(told, Frame, strict=False) if told else None


async def _world(cdp: CDPSession, frame: str) -> int:
    made = await cdp.send("Page.createIsolatedWorld", {"frameId": frame})
    return int(made["executionContextId"])


async def _evaluate(cdp: CDPSession, world: int, expression: str) -> Any:
    asked = {
        "expression": expression,
        "contextId": world,
        "awaitPromise": True,
        "returnByValue": True,
    }
    return (await cdp.send("Runtime.evaluate", asked))["result"].get("value")

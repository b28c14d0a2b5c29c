"""The script that tells what a page writes and probes, and how its words are read."""

from __future__ import annotations

import re
import secrets
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from adhere.scanner.observations import Script

# Nothing that a page could look for by name.
BINDING = f"_{secrets.token_hex(6)}"
MARKER = f"{secrets.token_hex(6)}.js"
RESTORING = f"{secrets.token_hex(6)}.js"
_PLACE = re.compile(
    r"^\s*at (?:(?P<function>.*?) \()?(?P<url>\S+?):(?P<line>\d+):(?P<column>\d+)\)?$"
)


@cache
def script() -> str:
    """The script, for a page's every frame."""
    text = (resources.files(__package__) / "page/hooks.js").read_text("utf-8")
    return text.replace("BINDING", BINDING).replace("MARKER", MARKER)


def place(stack: str) -> Script | None:
    """The innermost place of the page's own in a stack as V8 writes it; None without one."""
    for line in stack.splitlines():
        if MARKER in line or not (found := _PLACE.match(line)):
            continue
        url = found["url"].removeprefix("(")
        if url not in ("<anonymous>", "native"):
            function = (found["function"] or "").removeprefix("async ")
            return Script(url, int(found["line"]), int(found["column"]), function)
    return None


class Called(NamedTuple):
    """A write, as the script in the page tells it; ``at`` is the page's clock in milliseconds."""

    kind: str
    name: str
    value: str
    at: float
    stack: str


class Probed(NamedTuple):
    """An interface that was read, how often, and first when and by whom."""

    interface: str
    call: str
    times: int
    at: float
    stack: str


class Batch(msgspec.Struct, frozen=True):
    """What one frame told at once."""

    frame: str
    records: list[Called]
    probes: list[Probed]


def batch(payload: str) -> Batch | None:
    """The batch; None where it is not one, for a page may have found the channel."""
    try:
        return msgspec.json.decode(payload, type=Batch)
    except msgspec.MsgspecError:
        return None


def restoring(session: dict[str, list[tuple[str, str]]]) -> str:
    """A script that gives a new tab the session storages of an earlier one.

    A visitor who loads a page again still has them, but a new tab does not.
    """
    kept = msgspec.json.encode(session).decode()
    return f"""{{
  const kept = {kept}[self.origin] || [];
  for (const [name, value] of kept)
    if (sessionStorage.getItem(name) === null) sessionStorage.setItem(name, value);
}}
//# sourceURL={RESTORING}"""

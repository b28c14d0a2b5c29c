"""From ASGI to a whole request, within limits of size and time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from adhere.edge.deadlines import Within
from adhere.edge.http import Refusal

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH_LIMIT = 2_048
HEADERS_LIMIT = 16_384
HEADERS_COUNT = 100
BODY_SECONDS = 15.0


class Gone(Exception):
    """The client went away; nobody is left to answer."""


def head_of(scope: Scope) -> Mapping[str, str]:
    """The headers by their lower-case names; refuses with 414 or 431 what is too much."""
    if len(scope["path"]) + len(scope.get("query_string", b"")) > PATH_LIMIT:
        raise Refusal(414, "the address is too long", expected=f"at most {PATH_LIMIT} bytes")
    fields = scope["headers"]
    size = sum(len(name) + len(value) for name, value in fields)
    if size > HEADERS_LIMIT or len(fields) > HEADERS_COUNT:
        limits = f"at most {HEADERS_COUNT} headers and {HEADERS_LIMIT} bytes"
        raise Refusal(431, "the headers are too large", field="headers", expected=limits)
    return {_name(name): value.decode("latin-1") for name, value in fields}


@lru_cache(maxsize=256)
def _name(name: bytes) -> str:
    return name.decode("latin-1").lower()


async def body_of(headers: Mapping[str, str], receive: Receive, limit: int) -> bytes:
    """The whole body; 413 beyond ``limit`` bytes, 408 when it comes too slowly."""
    length = headers.get("content-length", "0")
    if not length.isdigit():
        raise Refusal(400, "not a length", field="content-length", expected="a whole number")
    if int(length) > limit:
        raise _too_large(limit)
    try:
        with Within(BODY_SECONDS):
            return await _collect(receive, limit)
    except TimeoutError:
        raise Refusal(
            408, "the body came too slowly", expected=f"all of it in {BODY_SECONDS:g} s"
        ) from None


async def _collect(receive: Receive, limit: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > limit:
            raise _too_large(limit)
        if not message.get("more_body", False):
            return bytes(body)


def _too_large(limit: int) -> Refusal:
    return Refusal(413, "the body is too large", field="body", expected=f"at most {limit:,} bytes")

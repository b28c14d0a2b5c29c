"""The wall in front of an ASGI application (version 3)."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from adhere.areas.cookies.wall.choices import read_choices
from adhere.areas.cookies.wall.cookies import kept
from adhere.areas.cookies.wall.headers import Asked, walled
from adhere.areas.cookies.wall.loading import Holder, Source

_Call = Callable[..., Awaitable[Any]]
_ASGIApplication = Callable[[Any, _Call, _Call], Awaitable[Any]]


class ASGIWall:
    """``application = ASGIWall(application)``. Bodies pass untouched, streamed ones too."""

    def __init__(self, application: _ASGIApplication, data: Source = None) -> None:
        self._application = application
        self._holder = Holder(data)

    async def __call__(self, scope: dict[str, Any], receive: _Call, send: _Call) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._application(scope, receive, send)
            return
        wall, headers = self._holder.wall(), scope["headers"]
        cookie = "; ".join(_said(headers, b"cookie"))
        found = read_choices(cookie, wall, time.time())
        destination = "".join(_said(headers, b"sec-fetch-dest"))
        asked = Asked(cookie, "".join(_said(headers, b"host")[:1]), destination)
        rest = kept(cookie, wall, found)
        passed = [each for each in headers if each[0] != b"cookie"]
        passed += [(b"cookie", rest.encode("latin-1"))] if rest else []

        async def sending(message: dict[str, Any]) -> None:
            if message["type"] in {"http.response.start", "websocket.accept"}:
                plain = [(_text(name), _text(value)) for name, value in message.get("headers", [])]
                out = walled(plain, asked, wall, found)
                message = {**message, "headers": [(_bytes(a).lower(), _bytes(b)) for a, b in out]}
            await send(message)

        await self._application(
            {**scope, "headers": passed, "adhere.choices": found}, receive, sending
        )


def _said(headers: list[tuple[bytes, bytes]], name: bytes) -> list[str]:
    return [_text(value) for key, value in headers if key.lower() == name]


def _text(value: bytes) -> str:
    return value.decode("latin-1")


def _bytes(value: str) -> bytes:
    return value.encode("latin-1")

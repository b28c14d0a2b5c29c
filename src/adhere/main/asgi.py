"""One port: the edge's addresses first, all else to the console in a pool of threads."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware

from adhere.edge.app import STRICT, Edge
from adhere.edge.app import make_edge as edge
from adhere.edge.http import Refusal
from adhere.edge.place import Place
from adhere.edge.reading import Message, Receive, Scope, Send
from adhere.main import lifeline

Application = Callable[[Scope, Receive, Send], Awaitable[None]]
THREADS = int(os.environ.get("ADHERE_CONSOLE_THREADS", "8"))
MOST_WAITING = 256
# An import may have 100 MB; the form around it a little more.
BODY_LIMIT = 105_000_000


class Console:
    """Django's pages, as WSGI in threads; refuses where too many wait or too much is sent."""

    def __init__(self, wsgi: Callable[..., Any]) -> None:
        self._wsgi = cast("Application", WSGIMiddleware(wsgi, workers=THREADS))
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(refusal, send)
            return

        async def received() -> Message:
            # The server's own gives a future, and a thread can wait for coroutines only.
            return await receive()

        self._open += 1
        try:
            await self._wsgi(as_wsgi_takes(scope), received, send)
        finally:
            self._open -= 1

    def _refusal(self, scope: Scope) -> Refusal | None:
        if self._open >= MOST_WAITING:
            return Refusal(503, "too many requests at once", retry_after=2)
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit():
            return Refusal(400, "not a length", field="content-length", expected="a whole number")
        if int(length) > BODY_LIMIT:
            expected = f"at most {BODY_LIMIT:,} bytes"
            return Refusal(413, "the body is too large", field="body", expected=expected)
        return None


def as_wsgi_takes(scope: Scope) -> Scope:
    """The scope with its query in ASCII and its headers once each.

    HTTP/2 may split the cookies over several headers, which WSGI would join with commas. A
    header with an underscore could pass for another one, so it is left out.
    """
    cookies = [value for name, value in scope["headers"] if name == b"cookie"]
    headers = [
        (name, value) for name, value in scope["headers"] if name != b"cookie" and b"_" not in name
    ]
    if cookies:
        headers.append((b"cookie", b"; ".join(cookies)))
    query = quote(scope.get("query_string", b""), safe="%/:?#[]@!$&'()*+,;=-._~").encode()
    return {**scope, "headers": headers, "query_string": query}


async def _refuse(refusal: Refusal, send: Send) -> None:
    response = refusal.response()
    headers = [("content-type", response.content_type), *STRICT, *response.headers]
    start = {
        "type": "http.response.start",
        "status": response.status,
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    await send(start)
    await send({"type": "http.response.body", "body": response.body})


class Dispatcher:
    """The ASGI application of the whole house."""

    def __init__(self, edge: Edge, console: Console) -> None:
        self._edge = edge
        self._console = console

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._edge.owns(scope["path"]):
            await self._edge(scope, receive, send)
        else:
            await self._console(scope, receive, send)


def make_console() -> Dispatcher:
    """The console alone, with the addresses that tell whether it is alive."""
    return _dispatcher(Edge(Place.from_environment()))


def make_edge() -> Edge:
    """The edge alone, without Django."""
    lifeline.hold()
    return edge()


def make_all() -> Dispatcher:
    """Edge and console on one port."""
    return _dispatcher(edge())


def _dispatcher(first: Edge) -> Dispatcher:
    from adhere.main.wsgi import application

    lifeline.hold()
    return Dispatcher(first, Console(application))

"""The ASGI application of the edge: limits, routes, and an answer in words to everything."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Iterable
from functools import lru_cache

from adhere.core.areas import area_modules
from adhere.edge.deadlines import Within
from adhere.edge.http import Refusal, Request, Response, Route
from adhere.edge.log import log_routes
from adhere.edge.metrics import Metrics, metrics_route
from adhere.edge.place import Place
from adhere.edge.reading import Gone, Message, Receive, Scope, Send, body_of, head_of
from adhere.edge.ready import health_routes
from adhere.edge.routing import Router
from adhere.errors import Problem

PREFIX = "/e/"
LEDGER = "ledger"
OWN = frozenset({"/healthz", "/readyz", "/metrics"})
ANSWER_SECONDS = 30.0
MOST_OPEN = int(os.environ.get("ADHERE_EDGE_OPEN", "512"))
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
STRICT = (
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "cross-origin"),
)
_HTTPS_ONLY = ("strict-transport-security", "max-age=31536000")
logger = logging.getLogger(__name__)


class Edge:
    """All routes of strangers and machines, behind one gate."""

    def __init__(self, place: Place, routes: Iterable[Route] = (), most: int = MOST_OPEN) -> None:
        self._metrics = Metrics()
        self._most = most
        strict = (*STRICT, _HTTPS_ONLY) if place.secure else STRICT
        self._headers = [_encoded(field) for field in strict]
        self._router = Router(
            [
                *health_routes(place),
                metrics_route(self._metrics, place.data / LEDGER),
                *routes,
            ]
        )

    @staticmethod
    def owns(path: str) -> bool:
        """Whether a path is the edge's to answer."""
        return path.startswith(PREFIX) or path in OWN or path == PREFIX.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        self._metrics.open += 1
        label = "none"
        try:
            route, response = await self._answer(scope, receive)
            label = route.path if route else label
        except Gone:
            return
        finally:
            self._metrics.open -= 1
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.count(label, method, response.status, time.perf_counter() - began)
        await self._send(send, response, with_body=scope["method"] != "HEAD")

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[Route | None, Response]:
        route: Route | None = None
        try:
            if self._metrics.open > self._most and scope["path"] not in OWN:
                raise Refusal(503, "too many requests at once", retry_after=1)
            headers = head_of(scope)
            route, named = self._router.find(scope["method"], scope["path"])
            body = await body_of(headers, receive, route.body_limit)
            client = (scope.get("client") or ("", 0))[0]
            query = scope.get("query_string", b"").decode("latin-1")
            request = Request(scope["method"], scope["path"], query, headers, body, client, named)
            with Within(ANSWER_SECONDS):
                return route, await route.handler(request)
        except Refusal as refusal:
            return route, refusal.response()
        except Problem as problem:
            return route, _refuse(problem).response()
        except TimeoutError:
            return route, Refusal(503, "it took too long", retry_after=5).response()
        except Gone:
            raise
        except Exception:
            logger.exception("%s %s failed", scope["method"], scope["path"])
            return route, Refusal(500, "this failed here; it is in the server's log").response()

    async def _send(self, send: Send, response: Response, *, with_body: bool) -> None:
        start: Message = {
            "type": "http.response.start",
            "status": response.status,
            "headers": [
                (b"content-type", response.content_type.encode()),
                (b"content-length", b"%d" % len(response.body)),
                *self._headers,
                *map(_encoded, response.headers),
            ],
        }
        await send(start)
        await send({"type": "http.response.body", "body": response.body if with_body else b""})


@lru_cache(maxsize=1_024)
def _encoded(field: tuple[str, str]) -> tuple[bytes, bytes]:
    name, value = field
    return name.encode(), value.encode("latin-1")


def _refuse(problem: Problem) -> Refusal:
    return Refusal(422, problem.message, field=problem.field or "", expected=problem.expected or "")


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def make_edge() -> Edge:
    """The edge of this installation, with every area's public routes."""
    _collect_seldom()
    found = [route for module in area_modules("edge") for route in module.routes]
    place = Place.from_environment()
    return Edge(place, [*log_routes(place.data / LEDGER), *found])


def _collect_seldom() -> None:
    """What was imported stays; a request leaves next to no cycles behind."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)

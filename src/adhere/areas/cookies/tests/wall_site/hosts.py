"""Servers on loopback: the third parties that count who calls, the edge, and the shop."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from adhere.areas.cookies.tests.wall_site.shop import PNG

STATS, MARKETING = "s.stats.example", "t.tracker.example"
BODIES = {
    "js": ("text/javascript", b"0;"), "css": ("text/css", b"p{}"), "png": ("image/png", PNG),
    "html": ("text/html", b"<p>hello"), "json": ("application/json", b"{}"),
    "events": ("text/event-stream", b"data: 1\n\n"), "vtt": ("text/vtt", b"WEBVTT\n"),
}  # fmt: skip


class Third(ThreadingHTTPServer):
    """Answers everything, allows everybody, and counts each tracker by its name."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    server: Third

    def do_GET(self) -> None:
        name, _, ending = self.path.partition("?")[0].rpartition("/")[2].partition(".")
        self.server.hits[name] += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind, body = BODIES.get(ending, ("application/octet-stream", b""))
        self.send_response(200)
        for key, value in (
            ("Content-Type", kind), ("Content-Length", str(len(body))),
            ("Access-Control-Allow-Origin", self.headers.get("Origin", "*")),
            ("Access-Control-Allow-Credentials", "true"), ("Cache-Control", "no-store"),
        ):  # fmt: skip
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        pass


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 256


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def third_party() -> Iterator[Third]:
    with running(Third()) as server:
        yield server


@contextmanager
def serving(application: Callable[..., Any]) -> Iterator[int]:
    """The port of a WSGI application on loopback."""
    server = make_server("127.0.0.1", 0, application, _Threads, _Silent)
    with running(server):
        yield server.server_port


@contextmanager
def running(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()

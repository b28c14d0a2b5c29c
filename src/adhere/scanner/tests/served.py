"""Websites of several hosts, served from one port on loopback, with and without TLS.

    with served({"shop.example/": html("<script src=//stats.example/t.js></script>"),
                 "stats.example/t.js": script("document.cookie = 'id=1'")}) as site:
        seen = scan("https://shop.example/", site.options())

A path is looked up with its query first, then without; `*.example/x` and `shop.example/*` stand for
what nothing else answers. `/favicon.ico` is always there, so that a page asks nothing unplanned.
"""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from adhere.scanner.options import Options, Resolution

WEBSOCKET = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass(frozen=True)
class Asked:
    """A request as the server got it; header names are in lower case."""

    host: str
    path: str
    query: str
    method: str
    headers: Mapping[str, str]
    body: bytes = b""
    secure: bool = False


@dataclass(frozen=True)
class Answer:
    """``delay`` is in seconds before the answer; ``size`` sends that many zero bytes instead."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0
    size: int = 0


Handler = Answer | Callable[[Asked], Answer]


def html(body: str, *headers: tuple[str, str], status: int = 200, head: str = "") -> Answer:
    """A page; each header may repeat, as `Set-Cookie` does."""
    text = f"<!doctype html><html lang=en><head><title>Site</title>{head}</head><body>{body}"
    return Answer(text.encode(), status=status, headers=headers)


def script(text: str, *headers: tuple[str, str]) -> Answer:
    open_to_all = ("Access-Control-Allow-Origin", "*")
    return Answer(text.encode(), "text/javascript; charset=utf-8", headers=(open_to_all, *headers))


def set_cookie(line: str) -> tuple[str, str]:
    return ("Set-Cookie", line)


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=(("Location", to),))


def hanging(seconds: float = 60) -> Answer:
    """An answer that does not come while a page is looked at."""
    return Answer(delay=seconds)


@dataclass
class Site:
    """What is served; ``asked`` are the requests so far."""

    port: int
    answers: dict[str, Handler]
    asked: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def options(self, **more: Any) -> Options:
        """Every host leads here, whatever its certificate."""
        every = (Resolution("*", "127.0.0.1", self.port),)
        return Options(**{"resolve": every, "insecure": True, "robots": False} | more)

    def answer(self, asked: Asked) -> Answer:
        suffix = "*." + asked.host.partition(".")[2]
        for host in (asked.host, suffix):
            paths = ([f"{asked.path}?{asked.query}"] if asked.query else []) + [asked.path, "/*"]
            for path in paths:
                if (found := self.answers.get(host + path)) is not None:
                    return found(asked) if callable(found) else found
        if asked.path == "/favicon.ico":
            return Answer(b"", "image/x-icon")
        return html("Not here", status=404)


@contextmanager
def served(answers: Mapping[str, Handler]) -> Iterator[Site]:
    """The hosts and paths, for as long as the block lasts."""
    site = Site(0, dict(answers))
    handler = type("Handler", (_Handler,), {"site": site})
    with _Server(("127.0.0.1", 0), handler) as server:
        site.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield site
        finally:
            site.stopped.set()
            server.shutdown()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def finish_request(self, request: Any, client_address: Any) -> None:
        with suppress(OSError):
            first = request.recv(1, socket.MSG_PEEK)
            if first == b"\x16":
                request = tls().wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is nothing to print."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: Site

    def _any(self) -> None:
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        host = (self.headers.get("Host") or "").partition(":")[0]
        secure = isinstance(self.connection, ssl.SSLSocket)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(host, path, query, self.command, headers, body, secure)
        self.site.asked.append(asked)
        if "websocket" in headers.get("upgrade", ""):
            self._upgrade(headers["sec-websocket-key"])
        else:
            self._send(self.site.answer(asked))

    do_GET = do_POST = do_HEAD = do_PUT = do_OPTIONS = _any  # noqa: N815

    def _send(self, answer: Answer) -> None:
        if self.site.stopped.wait(answer.delay):
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if not any(name == "Content-Type" for name, _ in answer.headers):
            self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(answer.size or len(answer.body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        left = answer.size
        while left > 0 and not self.site.stopped.is_set():
            self.wfile.write(bytes(min(left, 1 << 20)))
            left -= 1 << 20
        self.wfile.write(answer.body)

    def _upgrade(self, key: str) -> None:
        accept = base64.b64encode(hashlib.sha1(key.encode() + WEBSOCKET).digest()).decode()
        self.send_response(101)
        for name, value in (
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.site.stopped.wait(0.5)
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing to say."""


@cache
def tls() -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "served.example")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(int(time.time()))
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    unlocked = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "both.pem"
        file.write_bytes(certificate.public_bytes(pem) + key.private_bytes(pem, *unlocked))
        context.load_cert_chain(file)
    return context

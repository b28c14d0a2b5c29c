"""A website and an edge of this machine: Chloé's shop, and the server that keeps its consents."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from adhere.areas.cookies.words import FOLDER

BANNER = Path(__file__).parents[5] / "banner"
STRICT = (
    "default-src 'self'; script-src 'self' {edge}; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {edge}; frame-src *; object-src 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Chloé's shop</title>
<link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,">
<script src="/violations.js"></script>
{head}{banner}</head>
<body><main><h1>Chloé's shop</h1><p>Bread, cheese and <a href="/other">more</a>.</p>{body}
{filler}</main></body></html>"""
FILLER = "<p>Every morning at seven the first loaves leave the oven.</p>" * 12
STYLE = "body{font:1rem/1.6 sans-serif;margin:0}main{max-width:50rem;margin:auto;padding:1rem}"
VIOLATIONS = (
    "window.violations=[];document.addEventListener('securitypolicyviolation',"
    "e=>violations.push(e.violatedDirective+' '+e.blockedURI));window.shift=0;"
    "new PerformanceObserver(l=>l.getEntries().forEach(e=>e.hadRecentInput||(shift+=e.value)))"
    ".observe({type:'layout-shift',buffered:true})"
)


@cache
def configured(language: str = "en") -> dict[str, Any]:
    """The realistic configuration that the size is measured with."""
    said = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    given = json.loads((BANNER / "scripts" / "sample.json").read_text(encoding="utf-8"))
    hashes, signals = given.pop("hashes"), given.pop("signals")
    purposes = [
        [slug, words["title"], words["text"], int(slug == "necessary"), hashes[slug]]
        + ([signals[slug]] if signals[slug] else [])
        for slug, words in said["purposes"].items()
    ]
    others = [tag for tag in ("en", "nl", "fr") if tag != language]
    return {"l": language, "ls": others, "p": purposes, "w": list(said["words"].values()), **given}


@dataclass
class Shop:
    """What the two servers are told, and what they saw."""

    port: int = 0
    more: dict[str, Any] = field(default_factory=dict)
    """Other values for the configuration."""
    page: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """More files of the website."""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 201
    delay: float = 0
    missing: bool = False
    cached: bool = False
    answers: list[dict[str, Any]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://www.shop.localhost:{self.port}"

    @property
    def edge(self) -> str:
        return f"http://edge.localhost:{self.port}"

    def strictly(self) -> None:
        """A policy without anything unsafe, and trusted types."""
        self.headers["Content-Security-Policy"] = STRICT.format(edge=self.edge)

    def script(self, language: str) -> str:
        given = configured(language if language in ("en", "nl", "fr") else "en")
        own = {"o": self.edge, "d": ".shop.localhost", **self.more}
        code = (BANNER / "dist" / "banner.js").read_text(encoding="utf-8")
        return f"{code}\n({json.dumps({**given, **own}, ensure_ascii=False)})"

    def html(self) -> str:
        banner = f'<script src="{self.edge}/e/demo/banner.js"{self.page.get("wall", "")}></script>'
        given = {"lang": "en", "head": "", "banner": banner, "body": "", "filler": FILLER}
        return PAGE.format(**{**given, **self.page})


class Handler(BaseHTTPRequestHandler):
    shop: Shop
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        host = (self.headers["Host"] or "").split(":")[0]
        self.shop.requests.append(f"{host}{self.path}")
        if host == "edge.localhost":
            language = parse_qs(address.query).get("l", ["en"])[0]
            name = address.path.rsplit("/", 1)[-1]
            if self.shop.missing:
                return self.say(503, "text/plain", "gone")
            built = BANNER / "dist" / name
            if not built.is_file():
                return self.say(404, "application/json", "{}")
            text = self.shop.script(language) if name == "banner.js" else built.read_text()
            return self.say(200, "text/javascript", text)
        if address.path.endswith(".json"):
            return self.say(200, "application/json", self.shop.files[address.path])
        if address.path.endswith(".js"):
            known = {"/violations.js": VIOLATIONS, **self.shop.files}
            mark = f"(window.ran=window.ran||[]).push({json.dumps(address.path)})"
            return self.say(200, "text/javascript", known.get(address.path, mark))
        if address.path.endswith(".css"):
            return self.say(200, "text/css", self.shop.files.get(address.path, STYLE))
        if address.path.endswith(".gif"):
            return self.say(200, "image/gif", "GIF89a")
        if address.path == "/embed":
            return self.say(200, "text/html", "<title>film</title>film")
        return self.say(200, "text/html; charset=utf-8", self.shop.html(), self.shop.headers)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.shop.delay)
        if self.shop.status == 201 and body["key"] not in [a["key"] for a in self.shop.answers]:
            self.shop.answers.append(body)
        self.say(self.shop.status, "application/ld+json", json.dumps({"id": body["key"]}))

    def say(self, status: int, kind: str, text: str, more: dict[str, str] | None = None) -> None:
        data = text.encode()
        self.send_response(status)
        headers = {"Content-Type": kind, "Access-Control-Allow-Origin": "*", **(more or {})}
        if kind == "text/javascript" and self.shop.cached:
            headers["Cache-Control"] = "public, max-age=300"
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def opened() -> Iterator[Shop]:
    """A shop with its edge, on a port of its own."""
    shop = Shop()
    handler = type("OwnHandler", (Handler,), {"shop": shop})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    shop.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()

"""A small shop's website as a WSGI application, full of trackers that nobody marked.

Everything essential of it writes its name into ``window.works``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
TYPES = {
    "html": "text/html; charset=utf-8", "js": "text/javascript", "css": "text/css",
    "png": "image/png", "json": "application/json", "svg": "image/svg+xml", "mp4": "video/mp4",
}  # fmt: skip
PAGE = """<!doctype html><html lang="en"><head>{head}<meta charset="utf-8"><title>Shop</title>
<script>window.works = {{ inline: true }};</script>
<script src="{edge}/e/shop/banner.js"></script>
<link rel="stylesheet" href="/own.css"><script src="/own.js"></script></head>
<body><h1>Welcome</h1><img src="/own.png" alt="" onload="works.image = true">
<iframe src="/blank.html" onload="works.frame = true"></iframe>
<form action="/order" method="post" target="sent"><button id="order">Order</button></form>
<iframe name="sent" id="sent"></iframe>
{body}</body></html>"""
OWN = """works.script = true; fetch("/own.json").then(() => { works.fetch = true; });
fetch(EDGE + "/e/shop/consents", { method: "POST", body: "{}" }).then(() => { works.edge = true; });
eval("works.eval = true");
const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"])));
worker.onmessage = () => { works.worker = true; };
addEventListener("load", () => {
  works.style = getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)";
});"""


def shop(
    pieces: dict[str, str], edge: str, head: str = "", files: dict[str, bytes] | None = None
) -> Callable[..., Iterable[bytes]]:
    """The website; ``head`` goes first into every page, ``files`` are further ones by path."""
    answers = {
        "/": PAGE.format(head=head, edge=edge, body="\n".join(pieces.values())),
        "/blank.html": f"<!doctype html><head>{head}</head><p>nothing",
        "/order": f"<!doctype html><head>{head}</head><p id=done>Ordered",
        "/own.js": f'const EDGE = "{edge}";{OWN}',
        "/own.css": "h1 { color: rgb(1, 2, 3); }",
        "/own.json": "{}",
        "/error": f"<!doctype html><head>{head}</head><p>Sorry{pieces.get('img', '')}",
        "/frame.html": f'<!doctype html><head>{head}</head><img src="$u">',
        "/import.css": '@import "$u";',
        "/first-party.js": 'new Image().src = "$u";',
        "/drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="$u" width="9" '
        'height="9"/></svg>',
        "/worker.js": "const q = new URL(location).searchParams;"
        'if (q.get("import")) importScripts(q.get("import")); else fetch(q.get("fetch"));',
    }
    more = {"/own.png": PNG, "/own.mp4": b"", **(files or {})}

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        path, asked = environ["PATH_INFO"], parse_qs(environ.get("QUERY_STRING", ""))
        if path == "/go":
            start_response("302 Found", [("Location", asked["to"][0])])
            return [b""]
        if path == "/cookies":
            body = environ.get("HTTP_COOKIE", "").encode()
            lines = [("Set-Cookie", "_ga=1; Path=/"), ("Set-Cookie", "session=2; Path=/")]
            start_response("200 OK", [("Content-Type", "text/html"), *lines])
            return [body]
        content = more.get(path)
        if content is None and path in answers:
            content = answers[path].replace("$u", asked.get("u", [""])[0]).encode()
        kind = TYPES.get(path.rpartition(".")[2], TYPES["html"])
        status = "200 OK" if content is not None else "404 Not Found"
        status = "500 Internal Server Error" if path == "/error" else status
        start_response(status, [("Content-Type", kind), ("ETag", '"1"')])
        return [content or b""]

    return application

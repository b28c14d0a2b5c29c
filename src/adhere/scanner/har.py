"""The requests of a scan as HAR 1.2, one page for each page and state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import adhere
from adhere.scanner.hiding import HIDDEN, without
from adhere.scanner.recording import Recorder
from adhere.scanner.traffic import Hop

_SECRET = ("authorization", "proxy-authorization", "cookie", "set-cookie")


def archive(recorders: Iterable[Recorder], secrets: Iterable[str]) -> dict[str, object]:
    """The archive. Bodies of answers are not in it; cookies' values and ``secrets`` are hidden."""
    hidden = [each for each in secrets if each]
    pages, entries = [], []
    for number, recorder in enumerate(recorders, 1):
        hops = recorder.hops()
        if not hops:
            continue
        name = f"page_{number}"
        pages.append(
            {
                "startedDateTime": _time(hops[0].wall),
                "id": name,
                "title": f"{recorder.state}: {recorder.url}",
                "pageTimings": {"onContentLoad": -1, "onLoad": -1},
            }
        )
        entries += [_entry(name, hop, hidden) for hop in hops]
    creator = {"name": "Adhere", "version": adhere.__version__}
    return {"log": {"version": "1.2", "creator": creator, "pages": pages, "entries": entries}}


def _entry(page: str, hop: Hop, hidden: list[str]) -> dict[str, Any]:
    took = round(max(hop.ended - hop.clock, 0) * 1000, 3) if hop.ended and hop.clock else 0
    url = without(hop.url, hidden)
    request: dict[str, Any] = {
        "method": hop.method,
        "url": url,
        "httpVersion": hop.protocol or "HTTP/1.1",
        "cookies": [{"name": name, "value": HIDDEN} for name in hop.cookies],
        "headers": _headers(hop.headers, hidden),
        "queryString": [
            {"name": name, "value": value}
            for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)
        ],
        "headersSize": -1,
        "bodySize": len(hop.body.encode()),
    }
    if hop.body:
        kind = next((v for k, v in hop.headers.items() if k.lower() == "content-type"), "")
        request["postData"] = {"mimeType": kind, "text": without(hop.body, hidden), "params": []}
    return {
        "pageref": page,
        "startedDateTime": _time(hop.wall),
        "time": took,
        "request": request,
        "response": {
            "status": hop.status,
            "statusText": hop.text,
            "httpVersion": hop.protocol or "HTTP/1.1",
            "cookies": [
                {"name": line.partition("=")[0].strip(), "value": HIDDEN}
                for line in hop.set_cookies
            ],
            "headers": _headers(hop.answered, hidden),
            "content": {"size": hop.size, "mimeType": hop.mime},
            "redirectURL": hop.answered.get("location", "") if 300 <= hop.status < 400 else "",
            "headersSize": -1,
            "bodySize": hop.size,
            "_error": hop.failed,
        },
        "cache": {},
        "timings": {"send": 0, "wait": took, "receive": 0},
        "serverIPAddress": hop.address.strip("[]"),
    }


def _headers(given: dict[str, str], hidden: list[str]) -> list[dict[str, str]]:
    return [
        {"name": name, "value": HIDDEN if name.lower() in _SECRET else without(value, hidden)}
        for name, value in given.items()
    ]


def _time(wall: float) -> str:
    return datetime.fromtimestamp(wall, UTC).isoformat(timespec="milliseconds")

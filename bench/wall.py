"""The wall: how many of the fixture's unmarked trackers are contacted, and what it costs.

Counted in a real Chromium against the same page without a wall. The cost of the middleware is the
median of added time for one request, beside the same application without it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from adhere.areas.cookies.tests.wall_site import fronts
from adhere.areas.cookies.tests.wall_site.hosts import serving
from adhere.areas.cookies.tests.wall_site.shop import shop
from adhere.areas.cookies.tests.wall_site.world import (
    GIVEN,
    NOTICE,
    REFUSED,
    Around,
    answer,
    around,
    chromium,
    visit,
)
from adhere.areas.cookies.wall.data import wall_data
from adhere.areas.cookies.wall.wsgi import WSGIWall

Row = dict[str, Any]
TRACKERS = 60
MILLISECONDS = 0.2
PYTHON, SERVERS, STATIC = (
    ("wsgi", "asgi", "django"),
    ("nginx", "apache2", "caddy"),
    ("meta", "headers"),
)


def rows() -> list[Row]:
    """Trackers contacted in each state behind each wall, then milliseconds of a request."""
    found: list[Row] = []
    with sync_playwright() as playwright, around() as near:
        with chromium(playwright) as browser:
            with serving(shop(near.pieces, near.edge_origin)) as port:
                count = len(visit(browser, near, port)[0])
            ratio = round(count / TRACKERS, 2)
            found.append(row("unmarked trackers contacted without a wall", count, TRACKERS, ratio))
            for kind in (*PYTHON, *SERVERS, *STATIC):
                found += contacted(kind, browser, near, count)
        return [*found, *cost(near)]


def contacted(kind: str, browser: Any, near: Around, count: int) -> list[Row]:
    """Before consent, after refusal, after acceptance."""
    if kind in SERVERS and not fronts.binary(kind):
        return []
    with tempfile.TemporaryDirectory() as folder:
        made = fronts.python if kind in PYTHON else fronts.proxied
        standing = fronts.unserved(kind, near) if kind in STATIC else made(kind, near, Path(folder))
        with standing as port:
            before = len(visit(browser, near, port)[0])
            refused = len(visit(browser, near, port, answer(REFUSED))[0])
            accepted = len(visit(browser, near, port, answer(GIVEN))[0])
    return [
        row(f"{kind}: contacted before consent, of {count}", before, 0, float(before == 0)),
        row(f"{kind}: contacted after refusal, of {count}", refused, 0, float(refused == 0)),
        row(f"{kind}: contacted after acceptance, of {count}", accepted, None, None),
    ]


def cost(near: Around) -> list[Row]:
    """Added milliseconds for one request with a consent cookie and four others."""
    data = wall_data(near.content(), near.edge_origin, ["https://www.example.com"], [NOTICE])

    def page(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [b""]

    found = []
    for name, value in (("refused", answer(REFUSED)), ("accepted", answer(GIVEN))):
        header = f"session=1; _ga=2; _fbp=3; cart=4; adhere_consent={value}"
        added = spent(WSGIWall(page, data), header) - spent(page, header)
        ratio = round(MILLISECONDS / added, 2)
        each = row(
            f"middleware, added for one request, {name}", round(added, 4), MILLISECONDS, ratio
        )
        found.append({**each, "unit": "ms"})
    return found


def spent(application: Callable[..., Any], header: str, times: int = 2_000) -> float:
    """Median milliseconds of one request."""
    taken = []
    for _ in range(times):
        environ = {"HTTP_COOKIE": header, "HTTP_HOST": "www.example.com"}
        start = time.perf_counter()
        application(environ, lambda *_: None)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1_000


def row(name: str, value: float, limit: float | None, ratio: float | None) -> Row:
    """A count; the ratio of a limit of nought is 1 where it holds, else 0."""
    return {"name": name, "value": value, "unit": "trackers", "limit": limit, "ratio": ratio,
            "peer": None}  # fmt: skip


if __name__ == "__main__":
    for one in rows():
        sys.stdout.write(f"{one}\n")

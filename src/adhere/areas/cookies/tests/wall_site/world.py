"""The shop, its third parties and its visitor's browser together, and what reached whom."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from adhere.areas.cookies.tests.wall_site.hosts import MARKETING, STATS, Third, third_party
from adhere.areas.cookies.tests.wall_site.trackers import markup
from adhere.areas.cookies.wall.data import wall_data

NOTICE = "ab" * 32
SUBJECT = "0123456789abcdef" * 2
SHOP, EDGE = "www.shop.localhost", "edge.shop.localhost"
HASHES = {"necessary": "000000", "analytics": "aaaaaa", "marketing": "bbbbbb"}
ESSENTIAL = {"inline", "script", "fetch", "edge", "eval", "worker", "image", "frame", "style"}


@dataclass(frozen=True)
class Around:
    """The third parties (one server under two names) and the edge."""

    third: Third
    edge: Third

    @property
    def pieces(self) -> dict[str, str]:
        port = self.third.port
        return markup(f"{STATS}:{port}", f"{MARKETING}:{port}")

    @property
    def edge_origin(self) -> str:
        return f"http://{EDGE}:{self.edge.port}"

    def content(self) -> dict[str, Any]:
        """A notice's content, as far as the wall reads it."""
        port = self.third.port
        rows = (
            ("_ga", "analytics", "Stats", f"{STATS}:{port}"),
            ("_ga_*", "analytics", "Stats", f"{STATS}:{port}"),
            ("_fbp", "marketing", "Tracker Inc.", f"{MARKETING}:{port}"),
        )
        trackers = [
            {"name": name, "kind": "cookie", "domain": host, "party": "third", "vendor": vendor,
             "purpose": slug, "strictly_necessary": False}
            for name, slug, vendor, host in rows
        ]  # fmt: skip
        purposes = [
            {"slug": slug, "necessary": slug == "necessary", "hash": hash6}
            for slug, hash6 in HASHES.items()
        ]
        return {"site": "shop", "settings": {}, "purposes": purposes, "vendors": [],
                "trackers": trackers}  # fmt: skip

    def data(self, port: int) -> dict[str, Any]:
        """The wall's data for a shop on this port."""
        origin = f"http://{SHOP}:{port}"
        return wall_data(self.content(), self.edge_origin, [origin], [NOTICE])


@contextmanager
def around() -> Iterator[Around]:
    with third_party() as third, third_party() as edge:
        yield Around(third, edge)


def answer(given: Mapping[str, bool], at: float | None = None, notice: str = NOTICE) -> str:
    """The consent cookie's value."""
    moment = int(time.time() if at is None else at)
    said = {"necessary": True, "analytics": False, "marketing": False, **given}
    parts = [
        f"{key}.{int(yes)}.{HASHES.get(key.partition(':')[0], 'cccccc')}"
        for key, yes in said.items()
    ]
    return "!".join(["1", str(moment), notice[:12], *parts, f"s.{SUBJECT}"])


REFUSED: dict[str, bool] = {}
GIVEN = {"analytics": True, "marketing": True}


@contextmanager
def chromium(browser: Any) -> Iterator[Any]:
    """A browser in which the third parties' names lead to loopback. Takes Playwright or one of
    its browsers."""
    rules = f"MAP {STATS} 127.0.0.1, MAP {MARKETING} 127.0.0.1, MAP *.shop.localhost 127.0.0.1"
    # Plain http to an https-less loopback: what a visitor's browser would do with real names.
    off = "HttpsUpgrades,LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests"
    kind = getattr(browser, "browser_type", None) or browser.chromium
    launched = kind.launch(
        executable_path=program(),
        args=["--no-sandbox", "--disable-dev-shm-usage", f"--host-resolver-rules={rules}",
              f"--disable-features={off}"],
    )  # fmt: skip
    yield launched
    launched.close()


def program() -> str:
    """The system's Chromium."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), "chromium")


def visit(
    chromium: Any, around: Around, port: int, consent: str = "", path: str = "/",
    prepare: Callable[[Any], None] = lambda page: None,
    expected: Collection[str] = (),
) -> tuple[set[str], dict[str, Any]]:  # fmt: skip
    """Opens the shop, orders something, leaves: the trackers reached, and what worked."""
    url = f"http://{SHOP}:{port}"
    around.third.hits.clear()
    context = chromium.new_context()
    if consent:
        context.add_cookies([{"name": "adhere_consent", "value": consent, "url": url}])
    page = context.new_page()
    prepare(page)
    page.goto(url + path, wait_until="load")
    still(around, expected)
    works = page.evaluate("window.works || {}")
    if page.query_selector("#order"):
        page.click("#order")
        page.frame_locator("#sent").locator("#done").wait_for()
        works["order"] = True
    page.goto(url + "/blank.html")
    time.sleep(0.3)
    context.close()
    return set(around.third.hits), works


def still(
    around: Around, expected: Collection[str] = (), quiet: float = 0.7, longest: float = 10
) -> None:
    """Waits until all of these were called on, and nobody any more for a while.

    The latest tracker of the page waits 0.3 s; the one that waits for leaving is not waited for.
    """
    missing = set(expected) - {"beacon-leaving"}
    began = since = time.monotonic()
    count = -1
    while time.monotonic() - began < longest:
        now = sum(around.third.hits.values()) + sum(around.edge.hits.values())
        count, since = (now, time.monotonic()) if now != count else (count, since)
        if time.monotonic() - since >= quiet and missing <= set(around.third.hits):
            return
        time.sleep(0.05)

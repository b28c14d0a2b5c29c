"""Everything that a page writes, sends and probes is seen, with its lifetime and its script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adhere.scanner.observations import Observations, Script
from adhere.scanner.scanning import scan
from adhere.scanner.tests.served import Site, html, redirect, script, served, set_cookie

DAY = 86_400
OWN = """document.cookie = 'two_years=a; max-age=63072000; path=/';
localStorage.setItem('called', '1');
localStorage.assigned = '2';
sessionStorage.setItem('session', '3');
indexedDB.open('database');
caches.open('cache');
navigator.serviceWorker.register('/worker.js');
cookieStore.set({name: 'modern', value: '4', expires: Date.now() + 86400000});
navigator.sendBeacon('https://beacon.example/b', 'uid=12345678');
new WebSocket('wss://socket.example/s');
new Worker('/dedicated.js');
document.createElement('canvas').toDataURL();
setTimeout(() => { document.cookie = 'late=1; max-age=100'; }, 8000);
document.cookie = 'foreign=1; domain=other.example';
document.cookie = 'gone=1; max-age=0';
"""
WORLD = {
    "shop.example/": html(
        "<script src=/own.js></script><script src=https://t.stats.example/tag.js></script>"
        "<iframe src=https://frame.example/></iframe>",
        set_cookie("sid=s; HttpOnly; Secure; SameSite=Lax"),
        set_cookie(f"years=1; Max-Age={730 * DAY}; Expires=Wed, 09 Jun 2027 10:18:14 GMT"),
        set_cookie("bad=1; Domain=other.example"),
    ),
    "shop.example/own.js": script(OWN),
    "shop.example/worker.js": script(""),
    "shop.example/dedicated.js": script("fetch('https://worker.example/from')"),
    "t.stats.example/tag.js": script(
        "new Image().src = 'https://a.sync.example/?uid=abc'",
        set_cookie("third=t; SameSite=None; Secure; Max-Age=86400"),
    ),
    "a.sync.example/?uid=abc": redirect("https://b.sync.example/?uid=abc"),
    "frame.example/": html(
        "<script>localStorage.setItem('framed', '5')</script>",
        set_cookie("chips=1; SameSite=None; Secure; Partitioned; Max-Age=100"),
    ),
    "*.example/*": script(""),
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served(WORLD) as site:
        yield site


@pytest.fixture(scope="module")
def saw(site: Site) -> Observations:
    return scan("https://shop.example/", site.options(states=("before",), har=True))


def written(saw: Observations) -> dict[tuple[str, str], tuple[str, int | None, bool, int]]:
    return {
        (one.kind, one.name): (one.how, one.lifetime, one.third_party, _line(one.set_by))
        for one in saw.stored
        if one.how != "found"
    }


def _line(by: Script | None) -> int:
    return by.line if by and by.url.endswith("own.js") else 0


def test_every_kind_of_storage_is_seen_with_its_written_lifetime_and_line(
    saw: Observations,
) -> None:
    assert written(saw) == {
        ("cookie", "sid"): ("header", None, False, 0),
        ("cookie", "years"): ("header", 730 * DAY, False, 0),
        ("cookie", "third"): ("header", DAY, True, 0),
        ("cookie", "chips"): ("header", 100, True, 0),
        ("cookie", "two_years"): ("script", 730 * DAY, False, 1),
        ("local-storage", "called"): ("script", None, False, 2),
        ("local-storage", "assigned"): ("script", None, False, 3),
        ("session-storage", "session"): ("script", None, False, 4),
        ("indexed-db", "database"): ("script", None, False, 5),
        ("cache", "cache"): ("script", None, False, 6),
        ("service-worker", "https://shop.example/worker.js"): ("script", None, False, 7),
        ("cookie", "modern"): ("script", DAY, False, 8),
        ("local-storage", "framed"): ("script", None, True, 0),
        ("cookie", "late"): ("script", 100, False, 13),
        ("cookie", "gone"): ("script", 0, False, 15),
    }


def test_what_a_delayed_tracker_does_is_seen_on_the_pages_own_clock(saw: Observations) -> None:
    (late,) = [one for one in saw.stored if one.name == "late" and one.how == "script"]
    assert 8 <= late.at < 9.5
    assert saw.pages[0].ms < 30_000


def test_what_is_there_at_the_end_is_found_whoever_wrote_it(saw: Observations) -> None:
    found = {(one.kind, one.name, one.domain) for one in saw.stored if one.how == "found"}
    assert found == {
        *(("cookie", name, "shop.example") for name in ("sid", "years", "two_years", "modern")),
        ("cookie", "late", "shop.example"),
        ("cookie", "third", "t.stats.example"),
        ("cookie", "chips", "frame.example"),
        ("local-storage", "called", "shop.example"),
        ("local-storage", "assigned", "shop.example"),
        ("local-storage", "framed", "frame.example"),
        ("session-storage", "session", "shop.example"),
        ("indexed-db", "database", "shop.example"),
        ("cache", "cache", "shop.example"),
        ("service-worker", "https://shop.example/worker.js", "shop.example"),
    }


def test_a_lifetime_is_the_written_one_even_where_the_browser_cut_it(saw: Observations) -> None:
    (years,) = [one for one in saw.stored if one.name == "years" and one.how == "found"]
    assert years.lifetime == 730 * DAY


def test_a_cookie_keeps_its_raw_line_and_attributes(saw: Observations) -> None:
    sid = next(one for one in saw.stored if one.name == "sid")
    assert sid.raw == "sid=s; HttpOnly; Secure; SameSite=Lax"
    assert (sid.http_only, sid.secure, sid.same_site) == (True, True, "Lax")
    chips = next(one for one in saw.stored if one.name == "chips")
    assert (chips.partitioned, chips.third_party) == (True, True)


def test_writes_that_the_browser_refuses_are_kept_apart(saw: Observations) -> None:
    assert {one.name: bool(one.blocked) for one in saw.blocked} == {"bad": True, "foreign": True}


def test_requests_of_every_kind_are_seen(saw: Observations) -> None:
    third = {(one.host, one.kind) for one in saw.requests if one.third_party}
    assert third == {
        ("t.stats.example", "script"),
        ("a.sync.example", "image"),
        ("b.sync.example", "image"),
        ("frame.example", "document"),
        ("beacon.example", "beacon"),
        ("socket.example", "websocket"),
        ("worker.example", "fetch"),
    }
    dedicated = next(one for one in saw.requests if one.url.endswith("dedicated.js"))
    assert dedicated.kind == "worker"


def test_a_request_says_what_it_carries_where_it_came_from_and_who_sent_it(
    saw: Observations,
) -> None:
    beacon = next(one for one in saw.requests if one.kind == "beacon")
    assert (beacon.body, beacon.method) == ("uid=12345678", "POST")
    assert beacon.set_by == Script("https://shop.example/own.js", 9, 11)
    second = next(one for one in saw.requests if one.host == "b.sync.example")
    assert second.redirected_from == "https://a.sync.example/?uid=abc"
    assert second.set_by is not None
    assert second.set_by.url == "https://t.stats.example/tag.js"


def test_an_interface_that_tells_browsers_apart_is_seen(saw: Observations) -> None:
    assert [(one.interface, one.call, one.count, _line(one.set_by)) for one in saw.probings] == [
        ("canvas", "HTMLCanvasElement.toDataURL", 1, 12)
    ]


def test_the_archive_holds_every_request_and_no_cookie(saw: Observations) -> None:
    log = saw.har["log"]
    assert isinstance(log, dict)
    assert log["version"] == "1.2"
    assert len(log["entries"]) == len(saw.requests)
    assert "sid=s" not in str(log)


def test_the_browser_was_tried_first(saw: Observations) -> None:
    assert saw.canary is not None
    assert saw.canary.sound
    assert len(saw.canary.kept) == 6


def test_hooks_look_native(site: Site) -> None:
    asked = """document.title = [
      String(Storage.prototype.setItem), String(document.createElement('canvas').toDataURL),
      String(Function.prototype.toString), navigator.webdriver, typeof localStorage.setItem,
      Object.getOwnPropertyNames(window).filter((name) => /^_[0-9a-f]{12}$/.test(name)).length,
    ].join('|')"""
    site.answers["looks.example/"] = html(f"<script>{asked}</script>")
    saw = scan("https://looks.example/", site.options(states=("before",)))
    native = [f"function {name}() {{ [native code] }}" for name in ("setItem", "toDataURL")]
    native.append("function toString() { [native code] }")
    assert saw.pages[0].title.split("|") == [*native, "false", "function", "0"]

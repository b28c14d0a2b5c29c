"""Policies, cookies and headers, without a browser."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adhere.areas.cookies.tests.test_wall_choices import DATA, NOW, WALL, read
from adhere.areas.cookies.tests.wall_site.world import GIVEN, answer
from adhere.areas.cookies.wall.asgi import ASGIWall
from adhere.areas.cookies.wall.choices import Choices
from adhere.areas.cookies.wall.cookies import expiries, kept, leftovers, permitted
from adhere.areas.cookies.wall.headers import Asked, walled
from adhere.areas.cookies.wall.loading import Holder
from adhere.areas.cookies.wall.policy import policy
from adhere.areas.cookies.wall.site import CLOSED
from adhere.areas.cookies.wall.wsgi import WSGIWall

OWN = "'self' https://www.example.com wss://www.example.com https://consent.example.com"
PAY = "https://pay.example wss://pay.example"
LOCAL = "data: blob: 'unsafe-inline' 'unsafe-eval'"
NOTHING = read("")
ALL = read(answer(GIVEN, at=NOW))
PAGE = ("Content-Type", "text/html; charset=utf-8")
Headers = list[tuple[str, str]]


def out(headers: Headers, said: Choices = NOTHING, asked: Asked | None = None) -> Headers:
    return walled(headers, asked or Asked(), WALL, said)


def test_the_shut_policy_lets_in_the_site_and_what_is_necessary() -> None:
    assert policy(WALL, NOTHING) == f"default-src {OWN} {PAY} {LOCAL}; form-action {OWN} {PAY}"


def test_a_purpose_adds_its_hosts_and_a_vendor_only_its_own() -> None:
    stats = "https://*.stats.example wss://*.stats.example"
    said = read(answer({"analytics": True}, at=NOW))
    assert policy(WALL, said).startswith(f"default-src {OWN} {PAY} {stats} {LOCAL};")
    vendor = read(answer({"marketing:b": True}, at=NOW))
    assert "https://b.example wss://b.example data:" in policy(WALL, vendor)
    assert "a.example" not in policy(WALL, vendor)


def test_without_data_only_the_site_itself_is_let_in() -> None:
    assert policy(CLOSED) == f"default-src 'self' {LOCAL}; form-action 'self'"


def test_a_static_policy_shuts_the_workers_that_it_cannot_reach() -> None:
    assert policy(WALL, NOTHING, static=True).endswith(
        "; worker-src https://www.example.com/adhere-wall-sw.js data: blob:; object-src 'none'"
    )


def test_a_page_gets_the_policy_beside_its_own_and_varies() -> None:
    own = ("Content-Security-Policy", "img-src *")
    assert out([PAGE, own, ("Vary", "Accept-Encoding")]) == [
        PAGE, own, ("Vary", "Accept-Encoding, Cookie"),
        ("Content-Security-Policy", policy(WALL, NOTHING)), ("X-DNS-Prefetch-Control", "off"),
    ]  # fmt: skip
    assert out([PAGE, ("vary", "cookie")], ALL) == [
        PAGE, ("vary", "cookie"), ("Content-Security-Policy", policy(WALL, ALL)),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["image/png", "text/css", "application/json", "font/woff2"])
def test_what_is_no_page_stays_as_it_is(kind: str) -> None:
    headers = [("Content-Type", kind), ("Vary", "Accept")]
    assert out(headers) == headers


@pytest.mark.parametrize(
    "kind", ["", "application/xhtml+xml", "image/svg+xml", "TEXT/HTML", "text/xml", "*/*"]
)
def test_whatever_a_browser_may_open_as_a_page_is_walled(kind: str) -> None:
    names = [name for name, _ in out([("Content-Type", kind)] if kind else [])]
    assert "Content-Security-Policy" in names


def test_a_script_is_open_only_for_the_worker_that_asked() -> None:
    script = [("Content-Type", "text/javascript")]
    shut = ("Content-Security-Policy", policy(WALL))
    assert out(script, ALL) == [*script, shut]
    assert out(script, ALL, Asked(destination="worker")) == [
        *script, ("Vary", "Cookie"), ("Content-Security-Policy", policy(WALL, ALL)),
    ]  # fmt: skip


def test_reports_go_home_only() -> None:
    home = ("Report-To", '{"endpoints":[{"url":"https://www.example.com/r"}]}')
    away = ("Reporting-Endpoints", 'main="https://reports.example/r"')
    kind = ("Content-Type", "text/css")
    assert out([kind, home, away]) == [kind, home]


def test_refused_cookies_are_neither_handed_over_nor_set_and_are_taken_back() -> None:
    header = "session=1; _ga=2; cart=3; _ga_XYZ=4; _fbp=5"
    said = read(answer({"marketing:b": True}, at=NOW))
    assert kept(header, WALL, said) == "session=1; cart=3; _fbp=5"
    assert leftovers(header, WALL, said) == ["_ga", "_ga_XYZ"]
    assert kept(header, WALL, ALL) == header
    lines = ["_ga=1; Path=/", "_fbp=1", "cart=1", "_ga=; Max-Age=0", "_ga=1; Max-Age=09"]
    assert [permitted(line, WALL, said) for line in lines] == [False, True, True, True, False]
    answered = out([PAGE], said, Asked(cookie="_ga=2", host="www.shop.example:8000"))
    ends = "_ga=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/"
    assert [value for name, value in answered if name == "Set-Cookie"] == [
        ends, f"{ends}; Domain=www.shop.example", f"{ends}; Domain=shop.example",
    ]  # fmt: skip


@pytest.mark.parametrize("host", ["127.0.0.1:80", "[::1]:8000", "localhost", "", "a b"])
def test_a_host_without_domains_above_it(host: str) -> None:
    assert len(expiries(["_ga"], host)) == 1


@given(st.text(max_size=80), st.text(max_size=40))
def test_no_cookie_header_can_break_a_line_out(header: str, host: str) -> None:
    for line in expiries(leftovers(header, WALL, NOTHING), host):
        assert not set(line) & set("\r\n\0")


def test_streams_pass_untouched(tmp_path: Path) -> None:
    sent: list[str] = []

    def stream(environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
        start("200 OK", [PAGE])
        for part in (b"a", b"b"):
            sent.append(part.decode())
            yield part

    parts = iter(WSGIWall(stream, DATA)({"HTTP_COOKIE": "_ga=1"}, lambda *_: None))
    assert next(parts) == b"a"
    assert sent == ["a"]


def test_asgi_hands_on_what_is_allowed() -> None:
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"1")]})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})

    async def send(message: Any) -> None:
        seen.append(message)

    headers = [(b"cookie", b"_ga=1; a=2"), (b"cookie", b"_fbp=3"), (b"host", b"shop.example")]
    scope = {"type": "http", "headers": headers}
    with ThreadPoolExecutor(1) as threads:  # a browser test may have left a loop in this thread
        threads.submit(asyncio.run, ASGIWall(application, DATA)(scope, None, send)).result()  # type: ignore[arg-type]
    assert seen[0]["headers"] == [(b"host", b"shop.example"), (b"cookie", b"a=2")]
    names = [name for name, _ in seen[1]["headers"]]
    assert names[:4] == [b"x", b"vary", b"content-security-policy", b"x-dns-prefetch-control"]
    assert names[4:] == [b"set-cookie"] * 4
    assert seen[2]["body"] == b"a"


def test_a_file_of_data_is_read_again_and_shuts_when_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "adhere-wall.json"
    holder = Holder(file)
    assert holder.wall() is CLOSED
    file.write_text(json.dumps(DATA))
    holder._asked -= 2
    assert holder.wall() == WALL
    file.write_text("{")
    os.utime(file, (1, 1))
    holder._asked -= 2
    assert holder.wall() is CLOSED
    file.unlink()
    holder._asked -= 2
    assert holder.wall() is CLOSED

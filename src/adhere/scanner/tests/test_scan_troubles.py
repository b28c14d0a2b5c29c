"""What cannot be looked at says why; what breaks costs itself only; nothing private is reached."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from adhere.errors import Problem
from adhere.scanner.options import Budget, Options, Resolution
from adhere.scanner.scanning import scan
from adhere.scanner.tests.served import Answer, Site, hanging, html, redirect, served, set_cookie

ONE = ("before",)
LOOP = "<script>const all = []; for (;;) all.push(new Array(1e6).fill(Math.random()))</script>"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served(
        {
            "pdf.example/": Answer(b"%PDF-1.7", "application/pdf"),
            "file.example/": Answer(b"x", "application/octet-stream"),
            "large.example/": Answer(size=500_000_000),
            "loop.example/": redirect("/"),
            "missing.example/": html("No", status=404),
            "locked.example/": html("Sign in", status=401),
            "login.example/": html("<form><input><input type=password></form>"),
            "robots.example/robots.txt": Answer(b"User-agent: *\nDisallow: /", "text/plain"),
            "robots.example/": html("Secret"),
            "silent.example/": hanging(),
            "hangs.example/": html(
                "<img src=/never><script async src=/never.js></script>"
                "<script>setTimeout(() => localStorage.setItem('late', 1), 8000)</script>"
            ),
            "hangs.example/never": hanging(),
            "hangs.example/never.js": hanging(),
            "crash.example/": html("<a href=/greedy>Greedy</a><a href=/fine>Fine</a>"),
            "crash.example/greedy": html(LOOP),
            "crash.example/fine": html("Fine", set_cookie("fine=1")),
            "busy.example/": html("<a href=/busy>Busy</a>", set_cookie("seen=1")),
            "busy.example/busy": html("<script>setTimeout(() => { for (;;); }, 100)</script>"),
        }
    ) as site:
        yield site


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (
            "https://pdf.example/",
            "the address is a PDF, which `adhere read` reads, not a page",
        ),
        ("https://file.example/", "the address is a file (application/octet-stream), not a page"),
        ("https://large.example/", "the page is over 5 MB"),
        ("https://loop.example/", "the page redirects without end"),
        ("https://missing.example/", "the page answers 404"),
        ("https://silent.example/", "the page was not done within 4 seconds"),
    ],
)
def test_an_address_that_is_no_page_says_what_it_is(site: Site, url: str, why: str) -> None:
    options = site.options(states=ONE, page_seconds=4, budget=Budget(page_bytes=5_000_000))
    with pytest.raises(Problem) as caught:
        scan(url, options)
    assert (caught.value.message, caught.value.field) == (why, url)


def test_robots_are_obeyed_unless_the_operator_says_otherwise(site: Site) -> None:
    with pytest.raises(Problem, match=r"robots\.txt forbids it"):
        scan("https://robots.example/", site.options(states=ONE, robots=True))
    assert scan("https://robots.example/", site.options(states=ONE)).pages[0].failed == ""


def test_an_invalid_certificate_names_the_option(site: Site) -> None:
    with pytest.raises(Problem, match=r"certificate of pdf.example .*; --insecure accepts any"):
        scan("https://pdf.example/", site.options(states=ONE, insecure=False))


def test_nothing_at_the_address_says_so() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Problem, match=r"127.0.0.1 refuses the connection"):
        scan(f"http://127.0.0.1:{port}/", Options(states=ONE, robots=False))
    with pytest.raises(Problem, match=r"there is no such host as nowhere.invalid"):
        scan("http://nowhere.invalid/", Options(states=ONE, robots=False))


@pytest.mark.parametrize("url", ["ftp://shop.example/", "https://", "https://a b/", "http://x:y/"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Problem, match="is no web address"):
        scan(url)


@pytest.mark.parametrize(
    ("host", "note"),
    [
        ("locked.example", "The page answers 401: it is for those who have signed in."),
        ("login.example", "The page is little else than a place to sign in."),
    ],
)
def test_a_wall_before_the_page_is_noted(site: Site, host: str, note: str) -> None:
    saw = scan(f"https://{host}/", site.options(states=ONE))
    assert note in saw.notes


def test_a_request_that_never_ends_costs_little_and_hides_nothing(site: Site) -> None:
    saw = scan("https://hangs.example/", site.options(states=ONE))
    assert ("late", "script") in {(one.name, one.how) for one in saw.stored}
    assert saw.pages[0].settled is False
    assert saw.pages[0].ms < 12_000


def test_a_page_that_crashes_its_tab_costs_that_page_only(site: Site) -> None:
    saw = scan("https://crash.example/", site.options(states=ONE, max_pages=3, parallel=1))
    failed = {one.url.rpartition("/")[2]: one.failed for one in saw.pages}
    assert failed == {"": "", "greedy": "the page crashed", "fine": ""}
    assert {one.name for one in saw.stored} == {"fine"}


def test_a_page_that_never_lets_go_costs_that_page_only(site: Site) -> None:
    saw = scan("https://busy.example/", site.options(states=ONE, max_pages=2, page_seconds=6))
    assert [one.failed for one in saw.pages] == ["", "the page was not done within 6 seconds"]


def test_a_browser_that_is_not_there_is_named() -> None:
    with pytest.raises(Problem, match="there is no such browser"):
        scan("https://shop.example/", Options(browser=Path("/no/browser")))


PRIVATE = """<img src="http://127.0.0.1:{port}/a"><img src="http://localhost:{port}/b">
<img src="http://10.1.2.3/c"><img src="http://169.254.169.254/latest/meta-data/">
<img src="http://[::1]:{port}/d"><iframe src="http://inner.example/"></iframe>
<script>fetch("http://127.0.0.1:{port}/e").catch(() => 0);
new WebSocket("ws://127.0.0.1:{port}/f"); new Worker("data:text/javascript,fetch('http://127.0.0.1:{port}/g')")
</script>"""


def test_no_page_reaches_a_private_address_that_nobody_named(site: Site) -> None:
    site.answers["shop.localtest/"] = html(PRIVATE.format(port=site.port))
    named = (Resolution("shop.localtest", "127.0.0.1", site.port),)
    site.asked.clear()
    saw = scan("http://shop.localtest/", Options(states=ONE, resolve=named, robots=False))
    assert {(one.host, one.path) for one in site.asked} <= {
        ("shop.localtest", "/"),
        ("shop.localtest", "/favicon.ico"),
    }
    assert "Not reached: 127.0.0.1 is the private address 127.0.0.1." in saw.notes
    assert "Not reached: 169.254.169.254 is the private address 169.254.169.254." in saw.notes


def test_where_every_host_is_sent_to_one_address_a_private_one_is_too(site: Site) -> None:
    with served({}) as inner:
        lures = ("10.1.2.3", "169.254.169.254", f"127.0.0.1:{inner.port}")
        site.answers["lures.example/"] = html("".join(f"<img src=http://{one}/>" for one in lures))
        site.asked.clear()
        scan("http://lures.example/", site.options(states=ONE))
        assert inner.asked == []
    hosts = {one.host for one in site.asked}
    assert hosts == {"lures.example", "10.1.2.3", "169.254.169.254", "127.0.0.1"}


def test_a_private_address_that_is_named_is_reached(site: Site) -> None:
    site.answers["127.0.0.1/"] = html("Mine", set_cookie("mine=1"))
    saw = scan(f"http://127.0.0.1:{site.port}/", Options(states=ONE, robots=False))
    assert {one.name for one in saw.stored} == {"mine"}


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    private = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: private)
    with pytest.raises(Problem, match=r"inner.example leads to the private address 192.168.1.7"):
        scan("http://inner.example/", Options(states=ONE, robots=False))

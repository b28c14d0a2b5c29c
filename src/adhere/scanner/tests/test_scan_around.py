"""Around the pages: which are looked at, who hides behind a name, signing in, what is asked for."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import dns.message
import dns.rrset
import pytest

from adhere.errors import Problem
from adhere.scanner import writes
from adhere.scanner.crawling import Frontier, Robots, template
from adhere.scanner.options import Resolution, resolution
from adhere.scanner.policies import policy_links
from adhere.scanner.scanning import scan
from adhere.scanner.tests.served import Answer, Asked, html, redirect, served, set_cookie

WORD = "correct-horse-battery"


@pytest.mark.parametrize(
    ("text", "host", "address", "port"),
    [
        ("*=127.0.0.1:8443", "*", "127.0.0.1", 8443),
        ("Shop.Example=10.0.0.1", "shop.example", "10.0.0.1", None),
        ("*.shop.example=[::1]:80", "*.shop.example", "::1", 80),
        ("a=::1", "a", "::1", None),
    ],
)
def test_a_host_is_mapped_to_an_address(text: str, host: str, address: str, port: int) -> None:
    assert resolution(text) == Resolution(host, address, port)


@pytest.mark.parametrize("text", ["", "a", "=1.2.3.4", "a=b", "a=1.2.3.4:", "a=1.2.3.4:0", "a=1.2"])
def test_a_mapping_that_cannot_be_read_says_what_is_expected(text: str) -> None:
    with pytest.raises(Problem) as caught:
        resolution(text)
    assert caught.value.field == "--resolve"
    assert caught.value.expected


def test_one_page_of_each_kind_is_taken_before_a_second_of_any() -> None:
    front = Frontier("https://shop.example/", Robots("User-agent: *\nDisallow: /secret"))
    front.add(f"https://shop.example/product/{number}" for number in range(50))
    front.add(["https://shop.example/about", "https://shop.example/secret/1"])
    front.add(["https://shop.example/a.pdf", "https://other.example/", "https://shop.example/#x"])
    front.add(["https://shop.example/logout", "https://shop.example/news/what-we-did-today"])
    assert [template(url) for url in front.take(4)] == [
        "/product/{number}?",
        "/about?",
        "/news/{title}?",
        "/product/{number}?",
    ]
    assert front.forbidden == ["https://shop.example/secret/1"]


def test_policy_links_are_known_in_many_languages() -> None:
    words = {
        "Cookieverklaring": True,
        "Datenschutzerklärung": True,
        "Politique de confidentialité": True,
        "Ochrana osobních údajů": True,
        "Πολιτική απορρήτου": True,
        "Политика за поверителност": True,
        "Tietosuojaseloste": True,
        "Contact": False,
        "Our privateers": False,
    }
    links = [(f"https://shop.example/{number}", text) for number, text in enumerate(words)]
    expected = tuple(url for url, text in links if words[text])
    assert policy_links(links) == expected


def test_max_age_goes_before_expires_and_both_are_as_written() -> None:
    expires = "Expires=Thu, 01 Jan 1970 01:00:00 GMT"
    assert writes.parse(f"a=b; {expires}; Max-Age=5", 0).lifetime == 5
    assert writes.parse(f"a=b; {expires}", 600).lifetime == 3000
    assert writes.parse("a=b; Max-Age=-1", 0).removed
    assert writes.parse("a=b", 0).lifetime is None


@pytest.fixture
def resolver() -> Iterator[str]:
    """A DNS server that knows one alias."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))

        def answer() -> None:
            while True:
                try:
                    data, client = sock.recvfrom(4096)
                except OSError:
                    return
                asked = dns.message.from_wire(data)
                reply = dns.message.make_response(asked)
                name = asked.question[0].name
                if name.to_text() == "metrics.shop.example.":
                    alias = dns.rrset.from_text(name, 60, "IN", "CNAME", "in.tracker.example.")
                    reply.answer += [alias]
                    name = "in.tracker.example."
                reply.answer += [dns.rrset.from_text(name, 60, "IN", "A", "192.0.2.1")]
                sock.sendto(reply.to_wire(), client)

        threading.Thread(target=answer, daemon=True).start()
        yield f"127.0.0.1:{sock.getsockname()[1]}"


def test_a_first_party_that_is_another_by_its_alias_is_seen(resolver: str) -> None:
    page = html("<img src=https://metrics.shop.example/p><img src=https://img.shop.example/i>")
    with served({"shop.example/": page}) as site:
        saw = scan("https://shop.example/", site.options(states=("before",), resolver=resolver))
    leads = {one.host: one.canonical for one in saw.requests}
    assert leads == {
        "shop.example": "",
        "metrics.shop.example": "in.tracker.example",
        "img.shop.example": "",
    }


def account(asked: Asked) -> Answer:
    if "token=opened-the-door" in asked.headers.get("cookie", ""):
        return html(f"<h1 id=in>Welcome</h1><img src='https://stats.example/?who={WORD}'>")
    return redirect("/login")


def enter(asked: Asked) -> Answer:
    right = asked.body == f"name=anna&word={WORD}".encode()
    door = (("Location", "/"), set_cookie("token=opened-the-door; HttpOnly"))
    return Answer(status=303, headers=door) if right else html("Wrong", status=403)


def test_a_recorded_login_is_taken_and_its_secrets_are_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = "<form method=post action=/enter><input name=name><input name=word><button>In</button>"
    world = {
        "shop.example/": account,
        "shop.example/login": html(form),
        "shop.example/enter": enter,
    }
    steps = [
        {"goto": "https://shop.example/login"},
        {"fill": "[name=name]", "with": "anna"},
        {"fill": "[name=word]", "with": "$SHOP_WORD"},
        {"click": "button"},
        {"wait": "#in"},
    ]
    file = tmp_path / "login.json"
    file.write_text(json.dumps(steps))
    with served(world) as site:
        options = site.options(states=("before", "gpc"), login=file, har=True)
        with pytest.raises(Problem, match="step 3 needs the environment variable SHOP_WORD"):
            scan("https://shop.example/", options)
        monkeypatch.setenv("SHOP_WORD", WORD)
        saw = scan("https://shop.example/", options)
    assert {page.final_url for page in saw.pages} == {"https://shop.example/"}
    assert {one.state for one in saw.requests if one.host == "stats.example"} == {"before", "gpc"}
    for secret in (WORD, "opened-the-door"):
        assert secret not in repr(saw)

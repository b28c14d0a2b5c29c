"""The edge answers everything in words, stores nothing it refused, and shows the ledger."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from adhere.edge import app as app_module
from adhere.edge.app import Edge
from adhere.edge.deadlines import Within
from adhere.edge.http import Refusal, Request, Response, Route
from adhere.edge.log import log_routes
from adhere.edge.place import Place
from adhere.errors import Problem
from adhere.ledger.checkpoints import parse_checkpoint
from adhere.ledger.keys import new_signer
from adhere.ledger.log import Log
from adhere.ledger.notes import parse_note


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Ask = Callable[..., Answer]
T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: where a browser is open, this one has an event loop already."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


async def told(
    edge: Edge,
    method: str,
    path: str,
    body: bytes = b"",
    headers: dict[str, str] | None = None,
    chunks: list[bytes] | None = None,
) -> Answer:
    """One request as an ASGI server hands it over."""
    given = {"content-length": str(len(body))} if chunks is None else {}
    pending = [{"type": "http.request", "body": part, "more_body": True} for part in chunks or []]
    pending.append({"type": "http.request", "body": body, "more_body": False})
    sent: list[Any] = []

    async def receive() -> Any:
        return pending.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "client": ("192.0.2.7", 4711),
        "headers": [
            (name.encode(), value.encode()) for name, value in {**given, **(headers or {})}.items()
        ],
    }
    await edge(scope, receive, send)
    start, *rest = sent
    fields = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], fields, b"".join(part["body"] for part in rest))


class Wish(msgspec.Struct):
    name: str
    count: int


async def wish(request: Request) -> Response:
    wanted = request.json(Wish)
    return Response.json({"name": wanted.name, "site": request.named["site"]}, 201)


async def broken(request: Request) -> Response:
    raise RuntimeError("a secret inside")


async def busy(request: Request) -> Response:
    raise Refusal(429, "too often", retry_after=7)


async def unusable(request: Request) -> Response:
    raise Problem("not a day", field="from", expected="a day such as 2026-03-14")


async def slow(request: Request) -> Response:
    await asyncio.sleep(30)
    return Response.json({})


ROUTES = (
    Route("POST", "/e/{site}/wishes", wish, body_limit=64),
    Route("GET", "/e/broken", broken),
    Route("GET", "/e/busy", busy),
    Route("GET", "/e/unusable", unusable),
    Route("GET", "/e/slow", slow),
)


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    edge = Edge(Place(tmp_path), [*log_routes(tmp_path / "ledger"), *ROUTES])
    return lambda *arguments, **named: run(told(edge, *arguments, **named))


def test_a_fitting_request_is_answered(ask: Ask) -> None:
    answer = ask("POST", "/e/shop/wishes", b'{"name":"Anna","count":2}')
    assert (answer.status, answer.json) == (201, {"name": "Anna", "site": "shop"})


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "expected"),
    [
        (
            "GET",
            "/e/nothing/here",
            b"",
            404,
            {"error": "nothing is at this address", "field": "path"},
        ),
        (
            "DELETE",
            "/e/shop/wishes",
            b"",
            405,
            {"error": "DELETE is not possible here", "field": "method", "expected": "POST"},
        ),
        (
            "POST",
            "/e/shop/wishes",
            b"x" * 65,
            413,
            {"error": "the body is too large", "field": "body", "expected": "at most 64 bytes"},
        ),
        (
            "POST",
            "/e/shop/wishes",
            b'{"name":"Anna","count":"two"}',
            422,
            {"error": "Expected `int`, got `str`", "field": "count", "expected": "Wish as JSON"},
        ),
        (
            "GET",
            "/e/unusable",
            b"",
            422,
            {"error": "not a day", "field": "from", "expected": "a day such as 2026-03-14"},
        ),
        ("GET", "/e/broken", b"", 500, {"error": "this failed here; it is in the server's log"}),
        ("GET", "/e/busy", b"", 429, {"error": "too often"}),
    ],
)
def test_each_refusal_says_what_is_wrong(
    ask: Ask, method: str, path: str, body: bytes, status: int, expected: dict[str, str]
) -> None:
    answer = ask(method, path, body)
    assert (answer.status, answer.json) == (status, expected)
    assert answer.headers["content-type"] == "application/json"


def test_a_refusal_that_passes_says_when_to_come_again(ask: Ask) -> None:
    assert ask("GET", "/e/busy").headers["retry-after"] == "7"


def test_a_wrong_method_names_the_right_ones(ask: Ask) -> None:
    assert ask("POST", "/healthz").headers["allow"] == "GET, HEAD"


def test_text_that_is_no_json_is_refused(ask: Ask) -> None:
    answer = ask("POST", "/e/shop/wishes", b"{")
    assert (answer.status, answer.json["expected"]) == (400, "one JSON value")


def test_a_body_without_a_length_stops_at_the_limit(ask: Ask) -> None:
    assert ask("POST", "/e/shop/wishes", chunks=[b"x" * 40] * 9).status == 413


def test_a_length_that_is_no_number_is_refused(ask: Ask) -> None:
    answer = ask("POST", "/e/shop/wishes", headers={"content-length": "-3"})
    assert (answer.status, answer.json["field"]) == (400, "content-length")


def test_headers_that_are_too_large_are_refused(ask: Ask) -> None:
    answer = ask("GET", "/healthz", headers={"cookie": "c" * 20_000})
    assert (answer.status, answer.json["field"]) == (431, "headers")


def test_an_address_that_is_too_long_is_refused(ask: Ask) -> None:
    assert ask("GET", "/e/" + "x" * 3_000).status == 414


def test_a_head_request_has_the_headers_and_no_body(ask: Ask) -> None:
    whole, head = ask("GET", "/healthz"), ask("HEAD", "/healthz")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))


def test_every_answer_carries_the_security_headers(ask: Ask) -> None:
    for path in ("/healthz", "/e/nothing", "/e/broken"):
        headers = ask("GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["referrer-policy"] == "no-referrer"


def test_more_requests_than_fit_are_told_to_come_again(tmp_path: Path) -> None:
    edge = Edge(Place(tmp_path), ROUTES, most=3)

    async def crowd() -> list[Answer]:
        waiting = [asyncio.create_task(told(edge, "GET", "/e/slow")) for _ in range(3)]
        await asyncio.sleep(0.05)
        answers = [await told(edge, "GET", path) for path in ("/e/slow", "/healthz")]
        for each in waiting:
            each.cancel()
        return answers

    late, health = run(crowd())
    assert (late.status, late.headers["retry-after"]) == (503, "1")
    assert late.json == {"error": "too many requests at once"}
    assert health.status == 200


def test_an_answer_that_takes_too_long_is_given_up(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "ANSWER_SECONDS", 0.05)
    answer = ask("GET", "/e/slow")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")


def test_two_routes_at_one_address_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="GET /e/busy has two routes"):
        Edge(Place(Path()), [*ROUTES, Route("GET", "/e/busy", slow)])


def test_ready_means_that_a_row_was_committed(ask: Ask, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "adhere.sqlite3").execute("CREATE TABLE any_table (id)").close()
    assert ask("GET", "/readyz").json == {"status": "ready"}
    rows = sqlite3.connect(tmp_path / "adhere.sqlite3").execute("SELECT count(*) FROM edge_ready")
    assert rows.fetchone() == (1,)


def test_without_a_database_it_is_not_ready_and_makes_none(ask: Ask, tmp_path: Path) -> None:
    answer = ask("GET", "/readyz")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert answer.json["error"].startswith("cannot commit: ")
    assert list(tmp_path.iterdir()) == []


def test_metrics_count_answers_by_route(ask: Ask) -> None:
    ask("GET", "/healthz")
    ask("GET", "/e/nothing")
    ask("POST", "/e/shop/wishes", b"{")
    lines = ask("GET", "/metrics").body.decode().splitlines()
    counted = [line for line in lines if line.startswith("adhere_edge_requests_total{")]
    assert counted == [
        'adhere_edge_requests_total{route="/e/{site}/wishes",method="POST",status="400"} 1',
        'adhere_edge_requests_total{route="/healthz",method="GET",status="200"} 1',
        'adhere_edge_requests_total{route="none",method="GET",status="404"} 1',
    ]


def test_the_ledger_is_shown_as_far_as_it_is_published(ask: Ask, tmp_path: Path) -> None:
    leaves = [bytes([number]) * 32 for number in range(5)]
    with Log.create(tmp_path / "ledger", new_signer("example.com/log")) as log:
        log.append(leaves)
        log.publish()
        log.append([b"x" * 32])
    note = ask("GET", "/e/log/checkpoint")
    assert note.headers["cache-control"] == "no-cache"
    assert parse_checkpoint(parse_note(note.body.decode()).text).size == 5
    tile = ask("GET", "/e/log/tile/0/000.p/5")
    assert (tile.status, len(tile.body)) == (200, 5 * 32)
    assert "immutable" in tile.headers["cache-control"]
    entries = ask("GET", "/e/log/tile/entries/000.p/5")
    assert entries.body == b"".join(b"\x00\x20" + leaf for leaf in leaves)
    assert ask("GET", "/e/log/tile/0/000.p/6").status == 404


@pytest.mark.parametrize(
    "path", ["checkpoint", "tile/0/000", "tile/0/0", "tile/../checkpoint", "tile/9/000.p/1", "x"]
)
def test_what_the_ledger_does_not_have_is_not_found(ask: Ask, path: str) -> None:
    answer = ask("GET", f"/e/log/{path}")
    assert (answer.status, "error" in answer.json) == (404, True)


def test_the_edge_never_loads_django() -> None:
    told_to = (
        "import sys, adhere.edge.app as app; app.make_edge(); assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", told_to], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


async def dripping(seconds: Sequence[float]) -> list[str]:
    """Tasks of these lengths under one limit, and what became of each."""

    async def one(length: float) -> str:
        try:
            with Within(0.05):
                await asyncio.sleep(length)
        except TimeoutError:
            return "late"
        except asyncio.CancelledError:
            return "cancelled"
        return "done"

    tasks = [asyncio.create_task(one(length)) for length in seconds]
    await asyncio.sleep(0.02)
    tasks[-1].cancel()
    return [await task for task in tasks]


def test_a_limit_of_time_ends_the_late_alone_and_is_no_cancelling() -> None:
    assert run(dripping([5, 0, 0.01, 5, 5])) == ["late", "done", "done", "late", "cancelled"]

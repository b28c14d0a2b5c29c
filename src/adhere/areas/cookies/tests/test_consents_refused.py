"""Answers that do not fit, or come from elsewhere: refused in words, and nothing is stored."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from . import consent_cast as cast
from .consent_visitor import Visitor, records

pytestmark = pytest.mark.django_db(transaction=True)


ANNA = "a" * 32
BRAM = "b" * 32


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "an unknown notice": ({"notice": "0" * 64}, 422, "notice"),
    "another language": ({"language": "nl"}, 422, "language"),
    "an unknown method": ({"method": "scroll"}, 422, "method"),
    "an unknown purpose": ({"purposes": {**cast.ACCEPT, "tracking": True}}, 422, "purposes"),
    "a purpose left out": ({"purposes": {"analytics": True}}, 422, "purposes"),
    "accepting in part": ({"purposes": {**cast.ACCEPT, "marketing": False}}, 422, "purposes"),
    "refusing in part": ({"method": "reject"}, 422, "purposes"),
    "a giving GPC": ({"method": "gpc"}, 422, "purposes"),
    "no to the necessary": ({"purposes": {**cast.ACCEPT, "necessary": False}}, 422, "purposes"),
    "a word for a choice": (
        {"purposes": {**cast.ACCEPT, "marketing": "yes"}}, 422, "purposes[...]"),
    "a subject with a name": ({"subject": "anna@example.com"}, 422, "subject"),
    "a short key": ({"key": "1"}, 422, "key"),
    "a time of its own": ({"at": "2020-01-01T00:00:00Z"}, 422, ""),
    "withdrawing for nobody": ({"method": "withdraw", "purposes": cast.REJECT}, 422, "subject"),
    "withdrawing for a stranger": (
        {"method": "withdraw", "purposes": cast.REJECT, "subject": BRAM}, 409, "subject"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused_in_words(visitor: Visitor, notice: str, name: str) -> None:
    changes, status, field = REFUSED[name]
    answer = visitor.post(cast.body(notice, "accept", **changes))
    assert (answer.status, answer.json.get("field", "")) == (status, field)
    assert answer.headers["access-control-allow-origin"] == cast.ORIGIN
    assert records() == []


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": cast.ORIGIN + ".evil.example"}, 403),
        ({"origin": cast.ORIGIN.replace("https", "http")}, 403),
        ({"origin": "http://localhost:8000", "host": "localhost:8000"}, 403),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_type": ""}, 415),
    ],
)
def test_foreign_pages_and_forms_are_refused(
    visitor: Visitor, notice: str, options: dict[str, str], status: int
) -> None:
    answer = visitor.post(cast.body(notice), **options)
    assert (answer.status, records()) == (status, [])
    assert "access-control-allow-origin" not in answer.headers or status == 415


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"notice": 1}'])
def test_malformed_bodies_are_refused(visitor: Visitor, notice: str, body: bytes) -> None:
    answer = visitor.post(body)
    assert answer.status in {400, 422}
    assert (set(answer.json) <= {"error", "field", "expected"}, records()) == (True, [])


def test_a_body_over_eight_kilobytes_is_refused(visitor: Visitor, notice: str) -> None:
    answer = visitor.post(cast.body(notice) + b" " * 8_192)
    assert (answer.status, answer.json["field"], records()) == (413, "body", [])


def test_another_websites_notice_and_subject_are_refused(visitor: Visitor, notice: str) -> None:
    cast.put_site(cast.OTHER)
    theirs = cast.put_notice(cast.OTHER)
    assert visitor.post(cast.body(notice), cast.OTHER).json["field"] == "notice"
    visitor.post(cast.body(notice, subject=ANNA))
    answer = visitor.post(cast.body(theirs, subject=ANNA), cast.OTHER)
    assert (answer.status, answer.json["field"], len(records())) == (409, "subject", 1)


def test_a_notice_out_of_use_takes_refusals_alone(visitor: Visitor, notice: str) -> None:
    current = cast.put_notice(number=2, at=datetime.now(UTC) - timedelta(days=8))
    answer = visitor.post(cast.body(notice))
    assert (answer.status, answer.json["expected"]) == (409, current)
    assert visitor.post(cast.body(notice, "reject")).status == 201


def test_a_notice_replaced_just_now_is_still_taken(visitor: Visitor, notice: str) -> None:
    cast.put_notice(number=2, at=datetime.now(UTC) - timedelta(days=1))
    assert visitor.post(cast.body(notice)).status == 201


def test_a_withdrawal_gives_nothing(visitor: Visitor, notice: str) -> None:
    visitor.post(cast.body(notice, "reject", subject=ANNA))
    answer = visitor.post(cast.body(notice, "withdraw", subject=ANNA, purposes=cast.ACCEPT))
    assert (answer.status, answer.json["field"]) == (422, "purposes")


def test_too_many_from_one_address_are_told_to_wait(visitor: Visitor, notice: str) -> None:
    answers = [visitor.post(cast.body(notice), client="192.0.2.7") for _ in range(51)]
    assert [each.status for each in answers] == [201] * 50 + [429]
    assert answers[-1].headers["retry-after"] == "1"
    assert visitor.post(cast.body(notice), client="192.0.2.8").status == 201


def test_a_database_that_is_gone_is_no_success(
    visitor: Visitor, notice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from adhere.edge import databases

    visitor.ask("GET", f"/e/{cast.SHOP}/banner.js")

    def gone(self: Any, *arguments: Any) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        for kind in (databases.Sqlite, databases.Postgresql):
            broken.setattr(kind, "insert_numbered", gone)
        answer = visitor.post(cast.body(notice, subject=ANNA))
    assert (answer.status, answer.headers["retry-after"], records()) == (503, "2", [])
    assert visitor.post(cast.body(notice, subject=ANNA)).status == 201


def test_preflights_are_answered_for_the_sites_own_pages(visitor: Visitor, notice: str) -> None:
    good = visitor.ask("OPTIONS", f"/e/{cast.SHOP}/consents")
    bad = visitor.ask("OPTIONS", f"/e/{cast.SHOP}/consents", origin="https://evil.example")
    assert (good.status, bad.status) == (204, 403)
    assert good.headers["access-control-allow-origin"] == cast.ORIGIN
    assert "access-control-allow-origin" not in bad.headers


def test_a_site_of_this_machine_answers_at_any_port(visitor: Visitor) -> None:
    cast.put_site(origins=["http://localhost:8000"])
    body = cast.body(cast.put_notice())
    near = visitor.post(body, origin="http://127.0.0.1:9123", host="127.0.0.1:9123")
    far = visitor.post(body, origin="http://evil.example", host="evil.example")
    assert (near.status, far.status) == (201, 403)

"""Answers of visitors at the edge: stored once, proved, refused where they do not fit."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import json
import os
import sqlite3
import sys
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from adhere.areas.cookies.edge import make_routes
from adhere.areas.cookies.edging.making import FORM, Record, state
from adhere.areas.cookies.edging.notices import KnownNotice, after_months
from adhere.edge.app import Edge
from adhere.edge.limits import RateLimit
from adhere.edge.place import Place
from adhere.errors import Problem
from adhere.ledger.encoding import strict_json
from adhere.ledger.promises import OWN, check_promised, statement_sha256
from adhere.ledger.verify import verify_file

_spec = importlib.util.spec_from_file_location(
    "consent_cast", Path(__file__).with_name("consent_cast.py")
)
assert _spec
assert _spec.loader
cast = importlib.util.module_from_spec(_spec)
sys.modules["consent_cast"] = cast
_spec.loader.exec_module(cast)
SHOP, CLUB, OTHER, ORIGIN = cast.SHOP, cast.CLUB, cast.OTHER, cast.ORIGIN
ANNA, BRAM = "a" * 32, "b" * 32

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Visitor:
    """Asks the edge as a browser does; every call in the one event loop of the test.

    It runs in a thread of its own: a browser test may have left a loop running in this one.
    """

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        origin: str = ORIGIN,
        client: str = "127.0.0.1",
        **headers: str,
    ) -> Answer:
        return self.run(self.told(method, path, body, origin=origin, client=client, **headers))

    async def told(
        self, method: str, path: str, body: bytes, *, origin: str, client: str, **headers: str
    ) -> Answer:
        given = {"content-length": str(len(body)), "host": "edge.example"}
        if method == "POST":
            given["content-type"] = "application/json"
        if origin:
            given["origin"] = origin
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        path, _, query = path.partition("?")
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": path, "client": (client, 4711),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }  # fmt: skip
        await self.edge(scope, receive, send)
        fields = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], fields, b"".join(part["body"] for part in sent[1:]))

    def post(self, body: bytes, site: str = SHOP, **options: Any) -> Answer:
        return self.ask("POST", f"/e/{site}/consents", body,
                        **{"origin": cast.ORIGINS[site], **options})  # fmt: skip


def place() -> Place:
    """Where the tests' own database is."""
    from django.db import connection

    data = Path(os.environ["ADHERE_DATA"])
    if connection.vendor == "sqlite":
        link = data / "adhere.sqlite3"
        link.unlink(missing_ok=True)
        link.symlink_to(connection.settings_dict["NAME"])
        return Place(data)
    url = os.environ["ADHERE_DATABASE_URL"]
    return Place(data, url.rpartition("/")[0] + "/" + str(connection.settings_dict["NAME"]))


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    made = Visitor(Edge(place(), make_routes(place(), RateLimit(5.0, lambda: 0.0))))
    yield made
    made.close()


@pytest.fixture
def notice() -> str:
    """The shop with one notice; its SHA-256."""
    cast.put_site()
    return str(cast.put_notice())


def records() -> list[Any]:
    from adhere.areas.cookies.models import ConsentRecord

    return list(ConsentRecord.objects.select_related("entry").order_by("at"))


def test_an_answer_is_stored_before_it_is_confirmed(visitor: Visitor, notice: str) -> None:
    answer = visitor.post(cast.body(notice), user_agent="Mozilla/5.0 Chrome/140 Safari/537")
    receipt = answer.json
    (kept,) = records()
    assert answer.status == 201
    assert json.loads(kept.entry.record) == receipt["record"]
    assert (kept.id, kept.purposes) == (receipt["record"]["id"], {"necessary": True, **cast.ACCEPT})
    assert (kept.method, kept.language, kept.notice, kept.family) == (
        "accept", "en", notice, "chrome")  # fmt: skip
    assert kept.token_hash == hashlib.sha256(receipt["token"].encode()).hexdigest()
    assert kept.expires_at == after_months(kept.at, 6)
    assert abs(kept.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_its_entry_is_as_all_others_are(visitor: Visitor, notice: str) -> None:
    from adhere.core.recording import make_entry
    from adhere.ledger.commitments import canonical, commit

    visitor.post(cast.body(notice))
    (kept,) = records()
    record = json.loads(kept.entry.record)
    assert canonical(record).decode() == kept.entry.record
    assert commit(bytes(kept.entry.secret), record) == bytes(kept.entry.commitment)
    made = make_entry("consents", {k: v for k, v in record.items() if k != "kind"}, "", kept.at)
    same = ("kind", "record", "person", "recorded_at", "index", "erased_at")
    assert [getattr(made, name) for name in same] == [getattr(kept.entry, name) for name in same]


def test_the_plain_sql_knows_every_column_of_the_models() -> None:
    from adhere.areas.cookies.edging.storing import TABLE
    from adhere.areas.cookies.models import ConsentRecord
    from adhere.core.models import Entry
    from adhere.edge.entries import ENTRIES

    for table, model in ((TABLE, ConsentRecord), (ENTRIES, Entry)):
        columns = {field.column for field in model._meta.concrete_fields if not field.null}
        written = set(table.columns) | ({"id"} if model is Entry else set())
        assert (table.name, written) == (model._meta.db_table, columns)


def test_the_receipt_verifies_offline_and_names_all_that_was_said(
    visitor: Visitor, notice: str, tmp_path: Path
) -> None:
    given = {"preferences": True, "analytics": False, "marketing": False}
    body = cast.body(notice, "save", purposes={**given, "marketing:pixel-house": True})
    path = tmp_path / "receipt.json"
    path.write_bytes(visitor.post(body).body)
    found = verify_file(path)
    assert (found.ok, found.checked) == (True, 1)
    receipt = json.loads(path.read_bytes())
    processes = {each["dct:identifier"]: each.get("dpv:hasConsentStatus")
                 for each in receipt["dpv:hasProcess"]}  # fmt: skip
    assert processes == {
        "necessary": None,
        "preferences": "dpv:ConsentGiven",
        "analytics": "dpv:ConsentRefused",
        "marketing": "dpv:ConsentRefused",
        "marketing/Pixel House": "dpv:ConsentGiven",
    }
    assert receipt["dpv:hasNotice"]["dct:identifier"] == notice


def test_any_change_of_a_receipt_is_found(visitor: Visitor, notice: str) -> None:
    receipt = visitor.post(cast.body(notice)).json
    check_promised(receipt, None)
    for path in sorted(leaves(receipt), key=str):
        with pytest.raises(Problem):
            check_promised(changed(receipt, path), None)
    for name in set(receipt) - {"token"}:
        with pytest.raises(Problem):
            check_promised({key: value for key, value in receipt.items() if key != name}, None)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in pairs:
        if isinstance(each, dict | list):
            yield from leaves(each, (*path, name))
        else:
            yield (*path, name)


def changed(value: Any, path: tuple[Any, ...]) -> Any:
    """A copy with one leaf changed."""
    copy = strict_json(json.dumps(value).encode())
    at: Any = copy
    for name in path[:-1]:
        at = at[name]
    old = at[path[-1]]
    at[path[-1]] = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int) else (
        "changed" if old is None else old[:-2] + ("A" if old[-2:-1] != "A" else "B") + old[-1:]
        if old else "x")  # fmt: skip
    return copy


MANDATORY = {
    "schema version": ("dct:conformsTo",),
    "record id": ("dct:identifier",),
    "receipt id": ("@id",),
    "principal": ("dpv:hasDataSubject", "@id"),
    "notice": ("dpv:hasNotice", "dct:identifier"),
    "language": ("dct:language",),
    "purpose": ("dpv:hasProcess", 0, "dpv:hasPurpose", "dct:title"),
    "information": ("dpv:hasProcess", 0, "dpv:hasPersonalData", 0, "dct:identifier"),
    "type of information": ("dpv:hasProcess", 0, "dpv:hasPersonalData", 0, "dct:type"),
    "controllers": ("dpv:hasDataController", "@id"),
    "storage locations": ("dpv:hasStorageCondition", "dpv:hasLocation"),
    "retention": ("dpv:hasStorageCondition", "dpv:hasDuration"),
    "jurisdiction": ("dpv:hasJurisdiction",),
    "recipients": ("dpv:hasProcess", 0, "dpv:hasRecipient", 0, "dpv:hasName"),
    "withdrawal method": ("dpv:hasConsentControl", "dct:description"),
    "party id": ("dpv:hasDataController", "dpv:hasIdentifier"),
    "party address": ("dpv:hasDataController", "dpv:hasAddress"),
    "party name": ("dpv:hasDataController", "dpv:hasName"),
    "party contact": ("dpv:hasDataController", "dpv:hasContact"),
    "party type": ("dpv:hasDataController", "@type"),
    "event time": ("dct:date",),
    "validity": ("dct:valid",),
    "entity": ("dpv:isImplementedByEntity", "@id"),
    "event type": ("dpv:hasLegalBasis",),
    "event state": ("dpv:hasConsentStatus",),
}


def test_all_mandatory_fields_of_27560_are_filled(visitor: Visitor, notice: str) -> None:
    receipt = visitor.post(cast.body(notice)).json
    assert len(MANDATORY) == 25
    for path in MANDATORY.values():
        at: Any = receipt
        for name in path:
            at = at[name]
        assert at


def test_the_statement_of_a_form_never_changes() -> None:
    """Stored records name its hash: other terms need a form of their own."""
    from adhere.areas.cookies import config

    content = cast.content()
    text = config.content_text(content)
    known = KnownNotice(config.notice_sha256(text), SHOP, 1, "en", cast.EARLY, text)
    record = Record("2026-01-05T09:00:00+00:00", "2026-07-05T09:00:00+00:00", "", FORM, "1" * 32,
                    "consents", "en", "reject", known.sha256, "",
                    {"necessary": True, **cast.REJECT}, SHOP, "", ANNA, "", [])  # fmt: skip
    assert FORM == 1
    assert hashlib.sha256(state(known, record)).hexdigest() == GOLDEN
    statement = strict_json(state(known, record))
    assert statement_sha256(statement) == GOLDEN


GOLDEN = "6a41027bc684718e89e5aa3f854f42324c736b8ae9ab7561e6ab55d64226779f"


def test_a_retry_is_the_same_answer_and_no_second_record(visitor: Visitor, notice: str) -> None:
    body = cast.body(notice, key="once-and-for-all", subject=ANNA)
    first, again = visitor.post(body), visitor.post(body)
    beacon = visitor.post(body, content_type="text/plain;charset=UTF-8")
    header = visitor.post(cast.body(notice, subject=ANNA), idempotency_key="once-and-for-all")
    assert {each.body for each in (first, again, beacon, header)} == {first.body}
    assert len(records()) == 1


def test_retries_at_the_same_moment_are_one(visitor: Visitor, notice: str) -> None:
    body = cast.body(notice, key="once-and-for-all")
    options = {"origin": ORIGIN, "client": "127.0.0.1"}

    async def crowd() -> list[Answer]:
        asked = [visitor.told("POST", f"/e/{SHOP}/consents", body, **options) for _ in range(40)]
        return await asyncio.gather(*asked)

    answers = visitor.run(crowd())
    assert {(each.status, each.body) for each in answers} == {(201, answers[0].body)}
    assert len(records()) == 1


def test_a_key_used_for_another_answer_is_refused(visitor: Visitor, notice: str) -> None:
    visitor.post(cast.body(notice, key="once-and-for-all", subject=ANNA))
    other = visitor.post(cast.body(notice, "reject", key="once-and-for-all", subject=ANNA))
    assert (other.status, other.json["field"], len(records())) == (409, "key", 1)


def test_the_same_post_played_again_without_key_adds_nothing(visitor: Visitor, notice: str) -> None:
    body = cast.body(notice, subject=ANNA)
    assert visitor.post(body).body == visitor.post(body).body
    assert len(records()) == 1


def test_a_change_of_mind_is_chained(visitor: Visitor, notice: str) -> None:
    first = visitor.post(cast.body(notice, subject=ANNA)).json
    second = visitor.post(cast.body(notice, "withdraw", subject=ANNA)).json
    assert second["record"]["previous"] == first["record"]["id"]
    assert second["record"]["withdrawn"] == sorted(cast.ACCEPT)
    assert second["dpv:hasConsentStatus"] == "dpv:ConsentWithdrawn"


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
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert records() == []


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": ORIGIN + ".evil.example"}, 403),
        ({"origin": ORIGIN.replace("https", "http")}, 403),
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
    cast.put_site(OTHER)
    theirs = cast.put_notice(OTHER)
    assert visitor.post(cast.body(notice), OTHER).json["field"] == "notice"
    visitor.post(cast.body(notice, subject=ANNA))
    answer = visitor.post(cast.body(theirs, subject=ANNA), OTHER)
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

    visitor.ask("GET", f"/e/{SHOP}/banner.js")

    def gone(self: Any, *arguments: Any) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        for kind in (databases.Sqlite, databases.Postgresql):
            broken.setattr(kind, "insert_numbered", gone)
        answer = visitor.post(cast.body(notice, subject=ANNA))
    assert (answer.status, answer.headers["retry-after"], records()) == (503, "2", [])
    assert visitor.post(cast.body(notice, subject=ANNA)).status == 201


def test_preflights_are_answered_for_the_sites_own_pages(visitor: Visitor, notice: str) -> None:
    good = visitor.ask("OPTIONS", f"/e/{SHOP}/consents")
    bad = visitor.ask("OPTIONS", f"/e/{SHOP}/consents", origin="https://evil.example")
    assert (good.status, bad.status) == (204, 403)
    assert good.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-origin" not in bad.headers


def test_a_site_of_this_machine_answers_at_any_port(visitor: Visitor) -> None:
    cast.put_site(origins=["http://localhost:8000"])
    body = cast.body(cast.put_notice())
    near = visitor.post(body, origin="http://127.0.0.1:9123", host="127.0.0.1:9123")
    far = visitor.post(body, origin="http://evil.example", host="evil.example")
    assert (near.status, far.status) == (201, 403)


def bearer(receipt: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {receipt['token']}"}


def test_the_holder_reads_record_history_and_proof(
    visitor: Visitor, notice: str, tmp_path: Path
) -> None:
    from adhere.core.sequencing import settle

    first = visitor.post(cast.body(notice, subject=ANNA)).json
    second = visitor.post(cast.body(notice, "withdraw", subject=ANNA)).json
    path = f"/e/{SHOP}/consents/{first['record']['id']}"
    early = visitor.ask("GET", path, **bearer(first)).json
    assert (early["proof"], early["receipt"]) == (None, first)
    settle()
    found = visitor.ask("GET", path, **bearer(first)).json
    assert [each["id"] for each in found["history"]] == [
        each["record"]["id"] for each in (first, second)]  # fmt: skip
    assert found["state"] == {"necessary": "given", **dict.fromkeys(cast.ACCEPT, "withdrawn")}
    assert found["record"] == first["record"]
    assert {k: v for k, v in found["receipt"].items() if k not in OWN} == {
        k: v for k, v in first.items() if k not in OWN}  # fmt: skip
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(found["receipt"]))
    verified = verify_file(file)
    assert (verified.ok, f"leaf {found['index']} of" in verified.message) == (True, True)
    for broken in (changed(found["receipt"], ("proof",)), changed(found["receipt"], ("keys", 0))):
        file.write_text(json.dumps(broken))
        assert not verify_file(file).ok


def test_without_its_token_a_record_is_not_there(visitor: Visitor, notice: str) -> None:
    anna, bram = (visitor.post(cast.body(notice, subject=who)).json for who in (ANNA, BRAM))
    path = f"/e/{SHOP}/consents/"
    name = anna["record"]["id"]
    answers = [
        visitor.ask("GET", path + name),
        visitor.ask("GET", path + name, **bearer(bram)),
        visitor.ask("GET", path + name, authorization="Bearer "),
        visitor.ask("GET", path + name, authorization=f"Basic {anna['token']}"),
        visitor.ask("GET", path + "0" * 32, **bearer(anna)),
        visitor.ask("GET", path + "x", **bearer(anna)),
        visitor.ask("GET", f"{path}{name}?token={anna['token']}"),
    ]
    assert {(each.status, each.body) for each in answers} == {(404, answers[0].body)}


def test_an_answer_is_handed_to_a_site_of_the_group_once(visitor: Visitor, notice: str) -> None:
    for site in (CLUB, OTHER):
        cast.put_site(site)
        cast.put_notice(site)
    receipt = visitor.post(cast.body(notice, subject=ANNA)).json
    give = f"/e/{SHOP}/consents/{receipt['record']['id']}/handover"

    def take(site: str, code: str) -> Answer:
        return visitor.ask("POST", f"/e/{site}/handover", json.dumps({"code": code}).encode(),
                           origin=cast.ORIGINS[site])  # fmt: skip

    assert visitor.ask("POST", give).status == 404
    code = visitor.ask("POST", give, **bearer(receipt)).json["code"]
    found = take(CLUB, code)
    assert (found.status, found.json["purposes"], found.json["subject"]) == (
        200, receipt["record"]["purposes"], ANNA)  # fmt: skip
    assert take(CLUB, code).status == 404
    stolen = visitor.ask("POST", give, **bearer(receipt)).json["code"]
    assert (take(OTHER, stolen).status, take(CLUB, stolen).status) == (404, 404)


def test_the_banner_is_served_compressed_and_cached(visitor: Visitor, notice: str) -> None:
    import gzip

    import brotli

    dutch = cast.put_notice(language="nl")
    path = f"/e/{SHOP}/banner.js"
    plain = visitor.ask("GET", path, origin="")
    small = visitor.ask("GET", path, accept_encoding="gzip, deflate, br")
    zipped = visitor.ask("GET", path, accept_encoding="br;q=0, gzip")
    assert brotli.decompress(small.body) == gzip.decompress(zipped.body) == plain.body
    last = plain.body.decode().splitlines()[-1]
    assert json.loads(last[1:-1])["n"] == notice
    chosen = visitor.ask("GET", f"{path}?l=nl-BE").body.decode().splitlines()[-1]
    assert json.loads(chosen[1:-1])["n"] == dutch
    again = visitor.ask("GET", path, if_none_match=plain.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", plain.headers["etag"])


def test_a_site_that_is_not_active_has_nothing(visitor: Visitor, notice: str) -> None:
    cast.put_site(active=False)
    for path in (f"/e/{SHOP}/banner.js", "/e/nobody/banner.js"):
        answer = visitor.ask("GET", path)
        assert (answer.status, answer.headers["content-type"]) == (404, "application/json")
    assert visitor.post(cast.body(notice)).status == 404


def test_a_new_notice_is_served_within_seconds(visitor: Visitor, notice: str) -> None:
    import time

    path = f"/e/{SHOP}/banner.js"
    old = visitor.ask("GET", path).headers["etag"]
    cast.put_notice(number=2)
    time.sleep(1.1)
    assert visitor.ask("GET", path).headers["etag"] != old


def test_all_consents_go_out(visitor: Visitor, notice: str) -> None:
    from adhere.areas.cookies.outgoing import CONSENTS
    from adhere.core.exporting import written

    visitor.post(
        cast.body(notice, "save", subject=ANNA, purposes={**cast.REJECT, "analytics": True})
    )
    lines = b"".join(written(CONSENTS, "jsonl", CONSENTS.rows(None))).splitlines()
    (row,) = map(json.loads, lines)
    assert (row["given"], row["refused"]) == (
        ["analytics", "necessary"],
        ["marketing", "preferences"],
    )
    table = b"".join(written(CONSENTS, "csv", CONSENTS.rows(None))).decode().splitlines()
    assert (len(table), table[0].split(",")[:2]) == (2, ["id", "site"])


def asked(purposes: dict[str, bool]) -> dict[str, bool]:
    return {key: value for key, value in purposes.items() if key != "necessary"}


class Histories(RuleBasedStateMachine):
    """What any visitors answer in any order, beside a list in memory."""

    visitor: Visitor
    notice: str

    def __init__(self) -> None:
        super().__init__()
        from adhere.areas.cookies.models import ConsentRecord

        ConsentRecord.objects.all()._raw_delete("default")
        self.said: dict[str, list[tuple[str, dict[str, bool]]]] = {}
        self.receipts: dict[str, Any] = {}
        self.sent: list[tuple[bytes, bytes]] = []

    subjects = st.sampled_from([ANNA, BRAM, "c" * 32])
    choices = st.fixed_dictionaries(dict.fromkeys(cast.ACCEPT, st.booleans()))

    def answer(self, subject: str, method: str, purposes: dict[str, bool]) -> Answer:
        key = f"key-of-this-answer-{len(self.sent)}"
        body = cast.body(self.notice, method, subject=subject, key=key, purposes=purposes)
        found = self.visitor.post(body)
        if found.status == 201:
            self.said.setdefault(subject, []).append((method, purposes))
            self.receipts[subject] = found.json
            self.sent.append((body, found.body))
        return found

    @rule(subject=subjects, method=st.sampled_from(["accept", "reject", "gpc"]))
    def decide(self, subject: str, method: str) -> None:
        purposes = cast.ACCEPT if method == "accept" else cast.REJECT
        assert self.answer(subject, method, purposes).status == 201

    @rule(subject=subjects, purposes=choices)
    def save(self, subject: str, purposes: dict[str, bool]) -> None:
        assert self.answer(subject, "save", purposes).status == 201

    @rule(subject=subjects, purposes=choices)
    def withdraw(self, subject: str, purposes: dict[str, bool]) -> None:
        before = self.said.get(subject)
        fits = before and all(before[-1][1][key] for key, value in purposes.items() if value)
        wanted = 201 if fits else 422 if before else 409
        assert self.answer(subject, "withdraw", purposes).status == wanted

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        body, answered = data.draw(st.sampled_from(self.sent))
        assert self.visitor.post(body).body == answered

    @invariant()
    def the_history_is_what_was_said(self) -> None:
        for subject, receipt in self.receipts.items():
            path = f"/e/{SHOP}/consents/{receipt['record']['id']}"
            found = self.visitor.ask("GET", path, **bearer(receipt)).json
            told = [(each["method"], asked(each["purposes"])) for each in found["history"]]
            assert told == self.said[subject]
            now = told[-1][1]
            before = told[-2][1] if len(told) > 1 else {}
            assert {k: v for k, v in found["state"].items() if k != "necessary"} == {
                key: "given" if value else "withdrawn" if before.get(key) else "refused"
                for key, value in now.items()}  # fmt: skip


def test_any_history_reads_as_it_was_said(visitor: Visitor, notice: str) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    Histories.visitor, Histories.notice = visitor, notice
    chosen = settings(max_examples=15, stateful_step_count=12, deadline=None,
                      suppress_health_check=list(HealthCheck))  # fmt: skip
    run_state_machine_as_test(Histories, settings=chosen)

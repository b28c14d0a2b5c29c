"""Answers of visitors at the edge: stored once, chained, and proved by their receipt."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adhere.areas.cookies.edging.making import FORM, Record, state
from adhere.areas.cookies.edging.notices import KnownNotice, after_months
from adhere.errors import Problem
from adhere.ledger.encoding import strict_json
from adhere.ledger.promises import check_promised, statement_sha256
from adhere.ledger.verify import verify_file

from . import consent_cast as cast
from .consent_visitor import Answer, Visitor, changed, records

pytestmark = pytest.mark.django_db(transaction=True)


ANNA = "a" * 32


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
    known = KnownNotice(config.notice_sha256(text), cast.SHOP, 1, "en", cast.EARLY, text)
    record = Record("2026-01-05T09:00:00+00:00", "2026-07-05T09:00:00+00:00", "", FORM, "1" * 32,
                    "consents", "en", "reject", known.sha256, "",
                    {"necessary": True, **cast.REJECT}, cast.SHOP, "", ANNA, "", [])  # fmt: skip
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
    options = {"origin": cast.ORIGIN, "client": "127.0.0.1"}

    async def crowd() -> list[Answer]:
        asked = [
            visitor.told("POST", f"/e/{cast.SHOP}/consents", body, **options) for _ in range(40)
        ]
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

"""Records read back: by the holder of the receipt, by a website of the group, and in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from adhere.ledger.promises import OWN
from adhere.ledger.verify import verify_file

from . import consent_cast as cast
from .consent_visitor import Answer, Visitor, bearer, changed

pytestmark = pytest.mark.django_db(transaction=True)


ANNA = "a" * 32
BRAM = "b" * 32


def test_the_holder_reads_record_history_and_proof(
    visitor: Visitor, notice: str, tmp_path: Path
) -> None:
    from adhere.core.sequencing import settle

    first = visitor.post(cast.body(notice, subject=ANNA)).json
    second = visitor.post(cast.body(notice, "withdraw", subject=ANNA)).json
    path = f"/e/{cast.SHOP}/consents/{first['record']['id']}"
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
    path = f"/e/{cast.SHOP}/consents/"
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
    for site in (cast.CLUB, cast.OTHER):
        cast.put_site(site)
        cast.put_notice(site)
    receipt = visitor.post(cast.body(notice, subject=ANNA)).json
    give = f"/e/{cast.SHOP}/consents/{receipt['record']['id']}/handover"

    def take(site: str, code: str) -> Answer:
        return visitor.ask("POST", f"/e/{site}/handover", json.dumps({"code": code}).encode(),
                           origin=cast.ORIGINS[site])  # fmt: skip

    assert visitor.ask("POST", give).status == 404
    code = visitor.ask("POST", give, **bearer(receipt)).json["code"]
    found = take(cast.CLUB, code)
    assert (found.status, found.json["purposes"], found.json["subject"]) == (
        200, receipt["record"]["purposes"], ANNA)  # fmt: skip
    assert take(cast.CLUB, code).status == 404
    stolen = visitor.ask("POST", give, **bearer(receipt)).json["code"]
    assert (take(cast.OTHER, stolen).status, take(cast.CLUB, stolen).status) == (404, 404)


def test_the_banner_is_served_compressed_and_cached(visitor: Visitor, notice: str) -> None:
    import gzip

    import brotli

    dutch = cast.put_notice(language="nl")
    path = f"/e/{cast.SHOP}/banner.js"
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
    for path in (f"/e/{cast.SHOP}/banner.js", "/e/nobody/banner.js"):
        answer = visitor.ask("GET", path)
        assert (answer.status, answer.headers["content-type"]) == (404, "application/json")
    assert visitor.post(cast.body(notice)).status == 404


def test_a_new_notice_is_served_within_seconds(visitor: Visitor, notice: str) -> None:
    import time

    path = f"/e/{cast.SHOP}/banner.js"
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
            path = f"/e/{cast.SHOP}/consents/{receipt['record']['id']}"
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

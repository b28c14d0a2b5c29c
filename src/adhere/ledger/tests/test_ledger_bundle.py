"""Evidence bundles and receipts: what verifies, and which record is named when one does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adhere.errors import Problem
from adhere.ledger.bundle import Given, line_of
from adhere.ledger.checkpoints import Checkpoint
from adhere.ledger.commitments import commit
from adhere.ledger.encoding import b64
from adhere.ledger.keys import new_signer
from adhere.ledger.receipts import receipt
from adhere.ledger.tests.ledger_helpers import ORIGIN, SmallLog, record_of, secret_of
from adhere.ledger.verify import Verification, verify_file


def check(tmp_path: Path, data: bytes, key: str | None = None) -> Verification:
    path = tmp_path / "evidence.jsonl"
    path.write_bytes(data)
    return verify_file(path, key)


def broken(found: Verification) -> tuple[int | None, int | None]:
    assert not found.ok
    assert found.first_broken is not None
    return found.first_broken.index, found.first_broken.line


def changed(data: bytes, line: int, **change: Any) -> bytes:
    lines = data.splitlines(keepends=True)
    lines[line - 1] = line_of({**json.loads(lines[line - 1]), **change})
    return b"".join(lines)


def test_a_complete_bundle_verifies(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 600, erase=17)
    found = check(tmp_path, small.bundle(), small.key())
    assert (found.ok, found.what, found.checked) == (True, "evidence bundle", 600)
    assert found.message == (
        "complete evidence bundle: 600 records unchanged, 1 erased and said so, "
        f"ledger {ORIGIN} of 601 leaves; signed by the key given: "
        f"{ORIGIN} {small.signer.ed25519_verifier.fingerprint()}"
    )


def test_a_bundle_of_an_empty_log_verifies(tmp_path: Path) -> None:
    found = check(tmp_path, SmallLog(tmp_path / "ledger", 0).bundle())
    assert (found.ok, found.checked) == (True, 0)


def test_a_key_from_the_file_itself_is_said_to_be_so(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 3)
    message = check(tmp_path, small.bundle()).message
    assert "signed by a key carried in the file itself; compare its fingerprint" in message
    assert small.signer.ed25519_verifier.fingerprint() in message


def test_a_key_file_is_read_and_a_strangers_key_refused(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 3)
    keys = tmp_path / "log.pub"
    keys.write_text("# the log's keys\n" + "\n".join(small.signer.vkeys()) + "\n")
    assert check(tmp_path, small.bundle(), str(keys)).ok
    stranger = new_signer(ORIGIN)
    assert not check(tmp_path, small.bundle(), stranger.vkeys()[0]).ok
    keys.write_text("nonsense\n")
    with pytest.raises(Problem, match=r"log\.pub:1"):
        check(tmp_path, small.bundle(), str(keys))
    with pytest.raises(Problem, match="No such file"):
        check(tmp_path, small.bundle(), str(tmp_path / "absent"))


def test_a_partial_bundle_verifies_record_by_record(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 600)
    data = small.bundle(complete=False, given=small.given[5:300:7])
    found = check(tmp_path, data, small.key())
    assert (found.ok, found.checked) == (True, 43)
    assert broken(check(tmp_path, changed(data, 4, record=record_of(1)), small.key())) == (19, 4)
    assert broken(check(tmp_path, changed(data, 4, proof=[]), small.key())) == (19, 4)


def test_what_the_database_holds_is_exported_even_when_it_was_changed(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 9)
    given = list(small.given)
    given[4] = Given(4, {**record_of(4), "person": "Dirk V."}, secret_of(4))
    found = check(tmp_path, small.bundle(given=given))
    assert broken(found) == (4, 6)
    assert found.message.startswith("evidence bundle: record 4, line 6: the record or its secret")


def test_a_row_deleted_without_an_erasure_is_found(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 9, erase=2)
    assert check(tmp_path, small.bundle()).ok
    given = [each for each in small.given if each.index != 6]
    assert broken(check(tmp_path, small.bundle(given=given))) == (6, 8)


def test_a_record_that_its_erasure_names_may_not_be_there(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 9, erase=2)
    given = sorted([*small.given, Given(2, record_of(2), secret_of(2))], key=lambda g: g.index)
    assert broken(check(tmp_path, small.bundle(given=given))) == (2, 4)


def test_dropped_added_swapped_and_doubled_lines_are_named(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 9)
    lines = small.bundle().splitlines(keepends=True)

    def order(*numbers: int) -> bytes:
        return b"".join(lines[n] for n in numbers)

    assert broken(check(tmp_path, order(0, 1, 2, 4, 5, 6, 7, 8, 9, 10))) == (2, 4)
    assert broken(check(tmp_path, order(0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10))) == (3, 5)
    assert broken(check(tmp_path, order(0, 1, 3, 2, 4, 5, 6, 7, 8, 9, 10))) == (1, 3)
    assert broken(check(tmp_path, order(0, 1, 2, 3, 4, 5, 6, 7, 8, 10))) == (8, 10)
    assert broken(check(tmp_path, order(0, 1, 2, 3))) == (None, 5)
    assert broken(check(tmp_path, order(*range(11)) + b"\n")) == (None, 12)
    assert broken(check(tmp_path, order(*range(11)).rstrip())) == (None, 11)


@pytest.mark.parametrize("count", [9, 600])
def test_a_forged_record_with_a_fresh_commitment_is_narrowed_down(
    tmp_path: Path, count: int
) -> None:
    small = SmallLog(tmp_path / "ledger", count)
    forged = {**record_of(5), "minutes": 0}
    fresh = b64(commit(secret_of(5), forged))
    data = changed(small.bundle(), 7, record=forged, commitment=fresh)
    assert broken(check(tmp_path, data)) == ((5, 7) if count == 9 else (0, 2))
    last = {**record_of(count - 1), "minutes": 0}
    fresh = b64(commit(secret_of(count - 1), last))
    data = changed(small.bundle(), count + 1, record=last, commitment=fresh)
    assert broken(check(tmp_path, data)) == (count - 1, count + 1)


@pytest.mark.parametrize(
    "change",
    [
        {"size": 8},
        {"complete": False},
        {"root": b64(bytes(32))},
        {"origin": "stranger.example/log"},
        {"format": "adhere-evidence/2", "origin": "adhere-evidence/1"},
        {"keys": []},
        {"more": 1},
    ],
)
def test_a_changed_header_is_line_one(tmp_path: Path, change: dict[str, Any]) -> None:
    small = SmallLog(tmp_path / "ledger", 9)
    assert broken(check(tmp_path, changed(small.bundle(), 1, **change))) in ((None, 1), (0, 2))


def test_a_bundle_resealed_by_a_stranger_fails_under_the_right_key(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 9)
    stranger = SmallLog(tmp_path / "other", 9)
    assert broken(check(tmp_path, stranger.bundle(), small.key())) == (None, 1)


def test_a_receipt_verifies_without_the_server(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 300)
    content = receipt(record_of(7), secret_of(7), small.log.proof(7), small.signer.vkeys())
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False))
    found = verify_file(path, small.key())
    assert (found.ok, found.what, found.checked) == (True, "receipt", 1)
    assert len(content["keys"]) == 2
    assert verify_file(path).ok
    path.write_text(json.dumps({**content, "record": record_of(8)}))
    found = verify_file(path, small.key())
    assert (found.ok, found.message) == (
        False,
        "receipt: proof: the proof does not lead from this record to the signed root",
    )


def test_a_receipt_under_a_head_signed_once_lists_one_key(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 5)
    proof = small.log.proof(3, small.log.sign())
    content = receipt(record_of(3), secret_of(3), proof, small.signer.vkeys())
    assert content["keys"] == small.signer.vkeys()[:1]
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(content))
    assert verify_file(path, "\n".join(small.signer.vkeys())).ok


def test_other_receipts_stay_valid_after_an_erasure(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 5)
    before = receipt(record_of(3), secret_of(3), small.log.proof(3), small.signer.vkeys())
    small.log.append([bytes(32)] * 50)
    small.log.publish()
    after = receipt(record_of(3), secret_of(3), small.log.proof(3), small.signer.vkeys())
    for content in (before, after):
        path = tmp_path / "receipt.json"
        path.write_text(json.dumps(content))
        assert verify_file(path, small.key()).ok


@pytest.mark.parametrize("text", ["", "hello", "{}", '{"receipt": "other"}'])
def test_other_files_are_refused_as_such(tmp_path: Path, text: str) -> None:
    with pytest.raises(Problem, match="neither a receipt nor an evidence bundle"):
        check(tmp_path, text.encode())


def test_a_checkpoint_signed_for_another_size_does_not_pass(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 9)
    head = Checkpoint(ORIGIN, 8, small.log.root(8))
    note = small.signer.sign(head).format()
    data = changed(small.bundle(), 1, checkpoint=note, size=8, root=b64(head.root))
    assert broken(check(tmp_path, data)) == (8, 10)

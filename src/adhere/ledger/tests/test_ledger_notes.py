"""Notes, keys, checkpoints, proofs and tile addresses: what is read, and what is refused."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adhere.errors import Problem
from adhere.ledger.checkpoints import Checkpoint, parse_checkpoint
from adhere.ledger.commitments import commit, erased_by, erasure_record, new_secret
from adhere.ledger.encoding import strict_json, unb64
from adhere.ledger.keys import create_keys, load_keys, load_or_create_keys, new_signer
from adhere.ledger.merkle import leaf_hash
from adhere.ledger.notes import Note, Signature, parse_note, verify_note
from adhere.ledger.proofs import TlogProof, parse_proof
from adhere.ledger.tests.ledger_helpers import ORIGIN
from adhere.ledger.tiles import TileAddress, parse_path, width_at
from adhere.ledger.verifiers import COSIGNATURE, Verifier, ed25519_cosigned, parse_vkey

SIGNER = new_signer(ORIGIN)
HEAD = Checkpoint(ORIGIN, 1, leaf_hash(b"Anna"))


def test_a_checkpoint_is_signed_by_both_keys_and_read_back() -> None:
    text = SIGNER.sign(HEAD, now=1_780_000_000).format()
    note = parse_note(text)
    assert note.format() == text
    assert parse_checkpoint(note.text) == HEAD
    assert verify_note(note, SIGNER.verifiers) == SIGNER.verifiers
    assert len(SIGNER.verifiers) == 2


def test_the_time_of_the_ml_dsa_cosignature_is_signed() -> None:
    note = SIGNER.sign(HEAD, now=1_780_000_000)
    log, cosigned = note.signatures
    later = Signature(cosigned.name, cosigned.key_id, bytes(8) + cosigned.blob[8:])
    with pytest.raises(Problem, match="is wrong"):
        verify_note(Note(note.text, (log, later)), SIGNER.verifiers)


def test_a_witness_cosignature_is_known_by_its_own_type() -> None:
    private = Ed25519PrivateKey.generate()
    witness = Verifier("witness.example/w1", COSIGNATURE, private.public_key().public_bytes_raw())
    blob = (7).to_bytes(8, "big") + private.sign(ed25519_cosigned(7, HEAD.text()))
    note = SIGNER.sign(HEAD)
    line = Signature(witness.name, witness.key_id, blob)
    both = Note(note.text, (*note.signatures, line))
    assert verify_note(both, [witness]) == (witness,)
    assert verify_note(both, SIGNER.verifiers) == SIGNER.verifiers
    assert not witness.verify(HEAD.text(), (8).to_bytes(8, "big") + blob[8:])


def test_unknown_keys_are_passed_over_but_one_known_must_sign() -> None:
    note = SIGNER.sign(HEAD)
    stranger = new_signer("stranger.example/log")
    assert verify_note(note, [*stranger.verifiers, *SIGNER.verifiers]) == SIGNER.verifiers
    with pytest.raises(Problem, match="not signed by a known key"):
        verify_note(note, stranger.verifiers)


def test_a_vkey_is_read_back_and_a_wrong_one_refused() -> None:
    for verifier in SIGNER.verifiers:
        assert parse_vkey(verifier.vkey()) == verifier
    vkey = SIGNER.ed25519_verifier.vkey()
    for wrong in ("", "name", vkey + "=", "x" + vkey, vkey.replace("+", "-", 1), vkey[:-4]):
        with pytest.raises(Problem):
            parse_vkey(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n- name AAAAAAA=\n",
        "text\n\n— na+me AAAAAAA=\n",
        "text\n\n— name AAAAAAA=",
        "text\n\n— name AAAAAAB=\n",
        "text\n\n— name AAAA\n",
        "te\txt\n\n— name AAAAAAA=\n",
        "text\n\n" + "— name AAAAAAA=\n" * 65,
    ],
)
def test_a_malformed_note_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        parse_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "o\n1\n",
        HEAD.text() + "more\n",
        HEAD.text().replace("\n1\n", "\n01\n"),
        HEAD.text().replace("\n1\n", "\n-1\n"),
        HEAD.text().replace("\n1\n", "\n٣\n"),
        HEAD.text().replace("\n1\n", f"\n{1 << 63}\n"),
        HEAD.text().replace(ORIGIN, "a b"),
        HEAD.text().replace(ORIGIN, ""),
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        parse_checkpoint(text)


def test_a_proof_is_read_back_and_verifies_its_own_leaf_only() -> None:
    proof = TlogProof(0, (), SIGNER.sign(HEAD), extra=b"opaque")
    read = parse_proof(proof.format())
    assert read == proof
    assert read.verify(b"Anna", SIGNER.verifiers) == (HEAD, list(SIGNER.verifiers))
    with pytest.raises(Problem, match="does not lead"):
        read.verify(b"Bram", SIGNER.verifiers)


def test_a_malformed_proof_is_refused() -> None:
    text = TlogProof(0, (bytes(32),), SIGNER.sign(HEAD)).format()
    for old, new in (
        ("@v1", "@v2"),
        ("index 0", "index 00"),
        ("index 0\n", ""),
        ("index 0\n", "index 0\nAAAA\n"),
        ("index 0\n", "index 0\n" + "A" * 43 + "=\n" * 64),
        ("\n\n", "\n"),
    ):
        with pytest.raises(Problem):
            parse_proof(text.replace(old, new))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (TileAddress(0, 1234067), "tile/0/x001/x234/067"),
        (TileAddress(0, 1234067, 12), "tile/0/x001/x234/067.p/12"),
        (TileAddress(3, 0, 255), "tile/3/000.p/255"),
        (TileAddress(None, 1000), "tile/entries/x001/000"),
    ],
)
def test_tile_addresses(address: TileAddress, path: str) -> None:
    assert (address.path(), parse_path(path)) == (path, address)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/00/000",
        "tile/8/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/001/002",
        "tile/-1/000",
        "tile/0/../000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "checkpoint",
    ],
)
def test_no_other_spelling_of_a_tile(path: str) -> None:
    with pytest.raises(Problem, match="names no tile"):
        parse_path(path)


def test_widths_follow_from_the_size() -> None:
    assert [width_at(256, 0, 0), width_at(256, 0, 1), width_at(256, 1, 0)] == [256, 0, 1]
    assert [width_at(70_000, 0, 273), width_at(70_000, 1, 1), width_at(70_000, 2, 0)] == [
        112,
        17,
        1,
    ]


def test_keys_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.json"
    made = load_or_create_keys(path, ORIGIN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_create_keys(path, ORIGIN).vkeys() == made.vkeys()
    with pytest.raises(Problem, match="never overwritten"):
        create_keys(path, ORIGIN)
    path.chmod(0o644)
    with pytest.raises(Problem, match="read by others"):
        load_keys(path)


@pytest.mark.parametrize("change", [{"format": "x"}, {"ed25519": "AA=="}, {"origin": 3}])
def test_a_malformed_key_file_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "log.json"
    create_keys(path, ORIGIN)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(Problem, match=r"log\.json"):
        load_keys(path)


def test_a_commitment_hides_its_record_and_holds_it() -> None:
    secret, record = new_secret(), {"kind": "visit", "person": "Chloé", "n": 1}
    assert commit(secret, record) == commit(secret, dict(reversed(record.items())))
    assert commit(secret, record) != commit(secret, {**record, "n": 2})
    assert commit(secret, record) != commit(new_secret(), record)
    for wrong in ({"n": 1 << 60}, {"n": float("nan")}, {"n": {1, 2}}, {"n": "\ud800"}, {1: 2}):
        with pytest.raises(Problem, match="canonical"):
            commit(secret, wrong)
    with pytest.raises(Problem, match="32 bytes"):
        commit(b"short", record)


def test_an_erasure_names_earlier_leaves_only() -> None:
    record = erasure_record([4, 2, 4], "2026-04-01T12:00:00Z")
    assert erased_by(record, 5) == [2, 4]
    for index, wrong in ((4, [4]), (5, []), (5, [True]), (5, [-1]), (5, "2"), (5, None)):
        with pytest.raises(Problem):
            erased_by({**record, "indexes": wrong}, index)


@pytest.mark.parametrize("text", ['{"a":1,"a":1}', '{"a":NaN}', "[]", "{", '"a"', "[" * 99999])
def test_json_is_read_strictly(text: str) -> None:
    with pytest.raises(Problem):
        strict_json(text.encode())


@pytest.mark.parametrize("text", ["AB==", "AA", "AA==\n", "A A=", "é", 3, None])
def test_base64_has_one_spelling(text: object) -> None:
    with pytest.raises(Problem):
        unb64(text)

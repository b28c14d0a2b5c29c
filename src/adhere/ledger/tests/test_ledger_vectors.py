"""The published vectors of transparency-dev/merkle and tessera, and the C2SP note example.

They stand in one JSON file outside this repository: ``LEDGER_VECTORS``, or
``../shared/vectors/ledger.json`` beside the checkout; without it these tests are skipped.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest

from adhere.ledger.checking import verify_consistency, verify_inclusion
from adhere.ledger.checkpoints import parse_checkpoint
from adhere.ledger.merkle import leaf_hash, root_of
from adhere.ledger.notes import parse_note, verify_note
from adhere.ledger.tiles import TileAddress
from adhere.ledger.verifiers import parse_vkey

BESIDE = Path(__file__).parents[4].parent / "shared" / "vectors" / "ledger.json"
FILE = Path(os.environ.get("LEDGER_VECTORS", BESIDE))


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    if not FILE.exists():
        pytest.skip("the published vectors are not at hand")
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def hashes(texts: list[str] | None) -> list[bytes]:
    return [raw(text) for text in texts or []]


def test_inclusion(vectors: dict[str, Any]) -> None:
    wrong = []
    for case in vectors["inclusion"]:
        proof, root = hashes(case["proof"]), raw(case["root"])
        leaf = raw(case["leafHash"])
        ok = verify_inclusion(leaf, case["leafIdx"], case["treeSize"], proof, root)
        if ok == case["wantErr"]:
            wrong.append(case["file"])
    assert (len(vectors["inclusion"]), wrong) == (98, [])


def test_consistency(vectors: dict[str, Any]) -> None:
    wrong = []
    for case in vectors["consistency"]:
        roots = raw(case["root1"]), raw(case["root2"])
        ok = verify_consistency(case["size1"], case["size2"], hashes(case["proof"]), *roots)
        if ok == case["wantErr"]:
            wrong.append(case["file"])
    assert (len(vectors["consistency"]), wrong) == (98, [])


def test_a_tessera_log_is_the_same_tree(vectors: dict[str, Any]) -> None:
    files = {name: raw(data) for name, data in vectors["tessera"].items()}
    known = [parse_vkey(vectors["tessera_vkey"])]
    for size in range(16):
        text = files[f"checkpoint.{size}"].decode()
        note = parse_note(text)
        assert note.format() == text
        assert verify_note(note, known) == tuple(known)
        bundle = files.get(TileAddress(None, 0, size).path(), b"")
        leaves = []
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            leaves.append(leaf_hash(bundle[2 : 2 + length]))
            bundle = bundle[2 + length :]
        head = parse_checkpoint(note.text)
        assert (head.size, head.root) == (size, root_of(leaves))
        assert files.get(TileAddress(0, 0, size).path(), b"") == b"".join(leaves)


def test_the_note_of_the_specification(vectors: dict[str, Any]) -> None:
    key = parse_vkey(vectors["note"]["vkey"])
    assert key.vkey() == vectors["note"]["vkey"]
    assert verify_note(parse_note(vectors["note"]["note"]), [key]) == (key,)

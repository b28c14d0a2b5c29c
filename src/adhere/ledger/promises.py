"""The promised receipt: given at once, before its record's leaf is in the tree.

A promise is a signed note of the log: its first line ``promise/v1 <origin>`` (no checkpoint can
begin so), then the commitment and the time. The receipt is one JSON object: a statement in
any vocabulary, and beside it ``receipt``, ``record``, ``secret``, ``commitment``, ``promise``
and ``keys``; once sequenced also ``proof``. The record names the SHA-256 of the statement's
canonical JSON, so nothing in it can be changed. ``token`` lets its holder read the record on
the server that gave it; the record names its SHA-256.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from adhere.errors import Problem
from adhere.ledger.commitments import SECRET_SIZE, canonical, commit
from adhere.ledger.encoding import b64, unb64
from adhere.ledger.keys import Signer
from adhere.ledger.notes import Note, parse_note, verify_note
from adhere.ledger.proofs import parse_proof
from adhere.ledger.trust import Trust, listed_keys
from adhere.ledger.verifiers import Verifier

FORMAT = "adhere-promise/1"
_HEAD = "promise/v1 "
_NEEDED = {"receipt", "record", "secret", "commitment", "promise", "keys"}
OWN = _NEEDED | {"proof", "token"}


@dataclass(frozen=True, slots=True)
class Promise:
    """What a log promised: to take ``commitment``, recorded ``at`` (ISO 8601), into its tree."""

    origin: str
    commitment: bytes
    at: str

    def text(self) -> str:
        return f"{_HEAD}{self.origin}\n{b64(self.commitment)}\n{self.at}\n"


def promise(signer: Signer, commitment: bytes, at: str) -> str:
    """The signed note; about 0.05 ms."""
    return signer.sign_text(Promise(signer.origin, commitment, at).text()).format()


def parse_promise(note: Note) -> Promise:
    """Reads a promise's text; raises Problem if it is none. Checks no signature."""
    lines = note.text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0].startswith(_HEAD):
        raise Problem("is no promise", field="promise", expected="origin, commitment and time")
    return Promise(lines[0].removeprefix(_HEAD), unb64(lines[1], size=32), lines[2])


def statement_sha256(statement: Mapping[str, Any]) -> str:
    """The hash by which a record names the statement that its receipt carries."""
    return sha256(canonical(statement)).hexdigest()


def check_promised(content: Mapping[str, Any], trust: Trust | None) -> tuple[int | None, Trust]:
    """The leaf number where there is a proof, and whose keys were used; else raises Problem."""
    if not content.keys() >= _NEEDED or content["receipt"] != FORMAT:
        raise Problem("has not the fields of a receipt", expected=", ".join(sorted(_NEEDED)))
    record = content["record"]
    if not isinstance(record, dict):
        raise Problem("is no object", field="record")
    secret = unb64(content["secret"], size=SECRET_SIZE, field="secret")
    entry = commit(secret, record)
    if not hmac.compare_digest(unb64(content["commitment"], size=32, field="commitment"), entry):
        raise Problem("does not belong to this record", field="commitment")
    _check_statement(content, record)
    listed = listed_keys(content["keys"])
    used = trust or Trust(listed, carried=True)
    signed = _check_promise(content["promise"], entry, record, (*used.keys, *listed))
    index = None
    if "proof" in content:
        index, more = _check_proof(content["proof"], entry, (*used.keys, *listed))
        signed |= more
    if set(listed) - signed:
        raise Problem("a key listed in the file has not signed", field="keys")
    trusted = tuple(key for key in used.keys if key in signed)
    if not trusted:
        raise Problem("is not signed by a known key", field="signature")
    return index, Trust(trusted, used.carried)


def _check_statement(content: Mapping[str, Any], record: Mapping[str, Any]) -> None:
    statement = {name: value for name, value in content.items() if name not in OWN}
    if record.get("statement") != statement_sha256(statement):
        raise Problem("the statement is not the one that was recorded", field="record")
    token = content.get("token", "")
    if not isinstance(token, str):
        raise Problem("is not text", field="token")
    if token and sha256(token.encode()).hexdigest() != record.get("token_hash"):
        raise Problem("does not belong to this record", field="token")


def _check_promise(
    text: object, entry: bytes, record: Mapping[str, Any], keys: tuple[Verifier, ...]
) -> set[Verifier]:
    note = _note(text, "promise")
    found = parse_promise(note)
    signed = verify_note(note, keys)
    if not any(key.name == found.origin for key in signed):
        raise Problem("is not signed by the log itself", field="promise")
    if found.commitment != entry:
        raise Problem("promises another record", field="promise")
    if found.at != record.get("at"):
        raise Problem("was made at another time than the record", field="promise")
    return set(signed)


def _check_proof(
    text: object, entry: bytes, keys: tuple[Verifier, ...]
) -> tuple[int, set[Verifier]]:
    if not isinstance(text, str):
        raise Problem("is not text", field="proof")
    proof = parse_proof(text)
    if proof.extra is not None:
        raise Problem("carries an extra line that nobody signed", field="proof")
    _, signed = proof.verify(entry, keys)
    return proof.index, set(signed)


def _note(text: object, field: str) -> Note:
    if not isinstance(text, str):
        raise Problem("is not text", field=field)
    note = parse_note(text)
    if note.format() != text:
        raise Problem("is not written as a note is", field=field)
    return note

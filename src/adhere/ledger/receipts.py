"""The receipt: record, secret and proof of one leaf, for the person it is about.

``{"receipt": "adhere-receipt/1", "record", "secret", "proof", "keys"}``; it stays verifiable
after the record was erased here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adhere.errors import Problem
from adhere.ledger.commitments import SECRET_SIZE, commit
from adhere.ledger.encoding import b64, unb64
from adhere.ledger.proofs import parse_proof
from adhere.ledger.trust import Trust, listed_keys, require_listed

FORMAT = "adhere-receipt/1"
_FIELDS = {"receipt", "record", "secret", "proof", "keys"}


def receipt(
    record: Mapping[str, Any], secret: bytes, proof: str, keys: Sequence[str]
) -> dict[str, Any]:
    """The JSON of a receipt: ``proof`` from ``LogReader.proof``, ``keys`` from ``Signer.vkeys``."""
    signed = parse_proof(proof).checkpoint.signatures
    shown = {(each.name, each.key_id.hex()) for each in signed}
    return {
        "receipt": FORMAT,
        "record": dict(record),
        "secret": b64(secret),
        "proof": proof,
        # Only keys that signed: a receipt may come before the published, twice signed head.
        "keys": [key for key in keys if tuple(key.split("+")[:2]) in shown],
    }


def check_receipt(content: Mapping[str, Any], trust: Trust | None) -> tuple[int, Trust]:
    """The receipt's leaf number, and whose keys were used; raises Problem if anything is wrong."""
    if set(content) != _FIELDS or content["receipt"] != FORMAT:
        raise Problem("has not the fields of a receipt", expected=", ".join(sorted(_FIELDS)))
    if not isinstance(content["record"], dict) or not isinstance(content["proof"], str):
        raise Problem("has fields of the wrong type", expected="record: object, proof: text")
    proof = parse_proof(content["proof"])
    if proof.extra is not None:
        raise Problem("carries an extra line that nobody signed", field="proof")
    listed = listed_keys(content["keys"])
    used = trust or Trust(listed, carried=True)
    entry = commit(unb64(content["secret"], size=SECRET_SIZE, field="secret"), content["record"])
    _, signed = proof.verify(entry, used.keys)
    require_listed(listed, proof.checkpoint, signed)
    return proof.index, Trust(tuple(signed), used.carried)

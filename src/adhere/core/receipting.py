"""The signed receipt of a record, for the person it is about."""

from __future__ import annotations

import json
from typing import Any

from adhere.core.evidence import parsed
from adhere.core.models import Entry
from adhere.core.sequencing import reader, settle, signer
from adhere.errors import Problem
from adhere.ledger.receipts import receipt


def receipt_of(entry: Entry) -> bytes:
    """The JSON file that ``adhere verify`` accepts; a ``Problem`` where the record is erased."""
    settle()
    entry.refresh_from_db()
    if entry.index is None or not entry.record:
        raise Problem("the record has been erased", expected="a record that is still here")
    with reader() as log:
        proof = log.proof(entry.index)
    made: dict[str, Any] = receipt(
        parsed(entry.index, entry.record), bytes(entry.secret), proof, signer().vkeys()
    )
    return json.dumps(made, ensure_ascii=False, indent=2).encode() + b"\n"

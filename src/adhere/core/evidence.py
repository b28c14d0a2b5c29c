"""The evidence bundle of this installation: every record with its proof."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from adhere.core.evidence_choosing import Chosen, checked, entries_of
from adhere.core.sequencing import reader, settle, signer
from adhere.errors import Problem
from adhere.ledger.bundle import Given, write_bundle

CHUNK = 2_000


EVERYTHING = Chosen()


def export_evidence(out: BinaryIO, chosen: Chosen = EVERYTHING) -> int:
    """Write the bundle that ``adhere verify`` accepts; how many leaves it holds.

    Where not everything is chosen, only those records, each with its own proof.
    """
    checked(chosen)
    settle()
    with reader() as log:
        return write_bundle(out, log, signer(), _given(chosen), complete=chosen.whole)


def _given(chosen: Chosen) -> Iterator[Given]:
    for entries in entries_of(chosen):
        rows = entries.values_list("index", "record", "secret").iterator(chunk_size=CHUNK)
        for index, record, secret in cast("Iterator[tuple[int, str, bytes]]", rows):
            yield Given(index, parsed(index, record), bytes(secret))


def parsed(index: int, record: str) -> dict[str, Any]:
    """A record as it was committed to; a ``Problem`` where it is no JSON any more."""
    try:
        found = json.loads(record)
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise Problem(
            f"the record of leaf {index} was changed in the database and is no JSON any more",
            expected="the record as it was written",
        )
    return found

"""The evidence bundle of this installation: every record with its proof."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, cast

from adhere.core.models import Entry
from adhere.core.sequencing import reader, settle, signer
from adhere.errors import Problem
from adhere.ledger.bundle import Given, write_bundle

CHUNK = 2_000


def export_evidence(out: BinaryIO, since: datetime | None = None) -> int:
    """Write the bundle that ``adhere verify`` accepts; how many leaves it holds.

    With ``since`` only the records from then on, each with its own proof.
    """
    settle()
    with reader() as log:
        return write_bundle(out, log, signer(), _given(since), complete=since is None)


def _given(since: datetime | None) -> Iterator[Given]:
    entries = Entry.objects.exclude(record="").filter(index__isnull=False).order_by("index")
    if since:
        entries = entries.filter(recorded_at__gte=since)
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

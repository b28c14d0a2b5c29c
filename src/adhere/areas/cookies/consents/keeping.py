"""Rows of answers that are made here and not at the edge, as the edge would have kept them."""

from __future__ import annotations

from datetime import datetime

from adhere.areas.cookies.edging.making import KIND, Wanted, encoded, new_record
from adhere.areas.cookies.models import ConsentRecord
from adhere.core.models import Entry
from adhere.edge.entries import new_entry

_SAME = ("site", "notice", "language", "method", "purposes", "subject", "previous", "token_hash",
         "family")  # fmt: skip


def new_row(wanted: Wanted) -> ConsentRecord:
    """A record and its entry, neither of them saved yet; it is proved and read like any other."""
    held, _statement, expires = new_record(wanted)
    at: datetime = wanted.at
    made = new_entry(KIND, encoded(held), at)
    entry = Entry(
        kind=made.kind,
        record=made.record.decode(),
        secret=made.secret,
        commitment=made.commitment,
        recorded_at=at,
    )
    values = {name: getattr(held, name) for name in _SAME}
    return ConsentRecord(id=held.id, at=at, expires_at=expires, entry=entry, **values)

"""Ledger entries as plain SQL: the same rows that ``core.recording.make_entry`` saves."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

import msgspec

from adhere.edge.databases import Database, Table
from adhere.ledger.commitments import new_secret

ENTRIES = Table(
    "core_entry",
    {
        "kind": "text",
        "record": "text",
        "secret": "bytes",
        "commitment": "bytes",
        "person": "text",
        "recorded_at": "time",
    },
)


class NewEntry(msgspec.Struct, frozen=True):
    """One record as canonical JSON with its commitment; ``at`` as ``databases.Table`` takes it."""

    kind: str
    record: bytes
    secret: bytes
    commitment: bytes
    at: datetime | str


def new_entry(
    kind: str, record: bytes, at: datetime | str, secret: bytes | None = None
) -> NewEntry:
    """Commits to ``record``, which is canonical JSON (RFC 8785) already.

    A ``secret`` that was drawn with others at once is this record's alone.
    """
    secret = secret or new_secret()
    # ``hmac.digest`` would let go of the interpreter, which costs more than the work itself.
    commitment = hmac.new(secret, record, "sha256").digest()
    return NewEntry(kind, record, secret, commitment, at)


def store_entries(database: Database, entries: Sequence[NewEntry]) -> list[int]:
    """Store them in the running transaction; their ids in order."""
    return database.insert_numbered(
        ENTRIES,
        [(each.kind, each.record.decode(), each.secret, each.commitment, "", each.at)
         for each in entries],
    )  # fmt: skip

"""Ledger entries as plain SQL: the same rows that ``core.recording.make_entry`` saves."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One record as canonical JSON with its commitment."""

    kind: str
    record: bytes
    secret: bytes
    commitment: bytes
    at: datetime


def new_entry(kind: str, record: bytes, at: datetime) -> NewEntry:
    """Commits to ``record``, which is canonical JSON (RFC 8785) already."""
    secret = new_secret()
    return NewEntry(kind, record, secret, hmac.digest(secret, record, "sha256"), at)


def store_entries(database: Database, entries: Sequence[NewEntry]) -> list[int]:
    """Store them in the running transaction; their ids in order."""
    return database.insert_numbered(
        ENTRIES,
        [(each.kind, each.record.decode(), each.secret, each.commitment, "", each.at)
         for each in entries],
    )  # fmt: skip

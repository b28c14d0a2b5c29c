"""From an answer to its record and statement, and the same again from what was stored."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from adhere.areas.cookies.edging.notices import KnownNotice, after_months
from adhere.areas.cookies.edging.statements import Said

KIND = "consents"
# Which terms the statement is written in; others get a number of their own, beside these.
FORM = 1
_PART = 2_047
Purposes = Mapping[str, bool]


class Record(msgspec.Struct, gc=False):
    """What the ledger commits to. Its fields stand in the order of canonical JSON."""

    at: str
    expires_at: str
    family: str
    form: int
    id: str
    kind: str
    language: str
    method: str
    notice: str
    previous: str
    purposes: dict[str, bool]
    site: str
    statement: str
    subject: str
    token_hash: str
    withdrawn: list[str]


class Made(msgspec.Struct, frozen=True):
    """What a receipt is made of; ``text`` is the record as canonical JSON.

    ``token`` lets its holder read the record; it may be left out, as it can be made again.
    """

    record: Record
    text: bytes
    secret: bytes
    commitment: bytes
    statement: bytes
    token: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """What decides a new record."""

    id: str
    notice: KnownNotice
    method: str
    purposes: Purposes
    subject: str
    previous: str
    token_hash: str
    family: str
    at: datetime
    withdrawn: Collection[str]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Record).decode


def new_record(wanted: Wanted) -> tuple[Record, bytes, datetime]:
    """The record, its statement, and when it ends."""
    notice = wanted.notice
    expires = after_months(wanted.at, notice.months)
    # In the order of their keys, as canonical JSON has them.
    purposes = {key: wanted.purposes[key] for key in notice.keys if key in wanted.purposes}
    record = Record(
        wanted.at.isoformat(),
        expires.isoformat(),
        wanted.family,
        FORM,
        wanted.id,
        KIND,
        notice.language,
        wanted.method,
        notice.sha256,
        wanted.previous,
        purposes,
        notice.site,
        "",
        wanted.subject,
        wanted.token_hash,
        sorted(wanted.withdrawn),
    )
    statement = state(notice, record)
    record.statement = _sha256(statement)
    return record, statement, expires


def state(notice: KnownNotice, record: Record) -> bytes:
    """A record's statement as canonical JSON."""
    said = Said(
        record.id,
        record.subject,
        record.at,
        record.expires_at,
        record.method,
        record.purposes,
        record.withdrawn,
    )
    return notice.form.fill(said)


def _sha256(data: bytes) -> str:
    """In parts: for more at once the interpreter is let go, which costs more than the hash."""
    found = sha256()
    for start in range(0, len(data), _PART):
        found.update(data[start : start + _PART])
    return found.hexdigest()


def encoded(record: Record) -> bytes:
    """A record as canonical JSON: ASCII, and its fields and keys in order already."""
    return _encode(record)


def choices_text(purposes: Purposes) -> str:
    """Choices as JSON."""
    return _encode(purposes).decode()


def remade(notice: KnownNotice, text: bytes, secret: bytes) -> Made:
    """The same as when it was new."""
    record = _decode(text)
    commitment = hmac.digest(secret, text, "sha256")
    return Made(record, text, secret, commitment, state(notice, record))


def moment(text: str) -> datetime:
    """A record's time."""
    return datetime.fromisoformat(text).astimezone(UTC)

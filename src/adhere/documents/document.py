"""What `read` finds in a policy text."""

from __future__ import annotations

import msgspec


class ReadClause(msgspec.Struct, frozen=True):
    """One sentence, or one list item; `kind` is sentence, item or row (of another table)."""

    id: str
    heading: str
    text: str
    modality: str
    line: int
    kind: str = "sentence"


class Tracker(msgspec.Struct, frozen=True):
    """One row of a tracker table. What the text does not say is None, never guessed.

    `provider` is the cell as written; `vendor` the company or service that this cell, or else the
    purpose, names. `party` comes from a cell, the lead-in or the section; where these are silent,
    a vendor other than the publisher is a third party.
    """

    names: tuple[str, ...]
    vendor: str | None
    provider: str | None
    purpose: str | None
    party: str | None
    strictly_necessary: bool | None
    retention: str | None
    retention_days: tuple[int, int] | None
    line: int


class Contact(msgspec.Struct, frozen=True):
    """`kind` is address, email, phone, website, company-number or form."""

    kind: str
    value: str
    line: int


class Right(msgspec.Struct, frozen=True):
    """A data subject's right as worded, with the GDPR article that grants it."""

    right: str
    article: str
    line: int


class Document(msgspec.Struct, frozen=True):
    """`effective` is the ISO date since when the text holds, None where it does not say."""

    title: str
    language: str
    effective: str | None
    clauses: tuple[ReadClause, ...]
    trackers: tuple[Tracker, ...]
    contacts: tuple[Contact, ...]
    rights: tuple[Right, ...]


def document_to_dict(document: Document) -> dict[str, object]:
    """The JSON shape of ``adhere read --json``."""
    return msgspec.json.decode(msgspec.json.encode(document), type=dict[str, object])

"""What proves a record: its receipt, its leaf, and a verification step by step."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from adhere.areas.cookies.edging.making import Made, remade
from adhere.areas.cookies.edging.notices import KnownNotice
from adhere.areas.cookies.edging.receipts import Receipts
from adhere.areas.cookies.edging.tokens import Tokens
from adhere.areas.cookies.models import ConsentRecord, Notice
from adhere.core.sequencing import reader, signer
from adhere.errors import Problem
from adhere.ledger.commitments import SECRET_SIZE
from adhere.ledger.notes import parse_note
from adhere.ledger.proofs import parse_proof

FINE, WRONG, OPEN = "fine", "wrong", "open"
_NAMES = ("id", "site", "notice", "language", "method", "purposes", "subject", "previous",
          "token_hash", "family")  # fmt: skip
_TIMES = ("at", "expires_at")


@dataclass(frozen=True)
class Step:
    """One thing that was looked at. ``outcome`` is fine, wrong or open (not known yet)."""

    title: str
    outcome: str
    text: str


@dataclass(frozen=True)
class Place:
    """Where a record stands in the ledger. ``proof`` is empty while no checkpoint covers it."""

    index: int | None
    size: int
    origin: str
    proof: str


def place_of(record: ConsentRecord) -> Place:
    """The leaf of a record under the published checkpoint."""
    index = record.entry.index
    try:
        with reader() as log:
            note = parse_note(log.checkpoint())
            head = log.head()
            shown = index is not None and index < head.size
            proof = log.proof(index, note) if shown and index is not None else ""
            return Place(index, head.size, head.origin, proof)
    except Problem:
        return Place(index, 0, "", "")


def verify(record: ConsentRecord) -> list[Step]:
    """Everything that must hold for a record, each looked at anew."""
    looked = (_committed, _row, _notice, _statement, _leaf, _signed)
    return [_step(each, record) for each in looked]


def _step(look: Callable[[ConsentRecord], Step], record: ConsentRecord) -> Step:
    try:
        return look(record)
    except Problem as problem:
        return Step(_TITLES[look.__name__](), WRONG, str(problem))
    except (ValueError, KeyError, TypeError) as error:
        return Step(_TITLES[look.__name__](), WRONG, _("Cannot be read: %s") % error)


_TITLES: dict[str, Callable[[], str]] = {
    "_committed": lambda: _("The record is as it was committed"),
    "_row": lambda: _("The database says what the record says"),
    "_notice": lambda: _("The notice is exactly the one that was shown"),
    "_statement": lambda: _("The statement of the receipt is the recorded one"),
    "_leaf": lambda: _("The record stands in the ledger"),
    "_signed": lambda: _("The ledger's head is signed with our keys"),
}


def _result(look: str, outcome: bool, good: str, bad: str) -> Step:
    return Step(_TITLES[look](), FINE if outcome else WRONG, good if outcome else bad)


def _committed(record: ConsentRecord) -> Step:
    entry = record.entry
    secret = bytes(entry.secret)
    made = hmac.digest(secret, entry.record.encode(), "sha256")
    same = len(secret) == SECRET_SIZE and hmac.compare_digest(made, bytes(entry.commitment))
    good = _("HMAC-SHA-256 of the record under its secret gives %s….") % made.hex()[:16]
    return _result("_committed", same, good, _("The record or its secret was changed afterwards."))


def _row(record: ConsentRecord) -> Step:
    said = json.loads(record.entry.record)
    names = [name for name in _NAMES if said.get(name) != getattr(record, name)]
    names += [
        name for name in _TIMES if datetime.fromisoformat(said[name]) != getattr(record, name)
    ]
    good = _("All %d fields are equal.") % (len(_NAMES) + len(_TIMES))
    return _result("_row", not names, good, _("Not equal: %s.") % ", ".join(names))


def _notice(record: ConsentRecord) -> Step:
    notice = _notice_row(record)
    same = sha256(notice.content.encode()).hexdigest() == record.notice
    good = _("SHA-256 of its %(count)d letters gives %(sha)s….") % {
        "count": len(notice.content),
        "sha": record.notice[:16],
    }
    return _result("_notice", same, good, _("The kept notice has another SHA-256."))


def _statement(record: ConsentRecord) -> Step:
    made = made_of(record)
    same = sha256(made.statement).hexdigest() == made.record.statement
    good = _("Written anew from notice and record, it has the recorded SHA-256.")
    bad = _("Written anew from notice and record, it has another SHA-256.")
    return _result("_statement", same, good, bad)


def _leaf(record: ConsentRecord) -> Step:
    place = place_of(record)
    if not place.proof:
        text = _("It waits to be taken in, which takes seconds. The receipt is a signed promise.")
        return Step(_TITLES["_leaf"](), OPEN, text)
    proof = parse_proof(place.proof)
    proof.verify(bytes(record.entry.commitment), signer().verifiers)
    text = _("%(steps)d hashes lead from leaf %(index)d to the root of %(size)d leaves.") % {
        "steps": len(proof.path),
        "index": proof.index,
        "size": place.size,
    }
    return Step(_TITLES["_leaf"](), FINE, text)


def _signed(record: ConsentRecord) -> Step:
    place = place_of(record)
    if not place.proof:
        return Step(_TITLES["_signed"](), OPEN, _("No published head covers the record yet."))
    proof = parse_proof(place.proof)
    _head, keys = proof.verify(bytes(record.entry.commitment), signer().verifiers)
    prints = "; ".join(f"{key.name} {key.fingerprint()}" for key in keys)
    return Step(_TITLES["_signed"](), FINE, prints)


def _notice_row(record: ConsentRecord) -> Notice:
    notice = Notice.objects.filter(pk=record.notice).first()
    if notice is None:
        raise Problem(_("the notice is not kept here any more"), expected=record.notice)
    return notice


def known_notice(record: ConsentRecord) -> KnownNotice:
    """The notice that a record answers, as the edge knows it."""
    return known_from(_notice_row(record))


def known_from(row: Notice) -> KnownNotice:
    """A kept notice as the edge knows it."""
    return KnownNotice(
        row.sha256, row.site, row.number, row.language, row.published_at, row.content
    )


def made_of(record: ConsentRecord) -> Made:
    """Record and statement as they were when the answer was given."""
    text, secret = record.entry.record.encode(), bytes(record.entry.secret)
    return remade(known_notice(record), text, secret)


def receipt_of(record: ConsentRecord) -> dict[str, Any]:
    """A copy of the receipt that ``adhere verify`` accepts.

    It lacks the read token: only who was given the visitor's own receipt holds that.
    """
    keys = signer()
    receipts = Receipts(keys, Tokens(keys))
    made, place = made_of(record), place_of(record)
    if place.proof:
        note = parse_proof(place.proof).checkpoint
        signed = [(each.name, each.key_id) for each in note.signatures]
        text = receipts.proved(made, place.proof, receipts.vkeys(signed))
    else:
        text = receipts.receipt(made)
    found: dict[str, Any] = json.loads(text)
    del found["token"]
    return found

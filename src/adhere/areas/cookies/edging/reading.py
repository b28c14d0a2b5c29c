"""A record read back by the holder of its receipt: history, proof, and what holds now."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from adhere.areas.cookies.edging.making import Made, Record, moment, remade
from adhere.areas.cookies.edging.receipts import Receipts
from adhere.areas.cookies.edging.sites import KnownSite
from adhere.areas.cookies.edging.tokens import Tokens, token_hash
from adhere.edge.databases import Database, Errors, open_database
from adhere.edge.http import JSON, Refusal, Request, Response
from adhere.edge.place import Place
from adhere.errors import Problem
from adhere.ledger.notes import parse_note
from adhere.ledger.reader import LogReader

T = TypeVar("T")
_ID = re.compile(r"[0-9a-f]{32}")
_ONE = (
    'SELECT r.token_hash, e.record, e.secret, e."index" FROM cookies_consentrecord r'
    " JOIN core_entry e ON e.id = r.entry_id WHERE r.id = ? AND r.site = ?"
)
_CHAIN = (
    'SELECT r.site, e.record, e."index" FROM cookies_consentrecord r'
    " JOIN core_entry e ON e.id = r.entry_id WHERE r.subject = ? ORDER BY r.at DESC, r.id DESC"
    " LIMIT 500"
)
_FRESH = (("cache-control", "no-store"),)


@dataclass(frozen=True)
class Kept:
    """A record in the database; ``index`` is its leaf once it has one."""

    made: Made
    index: int | None


class Shelf:
    """A reading connection for rare questions, used by one thread at a time."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = asyncio.Lock()
        self._database: Database | None = None

    async def ask(self, question: Callable[[Database], T]) -> T:
        async with self._lock:
            try:
                return await asyncio.to_thread(self._ask, question)
            except Errors:
                self._database = None
                raise Refusal(503, "this cannot be read now", retry_after=2) from None

    def _ask(self, question: Callable[[Database], T]) -> T:
        if self._database is None:
            self._database = open_database(self._place)
        return question(self._database)


class Reading:
    """``GET /e/{site}/consents/{id}``."""

    def __init__(self, place: Place, shelf: Shelf, tokens: Tokens, receipts: Receipts) -> None:
        self._folder = place.data / "ledger"
        self._shelf = shelf
        self._tokens = tokens
        self._receipts = receipts

    async def show(self, request: Request, site: KnownSite) -> Response:
        """The receipt, with its proof as soon as there is one, and the subject's history."""
        kept = await self.kept(request, site)
        subject = kept.made.record.subject
        rows = await self._shelf.ask(lambda database: database.rows(_CHAIN, [subject]))
        chain = [(json.loads(row[1]), row[2]) for row in rows if row[0] in site.friends and row[1]]
        proof, keys = await asyncio.to_thread(_proof, self._folder, kept.index)
        if proof:
            listed = [*self._receipts.vkeys(signed=keys)]
            receipt = self._receipts.proved(kept.made, proof, listed)
        else:
            receipt = self._receipts.receipt(kept.made)
        body = {
            "history": [_line(record, index) for record, index in reversed(chain)],
            "state": states(chain[0][0], datetime.now(UTC)) if chain else {},
            "index": kept.index,
            "proof": proof,
        }
        text = json.dumps(body, separators=(",", ":"))[:-1].encode()
        whole = text + b',"receipt":' + receipt + b',"record":' + kept.made.text + b"}"
        return Response(whole, JSON, headers=_FRESH)

    async def kept(self, request: Request, site: KnownSite) -> Kept:
        """The record that this address and token name; 404 for every other pair, as for none."""
        name = request.named["id"]
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        row = None
        if _ID.fullmatch(name) and scheme.lower() == "bearer":
            found = await self._shelf.ask(lambda database: database.rows(_ONE, [name, site.slug]))
            row = found[0] if found else None
        # Compared in every case, and in constant time.
        fits = hmac.compare_digest(token_hash(token.strip()), row[0] if row else "0" * 64)
        if row is None or not fits or not row[1]:
            raise Refusal(404, "no record has this id and token", field="id", headers=_FRESH)
        notice = site.notices[json.loads(row[1])["notice"]]
        return Kept(remade(notice, row[1].encode(), bytes(row[2])), row[3])


def _line(record: Mapping[str, object], index: int | None) -> dict[str, object]:
    hidden = {"kind", "statement", "token_hash", "subject", "form"}
    return {name: value for name, value in record.items() if name not in hidden} | {"index": index}


def states(record: Mapping[str, object] | Record, now: datetime) -> dict[str, str]:
    """Per purpose what the newest record of a subject makes of it: given, refused, withdrawn …"""
    if isinstance(record, Record):
        purposes, withdrawn, end = record.purposes, record.withdrawn, record.expires_at
    else:
        purposes, withdrawn = dict(record["purposes"]), list(record["withdrawn"])  # type: ignore[call-overload]
        end = str(record["expires_at"])
    over = moment(end) <= now
    found = {}
    for key, given in purposes.items():
        refused = "withdrawn" if key in withdrawn else "refused"
        found[key] = ("expired" if over else "given") if given else refused
    return found


def _proof(folder: Path, index: int | None) -> tuple[str | None, Sequence[tuple[str, bytes]]]:
    """The tlog-proof of a leaf, and who signed it; none while no checkpoint covers the leaf."""
    if index is None:
        return None, ()
    try:
        with LogReader(folder) as log:
            note = parse_note(log.checkpoint())
            if index >= log.size:
                return None, ()
            signed = [(each.name, each.key_id) for each in note.signatures]
            return log.proof(index, note), signed
    except Problem:
        return None, ()

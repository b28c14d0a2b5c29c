"""An answer taken to another website of the same group: a code that works once, for a minute."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from adhere.areas.cookies.edging.reading import Reading, Shelf, states
from adhere.areas.cookies.edging.sites import KnownSite, Sites
from adhere.edge.databases import Database, Table
from adhere.edge.http import Refusal, Request, Response

SECONDS = 60
_TABLE = """
CREATE TABLE IF NOT EXISTS edge_handover
(code_hash varchar(64) PRIMARY KEY, record varchar(32), until bigint)
"""
_CODES = Table("edge_handover", {"code_hash": "text", "record": "text", "until": "int"})
_REDEEM = "DELETE FROM edge_handover WHERE code_hash = ? AND until >= ? RETURNING record"
_OLD = "DELETE FROM edge_handover WHERE until < ? RETURNING code_hash"
_RECORD = (
    "SELECT r.site, e.record FROM cookies_consentrecord r"
    " JOIN core_entry e ON e.id = r.entry_id WHERE r.id = ?"
)
_NEWEST = (
    "SELECT r.site, e.record FROM cookies_consentrecord r JOIN core_entry e ON e.id = r.entry_id"
    " WHERE r.subject = ? ORDER BY r.at DESC, r.id DESC LIMIT 1"
)
_FRESH = (("cache-control", "no-store"),)


class Code(msgspec.Struct, forbid_unknown_fields=True):
    """The body of ``POST /e/{site}/handover``."""

    code: str


class Handing:
    """Gives codes to the holder of a receipt, and takes each of them once."""

    def __init__(self, sites: Sites, shelf: Shelf, reading: Reading) -> None:
        self._sites = sites
        self._shelf = shelf
        self._reading = reading

    async def give(self, request: Request, site: KnownSite) -> Response:
        """``POST /e/{site}/consents/{id}/handover``: 201 with the code."""
        kept = await self._reading.kept(request, site)
        if len(site.friends) < 2:
            raise Refusal(409, "this website is in no group", field="site")
        code, until = secrets.token_urlsafe(24), int(time.time()) + SECONDS
        name = kept.made.record.id
        await self._shelf.ask(lambda database: _put(database, code, name, until))
        return Response.json({"code": code, "seconds": SECONDS}, 201, _FRESH)

    async def take(self, request: Request, site: KnownSite) -> Response:
        """``POST /e/{site}/handover``: the subject's newest choices, if that site is a friend."""
        code = request.json(Code).code
        found = await self._shelf.ask(lambda database: _take(database, code))
        if found is None or found[0] not in site.friends:
            raise Refusal(404, "no such code, or used, or too old", field="code", headers=_FRESH)
        slug, record = found
        given = {
            "site": slug,
            **{name: record[name] for name in
               ("at", "expires_at", "method", "purposes", "language", "subject", "notice")},
            "state": states(record, datetime.now(UTC)),
            "hashes": (await self._sites.site(slug)).notices[str(record["notice"])].hashes,
        }  # fmt: skip
        return Response.json(given, headers=_FRESH)


def _put(database: Database, code: str, name: str, until: int) -> None:
    with database.transaction():
        database.run(_TABLE)
        database.rows(_OLD, [int(time.time())])
        database.insert(_CODES, [(_hash(code), name, until)])


def _take(database: Database, code: str) -> tuple[str, Mapping[str, object]] | None:
    with database.transaction():
        database.run(_TABLE)
        redeemed = database.rows(_REDEEM, [_hash(code), int(time.time())])
    if not redeemed:
        return None
    found = database.rows(_RECORD, [redeemed[0][0]])
    if not found or not found[0][1]:
        return None
    subject = json.loads(found[0][1])["subject"]
    newest = database.rows(_NEWEST, [subject])
    site, text = newest[0]
    return site, json.loads(text)


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()

"""The websites and their notices, kept in memory and looked up anew at most once a second."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from adhere.areas.cookies.edging.notices import KnownNotice
from adhere.edge.databases import Database, Errors, open_database
from adhere.edge.http import Refusal
from adhere.edge.place import Place

FRESH_SECONDS = 1.0
_SITES = 'SELECT slug, origins, "group", language FROM cookies_site WHERE active'
_HEADS = "SELECT sha256, site, number, language, published_at FROM cookies_notice"
_TEXT = "SELECT content FROM cookies_notice WHERE sha256 = ?"


@dataclass(frozen=True)
class KnownSite:
    """An active website. ``friends`` are the sites that share its answers, itself among them."""

    slug: str
    origins: frozenset[str]
    group: str
    language: str
    notices: Mapping[str, KnownNotice] = field(default_factory=dict)
    current: Mapping[str, KnownNotice] = field(default_factory=dict)
    friends: frozenset[str] = frozenset()


class Sites:
    """What is known of them now. A second late is soon enough, and costs no query a request."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._database: Database | None = None
        self._known: dict[str, KnownSite] = {}
        self._texts: dict[str, KnownNotice] = {}
        self._read_at = -FRESH_SECONDS
        self._lock = asyncio.Lock()

    async def site(self, slug: str) -> KnownSite:
        """The active site of that name; refuses with 404 where there is none."""
        if time.monotonic() - self._read_at >= FRESH_SECONDS:
            await self._refresh()
        found = self._known.get(slug)
        if found is None:
            raise Refusal(404, "no active website has this name", field="site")
        return found

    async def _refresh(self) -> None:
        async with self._lock:
            if time.monotonic() - self._read_at < FRESH_SECONDS:
                return
            try:
                self._known = await asyncio.to_thread(self._read)
            except Errors as error:
                self._database = None
                reason = str(error).partition("\n")[0]
                raise Refusal(503, f"cannot read: {reason}", retry_after=2) from None
            self._read_at = time.monotonic()

    def _read(self) -> dict[str, KnownSite]:
        if self._database is None:
            self._database = open_database(self._place)
        rows = self._database.rows(_SITES)
        notices = self._notices(self._database)
        groups: dict[str, set[str]] = {}
        for slug, _, group, _ in rows:
            groups.setdefault(group or f"/{slug}", set()).add(slug)
        return {
            slug: KnownSite(
                slug,
                frozenset(_json(origins)),
                group,
                language,
                {each.sha256: each for each in notices.get(slug, [])},
                {each.language: each for each in notices.get(slug, []) if not each.superseded_at},
                frozenset(groups[group or f"/{slug}"]),
            )
            for slug, origins, group, language in rows
        }

    def _notices(self, database: Database) -> dict[str, list[KnownNotice]]:
        heads = sorted(database.rows(_HEADS), key=lambda row: (row[1], row[3], row[2]))
        found: dict[str, list[KnownNotice]] = {}
        for head, after in zip(heads, [*heads[1:], None], strict=True):
            superseded = after is not None and (after[1], after[3]) == (head[1], head[3])
            until = database.time(after[4]) if after and superseded else None
            found.setdefault(head[1], []).append(self._notice(database, head, until))
        return found

    def _notice(
        self, database: Database, head: Sequence[Any], until: datetime | None
    ) -> KnownNotice:
        sha256, site, number, language, at = head
        known = self._texts.get(sha256)
        if known is None:
            text = database.rows(_TEXT, [sha256])[0][0]
            published = database.time(at)
            known = KnownNotice(sha256, site, number, language, published, text)
        if known.superseded_at != until:
            known = replace(known, superseded_at=until)
        self._texts[sha256] = known
        return known


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value

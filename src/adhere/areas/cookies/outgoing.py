"""``adhere export consents``: every record as it stands, for auditors and other tools."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from adhere.areas.cookies.models import ConsentRecord
from adhere.core import columns
from adhere.core.areas import Export

_PLAIN = ("id", "site", "notice", "language", "method")
_LATER = ("subject", "previous", "family")
CHUNK = 2_000


def rows(since: datetime | None) -> Iterator[list[str]]:
    """Each record's cells, oldest first. ``given`` and ``refused`` list the keys of the choices."""
    found = ConsentRecord.objects.order_by("at", "pk")
    if since:
        found = found.filter(at__gte=since)
    names = (*_PLAIN, "purposes", *_LATER, "at", "expires_at", "entry__index")
    for row in found.values_list(*names).iterator(chunk_size=CHUNK):
        choices, (at, expires_at, index) = row[5], row[9:]
        purposes = json.loads(choices) if isinstance(choices, str) else choices
        given = [key for key, value in purposes.items() if value]
        refused = [key for key, value in purposes.items() if not value]
        yield [
            *map(str, row[:5]),
            ";".join(sorted(given)),
            ";".join(sorted(refused)),
            *map(str, row[6:9]),
            at.isoformat(),
            expires_at.isoformat(),
            "" if index is None else str(index),
        ]


CONSENTS = Export(
    "consents",
    (
        *(columns.text(name) for name in _PLAIN),
        columns.several("given"),
        columns.several("refused"),
        *(columns.text(name) for name in _LATER),
        columns.text("at"),
        columns.text("expires_at"),
        columns.text("leaf"),
    ),
    rows,
)

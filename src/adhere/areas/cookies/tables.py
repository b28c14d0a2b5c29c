"""The tables of a cookie policy: the inventory, byte for byte, between its markers.

A policy text says where with ``<!-- inventory:first -->`` … ``<!-- /inventory -->``. After the
colon stands ``all``, ``first``, ``third`` or a purpose; each tracker stands once, in the table
of its purpose where the text has one, else in that of its party, else in ``all``. Kinds, purposes
and retention stand there in the text's language. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from adhere.areas.cookies.retention import said
from adhere.errors import Problem

_MARKED = re.compile(
    r"(?P<open><!--\s*inventory:(?P<which>[a-z0-9-]+)\s*-->)(?P<body>.*?)"
    r"(?P<close><!--\s*/inventory\s*-->)",
    re.DOTALL,
)
_SPECIAL = re.compile(r"([\\`*\[\]{}<>|&~^#])|(?<![A-Za-z0-9])(_)|(_)(?![A-Za-z0-9])")
HEADINGS = {
    "en": ("Name", "Provider", "Host name", "Purpose and type", "Strictly necessary", "Retention"),
    "nl": (
        "Naam",
        "Aanbieder",
        "Hostnaam",
        "Doel en soort",
        "Strikt noodzakelijk",
        "Bewaartermijn",
    ),
    "fr": (
        "Nom",
        "Fournisseur",
        "Hôte",
        "Finalité et type",
        "Strictement nécessaire",
        "Conservation",
    ),
    "de": (
        "Name",
        "Anbieter",
        "Hostname",
        "Zweck und Art",
        "Unbedingt notwendig",
        "Speicherdauer",
    ),
}
YES_NO = {
    "en": ("Yes", "No"),
    "nl": ("Ja", "Nee"),
    "fr": ("Oui", "Non"),
    "de": ("Ja", "Nein"),
}
KINDS = {
    "en": {
        "cookie": "cookie",
        "local-storage": "local storage",
        "session-storage": "session storage",
        "indexed-db": "browser database",
        "cache": "browser cache",
        "pixel": "pixel",
        "script": "script",
        "iframe": "frame",
        "request": "request",
        "other": "other",
    },
    "nl": {
        "cookie": "cookie",
        "local-storage": "lokale opslag",
        "session-storage": "sessieopslag",
        "indexed-db": "browserdatabank",
        "cache": "browsercache",
        "pixel": "pixel",
        "script": "script",
        "iframe": "kader",
        "request": "verzoek",
        "other": "andere",
    },
    "fr": {
        "cookie": "cookie",
        "local-storage": "stockage local",
        "session-storage": "stockage de session",
        "indexed-db": "base de données du navigateur",
        "cache": "cache du navigateur",
        "pixel": "pixel",
        "script": "script",
        "iframe": "cadre",
        "request": "requête",
        "other": "autre",
    },
    "de": {
        "cookie": "Cookie",
        "local-storage": "lokaler Speicher",
        "session-storage": "Sitzungsspeicher",
        "indexed-db": "Browser-Datenbank",
        "cache": "Browser-Cache",
        "pixel": "Pixel",
        "script": "Skript",
        "iframe": "Rahmen",
        "request": "Anfrage",
        "other": "anderes",
    },
}


class Row(msgspec.Struct, frozen=True):
    """One tracker as the tables show it, everything as the inventory has it."""

    name: str
    kind: str
    domain: str
    party: str
    vendor: str
    purpose: str
    strictly_necessary: bool
    retention: str
    reason: str = ""


def marked(text: str) -> list[str]:
    """Which tables a text has room for, in their order."""
    return [match["which"] for match in _MARKED.finditer(text)]


def completed(text: str, language: str, rows: Sequence[Row], titles: Mapping[str, str]) -> str:
    """The text with its tables filled from the rows; ``titles`` are the purposes' by slug.

    A text without markers stays as it is. Raises ``Problem`` where a tracker has no table.
    """
    tables = marked(text)
    if not tables:
        return text
    shares: dict[str, list[Row]] = {which: [] for which in tables}
    for row in rows:
        shares[_table_of(row, tables)].append(row)

    def fill(match: re.Match[str]) -> str:
        table = table_of(shares[match["which"]], language, titles)
        return f"{match['open']}\n\n{table}\n{match['close']}"

    return _MARKED.sub(fill, text)


def _table_of(row: Row, tables: Sequence[str]) -> str:
    for which in (row.purpose, row.party, "all"):
        if which in tables:
            return which
    raise Problem(
        f"the cookie policy has no table for “{row.name}” ({row.party} party, {row.purpose})",
        expected=f"<!-- inventory:{row.purpose} -->, inventory:{row.party} or inventory:all",
    )


def table_of(rows: Iterable[Row], language: str, titles: Mapping[str, str]) -> str:
    """A Markdown table of trackers, with its line ends."""
    headings = HEADINGS.get(language, HEADINGS["en"])
    lines = [headings, ("---",) * len(headings)]
    lines += [_cells(row, language, titles) for row in rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cells(row: Row, language: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    kinds = KINDS.get(language, KINDS["en"])
    yes, no = YES_NO.get(language, YES_NO["en"])
    why = f": {row.reason}" if row.reason else ""
    purpose = f"{titles.get(row.purpose, row.purpose)}{why} ({kinds.get(row.kind, row.kind)})"
    cells = (row.name, row.vendor, row.domain, purpose)
    stays = literal(said(row.retention, language))
    return (*map(literal, cells), yes if row.strictly_necessary else no, stays)


def literal(text: str) -> str:
    """Text that Markdown shows exactly as it is, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))

"""The trackers that a document tells of, as rows of an inventory: what it leaves open is empty."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from adhere.documents.document import Document, Tracker

COLUMNS = (
    "name",
    "kind",
    "domain",
    "party",
    "vendor",
    "purpose",
    "strictly_necessary",
    "retention",
)
_HOST = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE)
_KINDS = {
    "local-storage": r"local ?storage|lokale opslag|stockage local|lokale[rmn]? speicher\w*",
    "session-storage": r"session ?storage|sessieopslag|stockage de session|sitzungsspeicher\w*",
    "indexed-db": r"indexed ?db",
    "pixel": r"pixels?|web ?beacons?|tracking ?pixels?",
    "cookie": r"(?:\w*-)?\w*cookies?|http cookie",
}
_PURPOSES = {
    "analytics": r"analytic\w*|analytisch\w*|analytique\w*|analyse|statisti\w*|audience|metingen",
    "marketing": r"marketing|advertis\w*|advertentie\w*|reclame\w*|publicit\w+|werb\w+|retarget\w*",
    "preferences": r"preferences?|voorkeur\w*|préférences?|einstellung\w*|präferenz\w*",
    "embeds": r"embed\w*|ingesloten|intégré\w*|eingebettet\w*",
}


class Row(msgspec.Struct, frozen=True):
    """One row with the line it was read from, and the columns that a person has to answer."""

    cells: dict[str, str]
    line: int

    @property
    def open(self) -> tuple[str, ...]:
        return tuple(name for name in COLUMNS if not self.cells[name])


def inventory(document: Document) -> list[Row]:
    """A row for each name that a tracker table gives; one without any has an empty name.

    Nothing is guessed: kind and purpose are filled only where the text uses a word of one alone.
    """
    return [
        Row(_cells(tracker, name), tracker.line)
        for tracker in document.trackers
        for name in tracker.names or ("",)
    ]


def _cells(tracker: Tracker, name: str) -> dict[str, str]:
    told = " ".join(filter(None, (tracker.purpose, tracker.provider)))
    necessary = tracker.strictly_necessary
    return {
        "name": name,
        "kind": _only(_KINDS, tracker.purpose or ""),
        "domain": _host(tracker.provider or ""),
        "party": tracker.party or "",
        "vendor": tracker.vendor or _without_host(tracker.provider or ""),
        "purpose": _purpose(told, necessary=bool(necessary)),
        "strictly_necessary": {True: "yes", False: "no", None: ""}[necessary],
        "retention": tracker.retention or "" if tracker.retention_days else "",
    }


def _purpose(text: str, *, necessary: bool) -> str:
    """A tracker called necessary whose purpose says otherwise is a question."""
    named = [slug for slug, pattern in _PURPOSES.items() if _says(pattern, text)]
    if necessary:
        return "" if named else "necessary"
    return named[0] if len(named) == 1 else ""


def _says(pattern: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE) is not None


def _only(words: dict[str, str], text: str) -> str:
    """What a text speaks of, where that is one thing alone."""
    found = [name for name, pattern in words.items() if _says(pattern, text)]
    return found[0] if len(found) == 1 else ""


def _host(text: str) -> str:
    hosts: Sequence[str] = _HOST.findall(text)
    return hosts[0].lower() if len(hosts) == 1 else ""


def _without_host(text: str) -> str:
    return _HOST.sub("", text).strip(" ,;()")

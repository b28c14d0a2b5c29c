"""Requests and decisions: erased with whom they free, and compared with the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from adhere.core.evidence import CHUNK, parsed
from adhere.core.models import Decision, Entry, Request
from adhere.core.recording import plain

_KINDS = ("requests", "decisions")


def erase_requests(person: str) -> int:
    """Delete the requests that free a person, with every decision on them; how many rows.

    Their entries are of that person. Requests for others that only name the id stay.
    """
    decisions, _ = Decision.objects.filter(request__subject=person).delete()
    requests, _ = Request.objects.filter(subject=person).delete()
    return decisions + requests


def altered_requests() -> Iterator[str]:
    """What was changed, dropped or added of them beside the ledger, as ``kind/key``."""
    proved = set()
    for row in _rows():
        proved.add(row.entry_id)
        entry = row.entry
        said = parsed(entry.index or 0, entry.record) if entry.record else {}
        kind = "decisions" if isinstance(row, Decision) else "requests"
        if not said or said != {"kind": kind, **_said(row, said)}:
            yield f"{kind}/{_key(row)}"
    entries = Entry.objects.filter(kind__in=_KINDS, erased_at=None).order_by("pk")
    for pk, kind, record in entries.values_list("pk", "kind", "record").iterator(chunk_size=CHUNK):
        if pk not in proved:
            found = parsed(pk, record) if record else {}
            yield f"{kind}/{found.get('key', found.get('request', pk))}"


def _rows() -> Iterator[Any]:
    yield from Request.objects.select_related("entry").order_by("pk").iterator(chunk_size=CHUNK)
    made = Decision.objects.select_related("entry", "request").order_by("pk")
    yield from made.iterator(chunk_size=CHUNK)


def _said(row: Any, record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: row.request.key if name == "request" else plain(getattr(row, name, None))
        for name in record.keys() - {"kind"}
    }


def _key(row: Any) -> str:
    return str(row.request.key if isinstance(row, Decision) else row.key)

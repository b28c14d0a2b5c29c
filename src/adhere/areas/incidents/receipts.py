"""The receipt of a report: its first record with the proof that the ledger holds it."""

from __future__ import annotations

from typing import Any

from adhere.core.evidence import parsed
from adhere.core.models import Incident
from adhere.core.sequencing import reader, settle, signer
from adhere.errors import Problem
from adhere.ledger.notes import parse_note
from adhere.ledger.receipts import receipt


def receipt_of(key: str) -> dict[str, Any]:
    """What ``adhere verify`` accepts; a ``Problem`` once the report was erased."""
    first = Incident.objects.filter(key=key).order_by("pk").select_related("entry").first()
    if first is None or not first.entry.record:
        raise Problem("this report was erased", expected="the receipt kept at the time")
    settle()
    first.entry.refresh_from_db()
    index = first.entry.index
    if index is None:
        raise Problem("the ledger has not taken the report yet", expected="the same once more")
    with reader() as log:
        proof = log.proof(index, parse_note(log.checkpoint()))
    record = parsed(index, first.entry.record)
    return receipt(record, bytes(first.entry.secret), proof, signer().vkeys())

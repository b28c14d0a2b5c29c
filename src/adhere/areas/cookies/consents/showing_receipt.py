"""A receipt that somebody shows: is it ours, which record is it, and is it theirs to show."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from adhere.areas.cookies.models import ConsentRecord
from adhere.core.models import Entry
from adhere.core.sequencing import signer
from adhere.errors import Problem
from adhere.ledger.commitments import SECRET_SIZE, commit
from adhere.ledger.encoding import strict_json, unb64
from adhere.ledger.promises import FORMAT, check_promised
from adhere.ledger.trust import Trust

LARGEST = 512 * 1024


@dataclass(frozen=True)
class Shown:
    """A receipt of ours. ``record`` is None where it is here no longer, ``erased_at`` says why.

    ``held``: it carries the read token, which only the visitor's own receipt does.
    """

    id: str
    index: int | None
    keys: str
    held: bool
    record: ConsentRecord | None
    erased_at: datetime | None


def read(data: bytes) -> Shown:
    """Verify a receipt with our own keys and find its record; Problem unless it is ours."""
    if len(data) > LARGEST:
        raise Problem(_("it is too large"), expected=_("at most %d KB") % (LARGEST // 1024))
    content: dict[str, Any] = strict_json(data)
    if content.get("receipt") != FORMAT:
        raise Problem(_("it has no receipt of a consent in it"), field="receipt", expected=FORMAT)
    index, used = check_promised(content, Trust(signer().verifiers))
    said = content["record"]
    secret = unb64(content["secret"], size=SECRET_SIZE, field="secret")
    committed = commit(secret, said)
    record = _record(str(said.get("id", "")), committed)
    erased = None if record else _erased(committed)
    prints = "; ".join(f"{key.name} {key.fingerprint()}" for key in used.keys)
    return Shown(str(said.get("id", "")), index, prints, bool(content.get("token")), record, erased)


def _record(pk: str, committed: bytes) -> ConsentRecord | None:
    found = ConsentRecord.objects.select_related("entry").filter(pk=pk[:32]).first()
    if found is None or not hmac.compare_digest(bytes(found.entry.commitment), committed):
        return None
    return found


def _erased(committed: bytes) -> datetime | None:
    entry = Entry.objects.filter(erased_at__isnull=False, commitment=committed).first()
    return entry.erased_at if entry else None

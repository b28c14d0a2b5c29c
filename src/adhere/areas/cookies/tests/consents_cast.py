"""Answers of visitors, made as the edge makes them, and who looks at them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from adhere.areas.cookies.edging.making import KIND, Wanted, encoded, new_record
from adhere.areas.cookies.edging.notices import KnownNotice
from adhere.areas.cookies.edging.receipts import Receipts
from adhere.areas.cookies.edging.tokens import Tokens, token_hash
from adhere.areas.cookies.models import ConsentRecord, Notice
from adhere.core.models import Entry
from adhere.core.sequencing import signer
from adhere.edge.entries import new_entry

ASKED = ("preferences", "analytics", "marketing")
ANNA, BRAM, CHLOE = "a" * 32, "b" * 32, "c" * 32


def answer(
    notice: str,
    method: str = "accept",
    *given: str,
    subject: str = ANNA,
    ago: timedelta = timedelta(),
    at: datetime | None = None,
) -> ConsentRecord:
    """One answer to a kept notice; ``given`` are the purposes of a choice."""
    row = Notice.objects.get(pk=notice)
    known = KnownNotice(
        row.sha256, row.site, row.number, row.language, row.published_at, row.content
    )
    chosen = set(ASKED) if method == "accept" else set(given)
    purposes = {"necessary": True, **{slug: slug in chosen for slug in ASKED}}
    moment = at or timezone.now() - ago
    before = ConsentRecord.objects.filter(subject=subject, at__lt=moment).order_by("-at").first()
    number = ConsentRecord.objects.count()
    name = f"{int(moment.timestamp() * 1000):012x}{number:020x}"
    held, _, expires = new_record(
        Wanted(
            name, known, method, purposes, subject, before.pk if before else "",
            token_hash(Tokens(signer()).read_token(name)), "firefox", moment,
            [key for key, yes in (before.purposes if before else {}).items()
             if yes and not purposes.get(key)],
        )
    )  # fmt: skip
    made = new_entry(KIND, encoded(held), moment)
    entry = Entry.objects.create(
        kind=KIND, record=made.record.decode(), secret=made.secret,
        commitment=made.commitment, recorded_at=moment,
    )  # fmt: skip
    values = {field: getattr(held, field) for field in
              ("site", "notice", "language", "method", "purposes", "subject", "previous",
               "token_hash", "family")}  # fmt: skip
    return ConsentRecord.objects.create(
        id=name, at=moment, expires_at=expires, entry=entry, **values
    )


def receipt(record: ConsentRecord) -> dict[str, Any]:
    """What the visitor's browser keeps: the receipt with its read token."""
    from adhere.areas.cookies.consents.proving import made_of

    keys = signer()
    found: dict[str, Any] = json.loads(Receipts(keys, Tokens(keys)).receipt(made_of(record)))
    return found


def account(role: str) -> Any:
    """An account that holds one role."""
    from adhere.console.models import Account

    email = f"{role}@example.com"
    found = Account.objects.filter(email=email).first()
    return found or Account.objects.create_user(email, extra_roles=[role])


def client_of(role: str = "data-protection") -> Client:
    """A client signed in with one role."""
    client = Client()
    client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return client

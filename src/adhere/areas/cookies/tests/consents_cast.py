"""Answers of visitors, made as the edge makes them, and who looks at them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from adhere.areas.cookies.consents.keeping import new_row
from adhere.areas.cookies.consents.proving import known_from, made_of
from adhere.areas.cookies.edging.making import Wanted
from adhere.areas.cookies.edging.receipts import Receipts
from adhere.areas.cookies.edging.tokens import Tokens, token_hash
from adhere.areas.cookies.models import ConsentRecord, Notice
from adhere.core.sequencing import signer

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
    chosen = set(ASKED) if method == "accept" else set(given)
    purposes = {"necessary": True, **{slug: slug in chosen for slug in ASKED}}
    moment = at or timezone.now() - ago
    before = ConsentRecord.objects.filter(subject=subject, at__lt=moment).order_by("-at").first()
    number = ConsentRecord.objects.count()
    name = f"{int(moment.timestamp() * 1000):012x}{number:020x}"
    made = new_row(
        Wanted(
            name, known_from(row), method, purposes, subject, before.pk if before else "",
            token_hash(Tokens(signer()).read_token(name)), "firefox", moment,
            [key for key, yes in (before.purposes if before else {}).items()
             if yes and not purposes.get(key)],
        )
    )  # fmt: skip
    made.entry.save()
    made.entry = made.entry  # takes the id that the entry has just been given
    made.save()
    return made


def receipt(record: ConsentRecord) -> dict[str, Any]:
    """What the visitor's browser keeps: the receipt with its read token."""
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

"""Signed addresses: a form that counts once, a receipt without sign-in, taking from a mail."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from django.core import signing

ONCE, RECEIPT, TAKE = "incidents.once", "incidents.receipt", "incidents.take"
LASTS: Final = {ONCE: timedelta(days=30), RECEIPT: timedelta(days=730), TAKE: timedelta(days=7)}


def make(purpose: str, *parts: str) -> str:
    """A token of these parts for one purpose."""
    return signing.dumps(parts, salt=purpose)


def read(purpose: str, token: str) -> tuple[str, ...] | None:
    """What a token holds; None where it is not ours or too old."""
    try:
        found = signing.loads(token, salt=purpose, max_age=LASTS[purpose])
    except signing.BadSignature:
        return None
    return tuple(found)


def once() -> str:
    """The token of a new form: sent twice, it makes one incident."""
    return make(ONCE, secrets.token_hex(6))

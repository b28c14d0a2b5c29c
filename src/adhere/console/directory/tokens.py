"""A directory's tokens: made once, known only by their hash, revocable."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from adhere.console.directory.models import Token
from adhere.core.recording import make_entry

SEEN: Final = timedelta(minutes=1)  # how exactly it is kept when a token was last used


@transaction.atomic
def make(name: str, by: str) -> str:
    """A new token, shown this once."""
    secret = f"adhere_{secrets.token_urlsafe(32)}"
    now = timezone.now()
    Token.objects.create(name=name, digest=_digest(secret), made_by=by, made_at=now)
    make_entry("directory-tokens", {"name": name, "made_by": by}, "", now).save()
    return secret


@transaction.atomic
def revoke(token: Token, by: str) -> None:
    """Take a token's power away at once."""
    now = timezone.now()
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        entry = {"name": token.name, "revoked_by": by}
        make_entry("directory-tokens", entry, "", now).save()


def token_of(request: HttpRequest, now: datetime) -> Token | None:
    """The token that a request carries, where it is known and not revoked."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return None
    found = Token.objects.filter(digest=_digest(secret.strip()), revoked_at=None).first()
    if found and (found.used_at is None or found.used_at < now - SEEN):
        Token.objects.filter(pk=found.pk).update(used_at=now)
    return found


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

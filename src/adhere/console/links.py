"""One-time sign-in links: made for an account, good for half an hour and for one use."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from adhere.console.models import ROLES, Account, OneTimeLink
from adhere.core.models import Person
from adhere.errors import Problem, nearest

LASTS: Final = timedelta(minutes=30)
MAILS: Final = 3  # links that may be asked for by mail in one such period


def make_sign_in_link(account: Account, *, trusted: bool = True, lasts: timedelta = LASTS) -> str:
    """A new link, as an address. Its token is nowhere kept, only its SHA-256."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    OneTimeLink.objects.create(
        account=account,
        digest=_digest(token),
        trusted=trusted,
        made_at=now,
        expires_at=now + lasts,
    )
    return f"{settings.URL}{reverse('sign-in-link', args=[token])}"


def link_of(token: str, now: datetime) -> OneTimeLink | None:
    """The link behind a token while it can still be used. Looking does not use it."""
    found = (
        OneTimeLink.objects.select_related("account__person")
        .filter(digest=_digest(token), used_at=None, expires_at__gt=now)
        .first()
    )
    usable = found and found.account.is_active and not found.account.ended(now)
    return found if usable else None


def consume(link: OneTimeLink, now: datetime) -> bool:
    """Use a link up; of two who try at the same time one wins."""
    return bool(OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now))


def too_many(account: Account, now: datetime) -> bool:
    """Whether enough links were asked for lately."""
    return account.links.filter(trusted=False, made_at__gt=now - LASTS).count() >= MAILS


def account_for(email: str, roles: list[str]) -> Account:
    """The account of an address, made where there is none, with these roles added.

    It belongs to the person of that address, if there is one.
    """
    for role in roles:
        if role not in ROLES:
            raise Problem(f"unknown role “{role}”", field="--role", expected=nearest(role, ROLES))
    address = email.strip().lower()
    if "@" not in address.strip("@"):
        raise Problem(f"“{email}” is no e-mail address", field="EMAIL", expected="name@company")
    account = Account.objects.filter(email=address).first() or Account.objects.create_user(address)
    if account.person is None:
        free = Person.objects.filter(email__iexact=address, account=None)
        account.person = free.first()
    account.extra_roles = sorted({*account.extra_roles, *roles})
    account.save()
    return account


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""What an account can sign in with."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from adhere.console.models import Account


def passkeys(account: Account) -> list[Authenticator]:
    """The passkeys and security keys, oldest first."""
    kind = Authenticator.Type.WEBAUTHN
    return list(Authenticator.objects.filter(user=account, type=kind).order_by("created_at"))


def has_credential(account: Account) -> bool:
    """Whether its holder can sign in without a link."""
    alone = [key for key in passkeys(account) if key.wrap().is_passwordless is not False]
    return account.has_usable_password() or bool(alone)

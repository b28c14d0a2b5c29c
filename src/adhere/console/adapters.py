"""How accounts come to be: by the company, never by a stranger signing up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from adhere.console.models import Account


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display_name(account: Account) -> str:
    """How passkeys and messages call somebody."""
    return account.name

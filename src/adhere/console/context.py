"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from adhere.console.menu import area_menu, menu
from adhere.console.theme import theme_of
from adhere.core.models import Controller


def house(request: HttpRequest) -> dict[str, Any]:
    """The company, how the page looks, and the menu entries this account may open."""
    known = {"controller": Controller.current(), "theme": theme_of(request)}
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return known
    held = account.roles
    return {**known, "area_menu": area_menu(held), "menu": menu(request, held)}

"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from adhere.core.areas import areas
from adhere.core.models import Controller


def house(request: HttpRequest) -> dict[str, Any]:
    """The company, and the menu entries this account may open."""
    account = request.user
    held = account.roles if account.is_authenticated else frozenset()
    menu = [
        entry
        for area in areas()
        for entry in area.menu
        if account.is_authenticated and (not entry.roles or held & {*entry.roles, "auditor"})
    ]
    return {"controller": Controller.current(), "area_menu": menu}

"""For pages made on the server: what this visitor said, so that markup can follow it."""

from __future__ import annotations

from typing import Any

from adhere.areas.cookies.wall.choices import Choices


def choices(request: Any) -> Choices:
    """The choices behind a request: a WSGI environ, an ASGI scope, or an object that has one.

    Nothing is given where the wall does not stand in front of the application.
    """
    for each in (request, *(getattr(request, name, None) for name in ("environ", "scope"))):
        held = each.get("adhere.choices") if isinstance(each, dict) else None
        if isinstance(held, Choices):
            return held
    found = getattr(request, "adhere_choices", None)
    return found if isinstance(found, Choices) else Choices()

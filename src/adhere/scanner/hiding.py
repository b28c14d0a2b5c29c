"""Takes secrets out of what was seen, wherever a page may have put them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from urllib.parse import quote, quote_plus

import msgspec

from adhere.scanner.observations import Observations

T = TypeVar("T", bound=msgspec.Struct)

HIDDEN = "(not kept)"
_LISTS = ("stored", "blocked", "respawned", "requests", "pages", "signals")


def hide(saw: Observations, secrets: Iterable[str]) -> None:
    """Replace each secret, also as it is written in a URL, by words that say so."""
    every = {form for one in secrets if one for form in (one, quote(one, ""), quote_plus(one))}
    longest_first = sorted(every, key=len, reverse=True)
    for name in _LISTS:
        setattr(saw, name, [_without(one, longest_first) for one in getattr(saw, name)])


def without(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return text


def _without(one: T, secrets: list[str]) -> T:
    changed: dict[str, Any] = {}
    for name in one.__struct_fields__:
        value = getattr(one, name)
        if isinstance(value, str):
            changed[name] = without(value, secrets)
        elif isinstance(value, dict):
            changed[name] = {
                key: without(each, secrets) if isinstance(each, str) else each
                for key, each in value.items()
            }
    return msgspec.structs.replace(one, **changed)

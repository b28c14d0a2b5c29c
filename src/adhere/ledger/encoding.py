"""Strict base64 and strict JSON: one text for one value, so that no changed byte passes."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from adhere.errors import Problem


def b64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 §4)."""
    return base64.b64encode(data).decode("ascii")


def unb64(text: object, *, size: int | None = None, field: str | None = None) -> bytes:
    """The bytes of a base64 text; raises Problem on any other spelling or length in bytes."""
    expected = "base64" if size is None else f"base64 of {size} bytes"
    if not isinstance(text, str):
        raise Problem("is not text", field=field, expected=expected)
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Problem("is not base64", field=field, expected=expected) from error
    # Base64 has spare bits at its end: two texts may mean the same bytes. Only one is let in.
    if b64(data) != text or (size is not None and len(data) != size):
        raise Problem("is not the right base64", field=field, expected=expected)
    return data


def decimal(text: str, field: str) -> int:
    """A non-negative ASCII decimal without leading zeroes, below 2^63; else Problem."""
    plain = text.isascii() and text.isdigit() and len(text) <= 19
    if not plain or str(int(text)) != text or int(text) >= 1 << 63:
        raise Problem(f"{text[:40]!r} is no size", field=field, expected="a plain decimal number")
    return int(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def strict_json(data: bytes) -> dict[str, Any]:
    """One JSON object in UTF-8, no name twice, no NaN; raises Problem otherwise."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Problem(f"is not readable JSON: {error}", expected="one JSON object") from error
    if not isinstance(value, dict):
        raise Problem("is not a JSON object", expected="one JSON object")
    return value

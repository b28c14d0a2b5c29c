"""Commitments: what a leaf holds instead of the record (DESIGN.md §6).

Leaf entry = HMAC-SHA-256 under a random 256-bit secret of the record's own, over its canonical
JSON (RFC 8785). Without the secret the leaf says nothing, so deleting the secret is erasure.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785

from adhere.errors import Problem

SECRET_SIZE = 32
ERASURE = "erasure"


def new_secret() -> bytes:
    """32 random bytes. Never used for a second record, never derived from one."""
    return secrets.token_bytes(SECRET_SIZE)


def canonical(record: Mapping[str, Any]) -> bytes:
    """The record's one JSON text by RFC 8785; raises Problem where JSON cannot hold it exactly."""
    try:
        return rfc8785.dumps(dict(record))
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise Problem(f"the record has no canonical JSON: {error}", field="record") from error


def commit(secret: bytes, record: Mapping[str, Any]) -> bytes:
    """The 32-byte commitment to a record: the entry of its leaf."""
    if len(secret) != SECRET_SIZE:
        raise Problem("has the wrong length", field="secret", expected=f"{SECRET_SIZE} bytes")
    return hmac.digest(secret, canonical(record), "sha256")


def erasure_record(indexes: Iterable[int], at: str) -> dict[str, Any]:
    """The record whose leaf says that the leaves ``indexes`` were erased ``at`` (ISO 8601)."""
    return {"kind": ERASURE, "indexes": sorted(set(indexes)), "at": at}


def erased_by(record: Mapping[str, Any], index: int) -> list[int]:
    """The leaves that an erasure record at leaf ``index`` names; raises Problem if malformed."""
    named = record.get("indexes")
    if not isinstance(named, list) or not named:
        raise Problem("names no leaves", field="indexes", expected="a list of leaf numbers")
    if not all(type(each) is int and 0 <= each < index for each in named):
        raise Problem("names a leaf that is not before it", field="indexes")
    return named

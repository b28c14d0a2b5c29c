"""Gets the bytes of a document from a file, within limits."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from adhere.errors import Problem

MAX_BYTES = 20_000_000
TOO_BIG = "at most 20 MB"


class Fetched(msgspec.Struct, frozen=True):
    """`kind` is the file ending or what the server said, "" where neither tells."""

    data: bytes
    name: str
    kind: str
    charset: str | None = None


def is_address(place: str) -> bool:
    return re.match(r"[a-z][a-z0-9+.-]*://", place, re.IGNORECASE) is not None


def from_file(path: Path) -> Fetched:
    """Raises Problem where there is no such file, or it is a folder or too big."""
    name = str(path)
    try:
        if path.is_dir():
            raise Problem("is a folder", file=name, expected="a document")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Problem(f"{size:,} bytes are too many", file=name, expected=TOO_BIG)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Problem("no such file", file=name, expected="a document or an address") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "cannot be read"
        raise Problem(why, file=name, expected="a document") from None
    return Fetched(_within(data, name), name, path.suffix.lower().lstrip("."))


def _within(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise Problem("the document is too big", file=name, expected=TOO_BIG)
    return data

"""Bytes into text, and nothing but text."""

from __future__ import annotations

import codecs
import re

from adhere.errors import Problem

EXPECTED = "UTF-8, UTF-16 with a byte order mark, or Windows-1252"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, file: str, declared: str | None = None) -> str:
    """The text of `data`. Raises Problem where no encoding makes sense of it."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name, file).removeprefix("\ufeff")
    if b"\x00" in data:
        raise Problem("holds binary data, not text", file=file, expected=EXPECTED)
    for name in dict.fromkeys((declared or "utf-8", "utf-8")):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return _no_control(text, file)
    return _no_control(_windows(data, file), file)


def _strict(data: bytes, name: str, file: str) -> str:
    try:
        return _no_control(data.decode(name), file)
    except UnicodeDecodeError:
        raise Problem("wrong encoding", file=file, expected=EXPECTED) from None


def _windows(data: bytes, file: str) -> str:
    """Windows-1252, if the bytes beyond ASCII are few and mostly letters or quotes."""
    bad = next(i for i, byte in enumerate(data) if byte > 127)
    line = data.count(b"\n", 0, bad) + 1
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise Problem("wrong encoding", file=file, line=line, expected=EXPECTED) from None
    high = [char for char in text if ord(char) > 127]
    sane = sum(char.isalpha() or char in "‘’“”«»–—…€•°§\xa0" for char in high)
    if len(high) > len(text) * 0.25 or sane < len(high) * 0.9:
        raise Problem("wrong encoding", file=file, line=line, expected=EXPECTED)
    return text


def _no_control(text: str, file: str) -> str:
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Problem("holds binary data, not text", file=file, line=line, expected=EXPECTED)
    return text

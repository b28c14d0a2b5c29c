"""Values that tell one visitor from another, and where they are sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from adhere.scanner.observations import Request

_SHORTEST = 8
_PART = re.compile(r"[A-Za-z0-9+/=_-]{8,}|\d+\.\d{6,}")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_KEYS = re.compile(
    r"(?:.*[._-])?(?:u?uid|user_?id|visitor_?id|client_?id|device_?id|anonymous_?id|guid|cid|vid"
    r"|fingerprint|fp|ifa|gaid|idfa)",
    re.IGNORECASE,
)
_RANDOM = re.compile(r"[0-9a-fA-F-]{16,}|[0-9A-Za-z_-]{20,}|\d{9,}\.\d{9,}|\d{15,}")


def identifying(value: str) -> bool:
    """Whether a stored value can tell visitors apart: long and mixed enough to be no setting."""
    return any(True for _ in parts(value))


def parts(value: str) -> Iterator[str]:
    """The pieces of a value that could be identifiers: `1234567890.1700000000` of `GA1.1.…`."""
    for piece in _PART.findall(unquote(value)):
        digits = sum(each.isdigit() for each in piece)
        varied = len(set(piece)) >= 6
        if len(piece) >= _SHORTEST and digits >= 3 and varied and not _dated(piece):
            yield piece


def sent(one: Request) -> str:
    """Everything that a request carries in the open, besides its cookies."""
    address = urlsplit(one.url)
    return unquote(f"{address.path}?{address.query}") + "\n" + unquote(one.body)


def named(one: Request) -> Iterator[tuple[str, str]]:
    """Parameters called an identifier whose value looks like one."""
    for key, value in parse_qsl(urlsplit(one.url).query):
        if _KEYS.fullmatch(key) and _RANDOM.fullmatch(value):
            yield key, value


def _dated(piece: str) -> bool:
    """A moment, which many visitors share."""
    return bool(
        re.fullmatch(r"1[5-9]\d{8}(?:\d{3})?|20\d{6}(?:T?\d{6}Z?)?|20\d\d-\d\d-\d\d.*", piece)
    )

"""What a report may show of values and addresses: enough to know them again, not to use them."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

_SHOWN = 4
_LONGEST = 8


def shortened(value: str) -> str:
    """The first four characters and how many there are: `GA1.… (27 characters)`."""
    shown = value[:_SHOWN] if len(value) > _LONGEST else ""
    return f"{shown}… ({len(value)} characters)" if value else ""


def cookie_line(line: str) -> str:
    """A `Set-Cookie` line, or what a script assigned, with the value shortened."""
    name, equals, rest = line.partition("=")
    value, semicolon, attributes = rest.partition(";")
    return f"{name}{equals}{shortened(value.strip())}{semicolon}{attributes}"


def address(url: str) -> str:
    """A URL without name, password and fragment, and with long values in its query shortened."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("?")[0]
    query = "&".join(_pair(key, value) for key, value in parse_qsl(parts.query, True))
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, query, ""))


def _pair(key: str, value: str) -> str:
    told = shortened(value) if len(value) > _LONGEST else quote(value, safe="")
    return f"{quote(key, safe='[]')}={told}"

"""Cookies of refused purposes: not handed to the application, not set, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from adhere.areas.cookies.wall.choices import CONSENT, Choices, pairs
from adhere.areas.cookies.wall.site import Wall

_OURS = {CONSENT, "adhere_language"}
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
_MOST = 40


def refused(name: str, wall: Wall, choices: Choices) -> bool:
    """Whether the inventory knows this cookie, and nothing that it serves was consented to."""
    if name in _OURS:
        return False
    mine = [each for each in wall.cookies if _form(each[0]).fullmatch(name)]
    return bool(mine) and not any(choices.allows(slug, vendor) for _, slug, vendor in mine)


def expression(pattern: str) -> str:
    """``_ga_*`` and ``_ga_<container>`` both mean: whatever follows ``_ga_``."""
    parts = re.split(r"\*|<[^>]*>|\{[^}]*\}|\[[^\]]*\]", pattern)
    return ".*".join(re.escape(part) for part in parts)


@lru_cache(maxsize=2_000)
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(expression(pattern))


def kept(header: str, wall: Wall, choices: Choices) -> str:
    """A ``Cookie`` header without the refused ones."""
    if not header or not wall.cookies:
        return header
    found = [part for part in header.split(";") if part.strip()]
    stay = [part for part in found if not refused(_name(part), wall, choices)]
    return header if len(stay) == len(found) else ";".join(stay).strip()


def leftovers(header: str, wall: Wall, choices: Choices) -> list[str]:
    """The refused cookies that the browser still sends."""
    if not header or not wall.cookies:
        return []
    names = dict.fromkeys(name for name, _ in pairs(header))
    return [name for name in names if refused(name, wall, choices)][:_MOST]


def permitted(line: str, wall: Wall, choices: Choices) -> bool:
    """Whether a ``Set-Cookie`` line may go out. Taking a cookie back always may."""
    return not refused(_name(line), wall, choices) or _takes_back(line)


def expiries(names: Iterable[str], host: str) -> list[str]:
    """``Set-Cookie`` lines that end these cookies for the host and every domain above it.

    A browser ignores the line for a public suffix, so none has to be known here.
    """
    bare = re.sub(r":[0-9]+$", "", host.lower()).strip(".")
    labels = bare.split(".")
    numeric = labels[-1].isdigit() or not re.fullmatch(r"[a-z0-9.-]+", bare)
    above = [] if numeric else [".".join(labels[at:]) for at in range(len(labels) - 1)]
    ends = "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/"
    return [
        f"{name}=; {ends}{domain}"
        for name in names
        if _NAME.fullmatch(name)
        for domain in ("", *(f"; Domain={each}" for each in above))
    ]


def _name(part: str) -> str:
    return part.partition("=")[0].strip()


def _takes_back(line: str) -> bool:
    return re.search(r";\s*(?:max-age\s*=\s*0*\s*(?:;|$)|max-age\s*=\s*-)", line, re.I) is not None

"""Whether a name belongs to a pattern or a domain, and whether it says enough to name anyone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_WILD = re.compile(
    r"(\*)|<[^<>]*>|\{[^{}]*\}|\[[^\[\]]*\]|#+|…|\.\.\.|(?<=[_-])X+(?![A-Za-z])|(?<![A-Za-z])X{3,}"
)
_FEWEST = 4
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_EVERYDAY = Path(__file__).with_name("everyday-words.txt")


def matches(pattern: str, name: str) -> bool:
    """Exact in case. `*` stands for any characters; `<id>`, `{id}`, `[id]`, `#`, `XXX` and `…` for
    at least one.
    """
    return pattern == name or _compiled(pattern).fullmatch(name) is not None


def within(host: str, domain: str) -> bool:
    """Whether a host is a domain or below it."""
    return host == domain or host.endswith("." + domain)


def stem(pattern: str) -> str:
    """The characters of a pattern that are given."""
    return _WILD.sub("", pattern)


def specific(pattern: str) -> bool:
    """Whether a name is one vendor's own and not what any website might use.

    Too short, or made of everyday words alone, is nobody's: `sid`, `last_visit`, `user_id`.
    """
    given = stem(pattern)
    words = {word.lower() for word in _WORD.findall(given)}
    odd = given.startswith("_") or not given.islower() or bool(re.search(r"[_.:\d-]", given))
    return len(given) >= _FEWEST and odd and bool({w for w in words if len(w) > 1} - _everyday())


@cache
def _everyday() -> frozenset[str]:
    return frozenset(_EVERYDAY.read_text(encoding="ascii").split())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts, at = [], 0
    for wild in _WILD.finditer(pattern):
        parts += [re.escape(pattern[at : wild.start()]), ".*" if wild[1] else ".+"]
        at = wild.end()
    return re.compile("".join(parts) + re.escape(pattern[at:]), re.DOTALL)

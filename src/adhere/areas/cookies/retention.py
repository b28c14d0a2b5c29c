"""How long a tracker stays, said in a language. Pure.

``retention.json`` has the words of each language: the session, and each unit in the forms that
``_FORMS`` tells apart, with ``#`` for the number (plural rules and units as in Unicode CLDR).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from adhere.documents.numbers import NUMBER, UNIT, number

_FILE = Path(__file__).with_name("retention.json")
_UNITS: tuple[tuple[int, str], ...] = (
    (1, "second"),
    (1, "minute"),
    (1, "hour"),
    (1, "day"),
    (1, "week"),
    (1, "month"),
    (3, "month"),
    (6, "month"),
    (1, "year"),
)  # what each unit of ``numbers.UNIT`` is in those that have words
_LENGTH = re.compile(
    rf"(?P<session>(?:browser[ -]?)?(?:session|sessie|séance|sitzung)(?!\w))"
    rf"|(?P<n>{NUMBER})(?:[\s\xa0]+|-|(?<=\d))(?:{UNIT})(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:(?P<range>[-–—]|\b(?:to|tot|à|bis)\b)|/|\b(?:or|of|ou|oder)\b)\s*", re.IGNORECASE
)


def said(text: str, language: str) -> str:
    """A retention such as “1 day - 13 months” or “session” in a language.

    What is not understood to its last letter, or has no words, stays as it was written.
    """
    words = _words().get(language)
    if not words:
        return text
    found, at, whole = "", 0, text.strip()
    while match := _LENGTH.match(whole, at):
        length = _length(match, language, words)
        if length is None:
            return text
        found, at = found + length, match.end()
        if at == len(whole):
            return found
        between = _BETWEEN.match(whole, at)
        if not between:
            return text
        found, at = found + (" – " if between["range"] else " / "), between.end()
    return text


@cache
def _words() -> Mapping[str, Mapping[str, list[str] | str]]:
    found: dict[str, dict[str, list[str] | str]] = json.loads(_FILE.read_text("utf-8"))
    return found


def _length(
    match: re.Match[str], language: str, words: Mapping[str, list[str] | str]
) -> str | None:
    if match["session"]:
        return str(words["session"])
    times, unit = next(each for at, each in enumerate(_UNITS) if match[f"u{at}"])
    count = number(match["n"]) * times
    if count != int(count):
        return None
    form = _FORMS.get(language, _one_or_more)(int(count))
    return words[unit][form].replace("#", str(int(count)))


def _one_or_more(count: int) -> int:
    return 0 if count == 1 else 1


def _czech(count: int) -> int:
    return 0 if count == 1 else 1 if 2 <= count <= 4 else 2


def _few(count: int) -> bool:
    return count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)


def _croatian(count: int) -> int:
    return 0 if count % 10 == 1 and count % 100 != 11 else 1 if _few(count) else 2


def _polish(count: int) -> int:
    return 0 if count == 1 else 1 if _few(count) else 2


def _lithuanian(count: int) -> int:
    if count % 10 == 0 or 11 <= count % 100 <= 19:
        return 2
    return 0 if count % 10 == 1 else 1


def _romanian(count: int) -> int:
    return 0 if count == 1 else 1 if count == 0 or 1 <= count % 100 <= 19 else 2


def _slovene(count: int) -> int:
    return {1: 0, 2: 1, 3: 2, 4: 2}.get(count % 100, 3)


def _irish(count: int) -> int:
    return next((form for form, last in enumerate((1, 2, 6, 10)) if 0 < count <= last), 4)


def _maltese(count: int) -> int:
    if count in (1, 2):
        return count - 1
    return 2 if count == 0 or 3 <= count % 100 <= 10 else 3 if 11 <= count % 100 <= 19 else 4


_FORMS: Mapping[str, Callable[[int], int]] = {
    "cs": _czech,
    "sk": _czech,
    "hr": _croatian,
    "pl": _polish,
    "lt": _lithuanian,
    "lv": _lithuanian,
    "ro": _romanian,
    "sl": _slovene,
    "ga": _irish,
    "mt": _maltese,
}
"""Which form a number takes, where it is not one for 1 and one for all others."""

"""Durations and counts named in a text, in four languages, as digits or words."""

from __future__ import annotations

import re

import msgspec

from adhere.documents.lazy import lazy
from adhere.documents.numbers import (
    ARTICLES,
    NUMBER,
    PERIODS,
    SINGLE_PERIOD,
    SINGLE_TIMES,
    TIMES,
    UNIT,
    days_of,
    number,
)


class Quantity(msgspec.Struct, frozen=True):
    """A number in a text. A duration's `value` is in days; a count's is the number itself."""

    kind: str
    value: float
    text: str
    start: int


_FLAGS = re.IGNORECASE
_DURATION = lazy(rf"(?<![\w.,])(?P<n>{NUMBER})(?:[\s\xa0]+|-|(?<=\d))(?:{UNIT})(?!\w)", _FLAGS)
_PER = lazy(
    rf"\b(?:per|each|every|elke?|ieder|iedere|chaque|par|pro|jede[nrs]?|im|in the|in a)"
    rf"\s+(?:{UNIT})(?!\w)",
    _FLAGS,
)
_PERIOD = lazy(rf"\b(?:{SINGLE_PERIOD})\b", _FLAGS)
_TIMES = lazy(
    rf"\b(?:(?:{SINGLE_TIMES})|(?P<n>{NUMBER})(?:\s+(?:times?|keer|maal|fois|mal)|mal|maal))\b",
    _FLAGS,
)
_COUNT = lazy(rf"(?<![\w.,/:§-])(?P<n>{NUMBER})(?![\w%:/]|[.,]\d|-\w)", _FLAGS)
_MONSTER = re.compile(r"\S{300,}")  # patterns take ages on such words
_NUMBERED = re.compile(r"(?:art(?:icle|ikel)?s?\.?|section|§|no\.|nr\.|version)\s*$", _FLAGS)
_SESSION = lazy(
    r"\b(?:session|sessions|sessie|sessies|séance|sitzung|browsersessie|sitzungs\w*|sessie\w*"
    r"|(?:until|when) (?:you|the user|the visitor)? ?(?:closes?|quits?) \w+ browser)\b",
    _FLAGS,
)


def quantities(text: str) -> list[Quantity]:
    """Every duration and count in `text`, in order; no two overlap.

    "annually", "per year" and "each twelve months" are durations (the period); "at least twice"
    is a count. Articles ("a", "un") count only before a unit of time; an enumeration ("Article
    5", "3.") counts nothing.
    """
    text = _MONSTER.sub(lambda match: " " * len(match.group()), text)
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []
    for finder in (_durations, _periods, _times, _counts):
        for kind, value, start, end in finder(text):
            if all(end <= low or start >= high for low, high in taken):
                taken.append((start, end))
                found.append(Quantity(kind, value, text[start:end], start))
    return sorted(found, key=lambda quantity: quantity.start)


_Found = list[tuple[str, float, int, int]]


def _durations(text: str) -> _Found:
    return [
        ("duration", days_of(m, number(m["n"])), m.start(), m.end())
        for m in _DURATION().finditer(text)
    ]


def _periods(text: str) -> _Found:
    found: _Found = [
        ("duration", days_of(m, 1.0), m.start(), m.end()) for m in _PER().finditer(text)
    ]
    values = tuple(PERIODS)
    for match in _PERIOD().finditer(text):
        index = next(i for i in range(len(values)) if match[f"p{i}"])
        found.append(("duration", values[index], match.start(), match.end()))
    return found


def _times(text: str) -> _Found:
    found: _Found = []
    values = tuple(TIMES)
    for match in _TIMES().finditer(text):
        if match["n"]:
            value = number(match["n"])
        else:
            value = values[next(i for i in range(len(values)) if match[f"t{i}"])]
        found.append(("count", value, match.start(), match.end()))
    return found


def _counts(text: str) -> _Found:
    found: _Found = []
    for match in _COUNT().finditer(text):
        word = match["n"].lower()
        before = text[: match.start()]
        at_start = not before.strip() and re.match(r"[.)]", text[match.end() :])
        if word in ARTICLES or word == "one" or at_start or _NUMBERED.search(before):
            continue
        found.append(("count", number(match["n"]), match.start(), match.end()))
    return found


def retention_days(text: str | None) -> tuple[int, int] | None:
    """The shortest and longest retention in whole days, None where it cannot be told.

    A session is (0, 0), less than a day (1, 1); a month is 30 days, a year or twelve months 365.
    "1 day - 2 years" is (1, 730); "session or 1 year" is (0, 365).
    """
    if not text:
        return None
    spread = _spread_units(text)
    days = _sums([q for q in quantities(spread) if q.kind == "duration"], spread)
    whole = [_whole(value) for value in days if value > 0]
    if _SESSION().search(spread):
        whole.append(0)
    return (min(whole), max(whole)) if whole else None


_AND = re.compile(r"\s*,?\s*(?:and|en|et|und|&)\s+", _FLAGS)


def _sums(found: list[Quantity], text: str) -> list[float]:
    """ "1 year and 6 months" is one duration: a larger unit, "and", a smaller one."""
    days: list[float] = []
    end = 0
    for quantity in found:
        if days and days[-1] > quantity.value and _AND.fullmatch(text[end : quantity.start]):
            days[-1] += quantity.value
        else:
            days.append(quantity.value)
        end = quantity.start + len(quantity.text)
    return days


_RANGE = lazy(
    rf"(?P<low>{NUMBER})\s*(?:-|–|—|to|tot|à|bis|or|of|ou|oder)\s*(?P<rest>{NUMBER}"
    rf"(?:[\s\xa0]+|-|(?<=\d))(?P<unit>(?:{UNIT})))(?!\w)",
    _FLAGS,
)


def _spread_units(text: str) -> str:
    """ "1-2 years" as "1 year, 2 years": the first number shares the unit of the second."""
    return _RANGE().sub(lambda m: f"{m['low']} {m['unit']}, {m['rest']}", text)


def _whole(days: float) -> int:
    return max(1, round(days)) if days >= 1 else 1

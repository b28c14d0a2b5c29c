"""Since when a text holds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from adhere.documents.lazy import lazy
from adhere.documents.wordlists import words

_MONTHS = words(
    """january|januari|janvier|januar|jan february|februari|février|februar|feb
    march|maart|mars|märz|mar april|avril|apr may|mei|mai june|juni|juin|jun
    july|juli|juillet|jul august|augustus|août|aug september|septembre|sept|sep
    october|oktober|octobre|oct november|novembre|nov december|décembre|dezember|dec"""
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split("|")}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_CUE = (
    r"(?:effective(?: date| from| as of)?|in (?:force|effect) (?:since|from|as of)|applies from"
    r"|(?:last )?(?:updated|modified|revised|amended)|last update|version of|dated"
    r"|geldig vanaf|van kracht (?:sinds|vanaf)|(?:laatst )?(?:bijgewerkt|gewijzigd)|versie van"
    r"|dernière mise à jour|mise? à jour|en vigueur (?:depuis|à partir)|version du"
    r"|gültig (?:ab|seit)|in kraft seit|zuletzt (?:aktualisiert|geändert)|stand|fassung vom)"
)
_DATE = (
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"|(?P<d2>\d{1,2})[./-](?P<m2>\d{1,2})[./-](?P<y2>\d{4})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?(?P<m3>{_NAMES})\.?,?\s+(?P<y3>\d{{4}})"
    rf"|(?P<m4>{_NAMES})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})"
)
_YEAR = re.compile(r"\d{4}")
_ANY = lazy(rf"{_DATE}|\b(?:{_NAMES})\.?,?\s+\d{{4}}\b", re.IGNORECASE)
_EFFECTIVE = lazy(rf"\b(?P<cue>{_CUE})\b[^\d\n.]{{0,30}}?(?:{_DATE})", re.IGNORECASE)


def effective(text: str) -> str | None:
    """The date since when a text holds or was last changed, as an ISO day.

    Days stand before months in 01/02/2026, as everywhere in Europe.
    """
    return next((day for _, day in dated(text)), None)


def dated(text: str) -> Iterator[tuple[str, str]]:
    """Each date that a text says of itself: the words that introduce it, and the ISO day."""
    if not _YEAR.search(text):
        return
    for match in _EFFECTIVE().finditer(text):
        for suffix in ("", "2", "3", "4"):
            if match[f"y{suffix}"]:
                day = _day(match[f"y{suffix}"], match[f"m{suffix}"], match[f"d{suffix}"])
                if day:
                    yield match["cue"].lower(), day


def has_date(text: str) -> bool:
    """Whether a day, or a month with its year, stands in a text."""
    return _ANY().search(text) is not None


def _day(year: str, month: str, day: str) -> str | None:
    number = int(month) if month.isdigit() else _MONTH[month.lower()]
    try:
        return datetime.date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None

"""The banner's words in every language that ships, and those of the shipped purposes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"
BASE = "en"


@cache
def shipped() -> tuple[str, ...]:
    """The languages with words of their own."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def _file(language: str) -> dict[str, Any]:
    path = FOLDER / f"{language if language in shipped() else BASE}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def words(language: str) -> dict[str, str]:
    """Everything the banner says in a language, English where the language has no word for it."""
    return {**_file(BASE)["words"], **_file(language)["words"]}


def keys() -> tuple[str, ...]:
    """The order in which the banner takes its words."""
    return tuple(_file(BASE)["words"])


def name_of(language: str) -> str:
    """A language's name in itself."""
    return str(_file(language)["language"]) if language in shipped() else language


def right_to_left(language: str) -> bool:
    """Whether a language runs from right to left."""
    return language in shipped() and _file(language).get("direction") == "rtl"


def purpose_words(slug: str, language: str) -> Mapping[str, str] | None:
    """The shipped ``title`` and ``text`` of a purpose; None of one that the company made."""
    here = _file(language)["purposes"].get(slug) or _file(BASE)["purposes"].get(slug)
    return {"title": here["title"], "text": here["text"]} if here else None

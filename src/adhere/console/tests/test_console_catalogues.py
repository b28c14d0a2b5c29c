"""Every word that people see is there in Dutch, French and German."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adhere.console.tests.catalogues import HOUSE, LANGUAGES, catalogue, compiled, marked, rooms

FILES = [
    pytest.param(room, language, id=f"{room.name}-{language}")
    for room in rooms()
    for language in LANGUAGES
]
_PLACE = re.compile(r"%\(\w+\)[sd]|</?\w+>")


def _po(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def test_the_console_is_among_the_rooms() -> None:
    assert HOUSE / "console" in rooms()


@pytest.mark.parametrize(("room", "language"), FILES)
def test_nothing_is_untranslated_or_fuzzy(room: Path, language: str) -> None:
    entries = catalogue(_po(room, language))
    open_ = [key for key, (fuzzy, said) in entries.items() if fuzzy or not all(said)]
    assert open_ == []


@pytest.mark.parametrize(("room", "language"), FILES)
def test_every_marked_word_is_in_the_catalogue_and_no_other(room: Path, language: str) -> None:
    assert set(catalogue(_po(room, language))) - {("", "")} == marked(room)


@pytest.mark.parametrize(("room", "language"), FILES)
def test_the_compiled_catalogue_is_up_to_date(room: Path, language: str) -> None:
    path = _po(room, language)
    written = {key: said for key, (_, said) in catalogue(path).items()}
    assert compiled(path.with_suffix(".mo")) == written


@pytest.mark.parametrize(("room", "language"), FILES)
def test_a_translation_keeps_names_and_marks_of_the_text(room: Path, language: str) -> None:
    entries = catalogue(_po(room, language))
    lost = [
        msgid
        for (_, msgid), (_, said) in entries.items()
        for text in said
        if sorted(_PLACE.findall(text)) != sorted(_PLACE.findall(msgid))
    ]
    # The singular of a count may say the number in a word.
    assert [msgid for msgid in lost if msgid != "One thing waits for you."] == []

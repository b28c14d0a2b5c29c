"""How long a tracker stays is said in each language, and read back to the same."""

from __future__ import annotations

import pytest

from adhere.areas.cookies import words
from adhere.areas.cookies.retention import said
from adhere.documents.policy import LANGUAGES
from adhere.documents.quantities import retention_days

WRITTEN = (
    "session", "40 seconds", "30 minutes", "1 hour", "1 day", "90 days", "2 weeks", "1 month",
    "13 months", "1 year", "2 years", "1 day - 13 months", "session or 1 year",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1 year", "nl", "1 jaar"),
        ("13 months", "fr", "13 mois"),
        ("Session", "de", "Sitzung"),
        ("twee jaar", "pl", "2 lata"),
        ("5 ans", "pl", "5 lat"),
        ("21 days", "hr", "21 dan"),
        ("21 days", "lt", "21 diena"),
        ("30 days", "lv", "30 dienu"),
        ("20 days", "ro", "20 de zile"),
        ("3 months", "sl", "3 meseci"),
        ("7 years", "ga", "7 mbliana"),
        ("13 months", "mt", "13-il xahar"),
        ("1 day - 13 months", "nl", "1 dag – 13 maanden"),
        ("session or 1 year", "de", "Sitzung / 1 Jahr"),
        ("a quarter", "en", "3 months"),
    ],
)
def test_a_retention_is_said_in_a_language(text: str, language: str, expected: str) -> None:
    assert said(text, language) == expected


@pytest.mark.parametrize(
    "text", ["until further notice", "1.5 years", "1 year, renewed at each visit", "persistent", ""]
)
def test_what_is_not_understood_stays_as_written(text: str) -> None:
    assert {said(text, language) for language in words.shipped()} == {text}


@pytest.mark.parametrize("language", words.shipped())
def test_every_language_of_the_banner_has_words(language: str) -> None:
    assert [text for text in WRITTEN if "#" in said(text, language)] == []
    if language != "en":
        assert [text for text in WRITTEN[1:-1] if said(text, language) == text] == (
            ["30 minutes"] if language == "fr" else []
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", WRITTEN)
def test_a_policy_read_again_says_the_same_length(text: str, language: str) -> None:
    assert retention_days(said(text, language)) == retention_days(text)

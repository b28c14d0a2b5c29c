"""Texts in which nothing is wrong, of several kinds and forms, stay without a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from adhere.documents.read import read_whole
from adhere.documents.review import RULES, review
from adhere.documents.review.company import is_placeholder, is_valid
from adhere.documents.tests.review_cast import DAY, findings, rules

SOUND = sorted((Path(__file__).parent / "sound").iterdir())
LIBRARY = sorted((Path(__file__).parents[2] / "library").glob("*.md"))


@pytest.mark.parametrize("path", [*SOUND, *LIBRARY], ids=lambda path: path.name)
def test_a_sound_text_is_silent(path: Path) -> None:
    assert review(read_whole(path), DAY) == []


def test_there_are_enough_of_them() -> None:
    assert len(SOUND) == 12
    assert len(LIBRARY) >= 8


def test_a_text_in_another_language_is_judged_by_its_tables_and_numbers_alone() -> None:
    spanish = (
        '<html lang="es"><body><h1>Cookies</h1><p>Usamos cookies. BE 0680.957.817</p></body></html>'
    )
    assert rules(spanish, "politica.html") == ["company-number-invalid"]


def test_a_finding_has_its_line_words_reason_and_reference() -> None:
    text = (
        "# Desks\n\nVersion 2, effective from 1 March 2026. Ask desk@house.example.\n\n"
        "See [this](#gone).\n"
    )
    (found,) = findings(text)
    assert (found.rule, found.severity, found.line, found.quote) == (
        "dead-link",
        "error",
        5,
        "this",
    )
    assert (found.why, found.reference) == (
        "leads to #gone, which is not in the text",
        "GDPR Art. 12(1)",
    )


@pytest.mark.parametrize(
    ("country", "number", "valid"),
    [
        ("BE", "BE 0680.957.816", True),
        ("BE", "0680.957.861", False),
        ("NL", "NL004495445B01", True),
        ("NL", "NL004495446B01", False),
        ("FR", "FR 40 303 265 045", True),
        ("FR", "FR 41 303 265 045", False),
        ("SIREN", "732 829 320", True),
        ("SIREN", "732 829 320 00074", True),
        ("SIREN", "732 829 321", False),
        ("DE", "DE136695976", True),
        ("DE", "DE136695978", False),
        ("LU", "LU15027442", True),
        ("LU", "LU15027443", False),
        ("IT", "IT00743110157", True),
        ("IT", "IT00743110158", False),
        ("AT", "ATU13585627", True),
        ("AT", "ATU13585626", False),
    ],
)
def test_check_digits(country: str, number: str, valid: bool) -> None:
    assert is_valid(country, number) is valid


def test_an_obvious_example_is_no_number() -> None:
    assert [is_placeholder(n) for n in ("0123.456.789", "BE 0000.000.000", "0680.957.816")] == [
        True,
        True,
        False,
    ]


def test_every_rule_has_a_name_of_its_own_and_says_everything() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.why and rule.reference and rule.advice for rule in RULES)

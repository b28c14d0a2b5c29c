"""Which sessions belong to the programme that a clause names."""

from __future__ import annotations

import pytest

from adhere.areas.training.roll import belongs


@pytest.mark.parametrize(
    ("name", "programme", "same"),
    [
        ("security", "security", True),
        ("Security", "security", True),
        ("Security awareness 2026", "security", True),
        ("security-awareness", "awareness security", True),
        ("fire safety", "security", False),
        ("cybersecurity", "security", False),
        ("security", "security awareness", False),
    ],
)
def test_all_words_of_the_clause_stand_in_the_name(name: str, programme: str, same: bool) -> None:
    assert belongs(name, programme) is same

"""The shipped questions are complete in four languages, and a company's own are checked."""

from __future__ import annotations

from collections import Counter

import pytest

from adhere.areas.conduct import banks
from adhere.areas.conduct.bank import fits_policy, fits_translation, parse_bank
from adhere.areas.conduct.banks import banks_of, check_banks
from adhere.core.texts import LIBRARY
from adhere.documents.policy import LANGUAGES, load_policy
from adhere.errors import Problem

POLICY = "work-behaviours"
HEADING = "Prohibited activities"


def source(language="en"):
    return load_policy(LIBRARY / f"{POLICY}.{language}.md")


def prohibited():
    """The eighteen items of the list, below its lead-in."""
    clauses = [clause.id for clause in source().clauses if clause.heading == HEADING]
    return clauses[clauses.index("prohibited") + 1 :]


def test_each_prohibited_activity_has_two_questions_in_each_language():
    assert len(prohibited()) == 18
    for language in LANGUAGES:
        counts = Counter(each.clause for each in banks_of(POLICY)[language].questions)
        assert {clause: counts[clause] >= 2 for clause in prohibited()} == dict.fromkeys(
            prohibited(), True
        )


def test_each_other_part_of_the_policy_has_a_question():
    asked = banks_of(POLICY)["en"].clauses
    parts = {}
    for clause in source().clauses:
        parts.setdefault(clause.heading, set()).add(clause.id)
    assert {heading for heading, ids in parts.items() if not ids & asked} == set()


def test_ids_clauses_and_right_answers_are_the_same_in_every_language():
    found = banks_of(POLICY)
    shapes = {
        language: [(q.id, q.shape) for q in bank.questions] for language, bank in found.items()
    }
    assert shapes == dict.fromkeys(LANGUAGES, shapes["en"])


def test_every_answer_can_be_told_apart_and_none_is_left_in_english():
    english = {text for q in banks_of(POLICY)["en"].questions for text in (q.ask, *q.answers)}
    for language in ("nl", "fr", "de"):
        bank = banks_of(POLICY)[language]
        assert {text for q in bank.questions for text in (q.ask, *q.answers)} & english == set()
        assert all(len(q.answers) >= 3 for q in bank.questions)


def test_the_questions_are_bound_to_clauses_that_are_there():
    for language, bank in banks_of(POLICY).items():
        fits_policy(bank, {clause.id for clause in source(language).clauses})


GOOD = """policy: house
language: en
questions:
  - id: keys-1
    clause: keys
    ask: Where do the keys go?
    right: [Into the box.]
    wrong: [Home.]
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("wrong: [Home.]", "wrong: []", 8, "wrong"),
        ("wrong: [Home.]", "wrong: [Into the box.]", 4, None),
        ("right: [Into the box.]", "right: yes", 7, "right"),
        ("ask: Where do the keys go?", "ask: ''", 6, "ask"),
        ("ask:", "asks:", 6, None),
        ("language: en", "language: xx", 2, "language"),
        ("    wrong: [Home.]\n", "", 4, "wrong"),
        ("right: [Into the box.]", "right: [Into the box.", 8, None),
        ("questions:\n", "questions: []\nrest:\n", 4, None),
    ],
)
def test_a_fault_in_a_bank_is_named_with_its_line(old, new, line, field):
    with pytest.raises(Problem) as caught:
        parse_bank(GOOD.replace(old, new), "house.en.yaml")
    found = caught.value
    assert (found.file, found.line, found.field) == ("house.en.yaml", line, field)


def test_an_id_that_repeats_is_named_with_both_lines():
    item = GOOD[GOOD.index("  - id") :]
    with pytest.raises(Problem) as caught:
        parse_bank(GOOD + item, "house.en.yaml")
    assert str(caught.value) == (
        "house.en.yaml:9: id: the id “keys-1” repeats the one of line 4 (expected an id used once)"
    )


def test_a_translation_that_differs_is_named():
    english = parse_bank(GOOD, "house.en.yaml")
    dutch = GOOD.replace("language: en", "language: nl")
    other = dutch.replace("wrong: [Home.]", "wrong: [Thuis., Nergens.]")
    with pytest.raises(Problem, match="keys-1"):
        fits_translation(parse_bank(other, "house.nl.yaml"), english)
    renamed = dutch.replace("keys-1", "keys-2")
    with pytest.raises(Problem, match="keys-1"):
        fits_translation(parse_bank(renamed, "house.nl.yaml"), english)


def test_a_companys_own_bank_replaces_the_shipped_one_and_is_checked_at_publishing(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(banks, "policy_folder", lambda: tmp_path)
    folder = tmp_path / "questions"
    folder.mkdir()
    own = folder / f"{POLICY}.nl.yaml"
    own.write_text(GOOD.replace("house", POLICY).replace("language: en", "language: nl"))
    assert {lang: len(bank.questions) for lang, bank in banks_of(POLICY).items()} == {"nl": 1}
    text = (LIBRARY / f"{POLICY}.nl.md").read_text(encoding="utf-8")
    with pytest.raises(Problem) as caught:
        check_banks(POLICY, "nl", text)
    found = caught.value
    assert (found.file, found.line, found.field) == (str(own), 4, "clause")

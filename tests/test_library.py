"""The shipped policies: whole, bound, in four languages, and in our own words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from adhere.core.areas import checks
from adhere.core.binding import bind
from adhere.core.texts import LIBRARY
from adhere.core.translations import cover_all
from adhere.documents.policy import LANGUAGES, PolicySource, load_policy
from adhere.documents.read import read

POLICIES = {"work-behaviours": 45, "cookies": 25}
SOURCE = Path(__file__).parents[2] / "shared" / "source"
FRAMEWORK_IDS = """
iso27001 A.5.1 A.5.9 A.5.10 A.5.11 A.5.23 A.5.31 A.5.32 A.5.33 A.5.35 A.5.36 A.6.2 A.6.3 A.6.4
iso27001 A.6.8 A.7.1 A.7.2 A.7.4 A.7.7 A.7.10 A.8.1 A.8.7 A.8.12 A.8.13 A.8.19
cyfun GV.PO-01.1 PR.AT-01.1 PR.AT-01.2 PR.AT-01.3 PR.AT-01.4 PR.AT-02.1 PR.AT-02.2 RS.MA-02.1
cyfun PR.AA-06.1 DE.CM-02.1 DE.CM-02.2 ID.AM-01.1 ID.AM-01.3 ID.AM-01.4 ID.AM-02.4 ID.AM-02.5
cyfun PR.PS-01.4 PR.PS-05.2 PR.DS-01.4 PR.DS-01.5 PR.DS-02.1 PR.DS-11.1 PR.DS-11.2 PR.AA-01.1
cyfun PR.AA-01.5 DE.CM-03.1 DE.CM-09.1
nis2 1.1 2.2 2.3 3.2 3.3.1 4.2 6.9 8.1.2 8.1.3 8.2.1 8.2.2 8.2.3 8.2.4 10.4.1 11.1.2.a 11.2.2.d
nis2 11.6 11.6.2.e 12.2.1 12.2.2.b 12.3.1 12.3.2.a 12.4 13.3
"""
CONTROLS = {
    f"{framework}:{name}"
    for framework, *names in map(str.split, FRAMEWORK_IDS.strip().splitlines())
    for name in names
}
# Checks that no shipped clause asks for, each with its reason.
UNUSED: dict[str, str] = {}


@cache
def text(slug: str, language: str) -> PolicySource:
    return load_policy(LIBRARY / f"{slug}.{language}.md")


def ids(source: PolicySource) -> list[str]:
    return [clause.id for clause in source.clauses]


def words(plain: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", plain.lower().replace("’", "'"))


def test_the_library_holds_each_policy_in_each_language_and_nothing_else() -> None:
    expected = {f"{slug}.{language}.md" for slug in POLICIES for language in LANGUAGES}
    assert {path.name for path in LIBRARY.iterdir()} == {*expected, "questions"}


@pytest.mark.parametrize("slug", POLICIES)
def test_each_policy_binds_and_has_its_clauses(slug: str) -> None:
    source = text(slug, "en")
    bindings = bind(source, checks())
    assert {binding.clause for binding in bindings} == set(ids(source))
    assert len(ids(source)) >= POLICIES[slug]


@pytest.mark.parametrize("slug", POLICIES)
def test_coverage_finds_no_fault_in_any_language(slug: str) -> None:
    covered = cover_all([text(slug, language) for language in LANGUAGES], checks())
    assert [str(fault) for fault in covered.all_faults] == []
    assert covered.missing == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", POLICIES)
def test_every_language_has_the_same_clauses_in_the_same_order(slug: str, language: str) -> None:
    source = text(slug, language)
    assert (source.slug, source.language) == (slug, language)
    assert ids(source) == ids(text(slug, "en"))
    assert [len(clause.text) > 20 for clause in source.clauses] == [True] * len(source.clauses)


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("slug", POLICIES)
def test_translations_carry_ids_alone_and_no_english(slug: str, language: str) -> None:
    english = {clause.id: clause.text for clause in text(slug, "en").clauses}
    for clause in text(slug, language).clauses:
        assert (clause.checks, clause.attributes, clause.maps) == ((), {}, ())
        assert clause.text != english[clause.id]


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("slug", POLICIES)
def test_a_translation_demands_what_its_original_demands(slug: str, language: str) -> None:
    assert demanding(text(slug, language)) == demanding(text(slug, "en"))


def demanding(source: PolicySource) -> set[str | None]:
    """The clauses with a sentence that requires or forbids; None for such a sentence outside."""
    return {sentence.clause for sentence in source.sentences if sentence.normative}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prohibited_activities_are_eighteen_items(language: str) -> None:
    source = text("work-behaviours", language)
    start = ids(source).index("prohibited") + 1
    listed = ids(source)[start:]
    items = re.findall(r"^- \[", source.body[source.body.index("#prohibited") :], re.MULTILINE)
    assert (len(listed), len(items)) == (18, 18)
    modalities = {
        sentence.clause: sentence.modality
        for sentence in reversed(source.sentences)
        if sentence.clause in listed
    }
    assert modalities == dict.fromkeys(listed, "prohibition")


@pytest.mark.parametrize("slug", POLICIES)
def test_a_clause_named_by_its_check_is_the_clause_itself(slug: str) -> None:
    named = {
        clause.id: clause.attributes["clause"]
        for clause in text(slug, "en").clauses
        if "clause" in clause.attributes
    }
    assert named == {name: name for name in named}


@pytest.mark.parametrize("slug", POLICIES)
def test_controls_are_known_ones(slug: str) -> None:
    for clause in text(slug, "en").clauses:
        for control in clause.maps:
            article = re.fullmatch(r"gdpr:Art\.\d{1,2}(\(\d{1,2}\)(\([a-z]\))?)?", control)
            assert article or control in CONTROLS, control


def test_every_check_of_the_house_is_asked_for() -> None:
    bound = {name for slug in POLICIES for each in text(slug, "en").clauses for name in each.checks}
    assert set(checks()) - bound == set(UNUSED)


@pytest.mark.parametrize("slug", POLICIES)
def test_no_run_of_eight_words_is_taken_from_the_source_documents(slug: str) -> None:
    documents = sorted(SOURCE.glob("*.txt"))
    if not documents:
        pytest.skip("the source documents are not here")
    taken = {run for path in documents for run in runs(words(path.read_text("utf-8")))}
    source = text(slug, "en")
    ours = runs(words(" ".join(sentence.text for sentence in source.sentences)))
    assert [" ".join(run) for run in ours if run in taken] == []


def runs(found: list[str]) -> list[tuple[str, ...]]:
    return [tuple(found[at : at + 8]) for at in range(len(found) - 7)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_the_cookie_policy_finds_its_inventory(language: str) -> None:
    found = read(LIBRARY / f"cookies.{language}.md")
    assert [
        (" ".join(each.names), each.party, each.strictly_necessary, each.retention_days)
        for each in found.trackers
    ] == [
        ("adhere_consent", "first", True, (180, 180)),
        ("adhere_receipt", "first", True, (180, 180)),
        ("adhere_language", "first", True, (365, 365)),
        ("example_chat", "first", False, (180, 180)),
        ("example_ads", "third", False, (90, 90)),
        ("example_sid", "third", False, (365, 365)),
        ("example_uid", "third", False, (365, 365)),
        ("example_replay", "third", False, (30, 30)),
        ("example_visits", "third", False, (1, 395)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_the_cookie_policy_finds_the_eight_rights(language: str) -> None:
    found = read(LIBRARY / f"cookies.{language}.md")
    articles = ["15", "16", "17", "18", "21", "20", "77", "7(3)"]
    assert [each.article for each in found.rights] == [f"Art. {name}" for name in articles]

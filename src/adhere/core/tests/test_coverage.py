"""Coverage: each fault by itself, and nothing where nothing is wrong."""

from __future__ import annotations

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from adhere.core.checking import Check, World
from adhere.core.coverage import Coverage, cover
from adhere.core.coverage_report import policies_json, policy_json
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters
from adhere.core.translations import by_slug, cover_all
from adhere.documents.policy import parse_policy
from adhere.errors import Problem


class Lock(Parameters, frozen=True):
    max_idle: Duration = Duration(15, "m")


class Held(Parameters, frozen=True):
    times: Annotated[int, Meta(ge=1, le=12)] = 2
    within: Duration = Duration(12, "mo")


def judge(parameters: Parameters, world: World) -> list[object]:
    return []


CHECKS = {
    check.name: check
    for check in (
        Check("desks.locked", "", "inspected", "desk", ("inspections",)),
        Check("desks.locks_itself", "", "measured", "desk", ("inspections",), Lock, judge),  # type: ignore[arg-type]
        Check("courses.held", "", "attested", "company", ("courses",), Held),
    )
}
FRONT = "---\npolicy: desks\ntitle: Desks\nowner: security\naudience: personnel\n---\n"
GOOD = """## Desks

[A desk left alone must be locked.]{#locked check="desks.locked"}
[Each desk must lock itself after at most fifteen minutes.]{#lock check="desks.locks_itself"
max_idle=15m}

{#course check="courses.held"}
The course must be held at least twice in each twelve months.

Desks are made of wood.
"""


def covered(body: str, front: str = FRONT, file: str = "desks.md") -> Coverage:
    return cover(parse_policy(front + body, file, repeats=True), CHECKS)


def faults(body: str) -> list[tuple[str, int]]:
    return [(fault.rule, fault.line) for fault in covered(body).faults]


def test_a_sound_text_has_no_fault() -> None:
    assert faults(GOOD) == []


def test_counts_name_sentences_strengths_and_missing_collectors() -> None:
    report = policy_json(covered(GOOD))
    assert {name: report[name] for name in ("policy", "normative", "bound", "unbound")} == {
        "policy": "desks",
        "normative": 3,
        "bound": 3,
        "unbound": [],
    }
    strengths = {"measured": 1, "inspected": 1, "reported": 0, "attested": 1}
    assert report["by_strength"] == strengths
    assert report["unknown"] == 2
    assert report["clauses"][1]["checks"][0] | {"subject": "", "collected": True} == {
        "check": "desks.locks_itself",
        "parameters": {"max_idle": "15m"},
        "strength": "measured",
        "subject": "",
        "collected": True,
    }


def test_a_promise_in_no_clause_is_unbound() -> None:
    body = GOOD + "\nYou must never paint a desk.\n"
    report = policy_json(covered(body))
    assert faults(body) == [("unbound", 18)]
    assert report["unbound"] == [{"line": 18, "text": "You must never paint a desk."}]
    assert (report["normative"], report["bound"]) == (4, 3)


def test_a_clause_without_a_check_leaves_its_promise_unbound() -> None:
    assert faults("[A desk must be locked.]{#locked}\n") == [("unbound", 7)]


def test_each_language_is_searched_for_promises() -> None:
    for language, text in {
        "nl": "Een bureau moet gesloten zijn.",
        "fr": "Un bureau doit être fermé.",
        "de": "Ein Schreibtisch muss verschlossen sein.",
    }.items():
        front = FRONT.replace("owner", f"language: {language}\nowner")
        assert [fault.rule for fault in covered(text, front).faults] == ["unbound"]


def test_a_repeated_id_is_named_with_its_first_line() -> None:
    body = GOOD + '\n[A drawer must be locked.]{#locked check="desks.locked"}\n'
    found = covered(body).faults
    assert [(fault.rule, fault.line) for fault in found] == [("repeated-id", 18)]
    assert found[0].message == "the id “locked” repeats the one of line 9"


def test_an_unknown_check_gets_the_nearest_name() -> None:
    found = covered('[A desk must be locked.]{#locked check="desks.loked"}\n').faults
    assert [(fault.rule, fault.expected) for fault in found] == [
        ("unknown-check", "nearest is “desks.locked”")
    ]


def test_an_unknown_parameter_gets_the_nearest_name() -> None:
    body = '[A desk must lock itself.]{#lock check="desks.locks_itself" maxidle=15m}\n'
    found = covered(body).faults
    assert [(fault.rule, fault.expected) for fault in found] == [
        ("unknown-parameter", "nearest is “max_idle”")
    ]


@pytest.mark.parametrize(
    ("check", "written"),
    [
        ("desks.locks_itself", "max_idle=soon"),
        ("courses.held", "times=13"),
        ("courses.held", "times=often"),
    ],
)
def test_a_value_that_does_not_fit_is_named(check: str, written: str) -> None:
    body = f'[It must be held.]{{#held check="{check}" {written}}}\n'
    found = covered(body).faults
    assert [fault.rule for fault in found] == ["bad-value"]
    assert written.partition("=")[0] in found[0].message


def test_every_fault_is_told_not_only_the_first() -> None:
    body = (
        '[It must be held.]{#held check="courses.held" times=13 within=never}\n'
        '[It must be locked.]{#locked check="desks.lokced"}\n'
        "You must be kind.\n"
    )
    assert faults(body) == [
        ("bad-value", 7),
        ("bad-value", 7),
        ("unknown-check", 8),
        ("unbound", 9),
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Each desk must lock itself after fifteen minutes.", "max_idle=20m"),
        ("Each desk must lock itself after 15 minutes.", "max_idle=20m"),
        ("Each desk must lock itself after an hour.", "max_idle=20m"),
        ("Each desk must lock itself after ten minutes.", ""),
    ],
)
def test_a_number_beside_another_parameter_contradicts(text: str, written: str) -> None:
    body = f'[{text}]{{#lock check="desks.locks_itself" {written}}}\n'
    assert faults(body) == [("contradiction", 7)]


def test_a_default_contradicts_like_a_written_value() -> None:
    body = '[The course must be held three times in each year.]{#held check="courses.held"}\n'
    found = covered(body).faults
    assert [fault.message for fault in found] == [
        "held: the text says “three times”, courses.held has times=2 (its default)"
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Een bureau moet zich na {} minuten vergrendelen."),
        ("fr", "Un bureau doit se verrouiller après {} minutes."),
        ("de", "Ein Schreibtisch muss sich nach {} Minuten sperren."),
    ],
)
@pytest.mark.parametrize("number", ["15", "word"])
def test_numbers_are_read_in_every_language(language: str, text: str, number: str) -> None:
    words = {
        "nl": ("vijftien", "twintig"),
        "fr": ("quinze", "vingt"),
        "de": ("fünfzehn", "zwanzig"),
    }
    right, wrong = ("15", "20") if number == "15" else words[language]
    front = FRONT.replace("owner", f"language: {language}\nowner")
    clause = '[{}]{{#lock check="desks.locks_itself" max_idle=15m}}\n'
    assert covered(clause.format(text.format(right)), front).faults == ()
    found = covered(clause.format(text.format(wrong)), front).faults
    assert [fault.rule for fault in found] == ["contradiction"]


@given(
    st.sampled_from(["minutes", "hours", "days", "weeks"]),
    st.integers(2, 400),
    st.integers(2, 400),
    st.booleans(),
)
def test_changing_the_number_of_a_bound_clause_is_caught(
    unit: str, held: int, said: int, block: bool
) -> None:
    text = f"Each desk must lock itself after at most {said} {unit}."
    attributes = f'{{#lock check="desks.locks_itself" max_idle={held}{unit[0]}}}'
    body = f"{attributes}\n{text}\n" if block else f"[{text}]{attributes}\n"
    expected = [] if said == held else ["contradiction"]
    assert [fault.rule for fault in covered(body).faults] == expected


def test_two_demands_need_two_checks() -> None:
    text = "A desk must be clear and must be locked at the end of the day."
    assert faults(f'[{text}]{{#both check="desks.locked"}}\n') == [("several-demands", 7)]
    assert faults(f'[{text}]{{#both check="desks.locked courses.held"}}\n') == []


DUTCH = FRONT.replace("owner", "language: nl\nowner")
DUTCH_GOOD = """[Een verlaten bureau moet gesloten zijn.]{#locked}
[Elk bureau moet zich na ten hoogste vijftien minuten vergrendelen.]{#lock}

{#course}
De cursus moet minstens tweemaal in elke twaalf maanden plaatsvinden.
"""


def both(dutch: str) -> Coverage:
    sources = [
        parse_policy(DUTCH + dutch, "desks.nl.md", repeats=True),
        parse_policy(FRONT + GOOD, "desks.md"),
    ]
    return cover_all(sources, CHECKS)


def test_a_translation_is_bound_by_its_ids() -> None:
    found = both(DUTCH_GOOD)
    report = policy_json(found)
    assert (found.source.language, found.all_faults, found.missing) == ("en", [], ("fr", "de"))
    assert [each["bound"] for each in report["translations"]] == [3]


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (("#locked", "#lcoked"), ["other-clauses", "other-clauses", "unbound"]),
        (("vijftien", "twintig"), ["contradiction"]),
        (("#lock}", "#lock max_idle=20m}"), ["other-binding"]),
        (("{#course}\n", ""), ["other-clauses", "unbound"]),
    ],
)
def test_a_translation_that_departs_from_its_base(
    change: tuple[str, str], rules: list[str]
) -> None:
    found = both(DUTCH_GOOD.replace(*change)).all_faults
    assert sorted(fault.rule for fault in found) == rules
    assert {fault.file for fault in found} == {"desks.nl.md"}


def test_two_texts_of_one_language_are_refused() -> None:
    sources = [parse_policy(FRONT + GOOD, name) for name in ("desks.md", "desks.en.md")]
    with pytest.raises(Problem, match=r"also in desks\.md"):
        by_slug(sources)


def test_several_policies_add_up_in_the_same_shape() -> None:
    one = covered(GOOD)
    two = covered("You must be kind.\n", FRONT.replace("desks", "manners"), "manners.md")
    report = policies_json([one, two])
    assert (report["normative"], report["bound"], report["unknown"]) == (4, 3, 2)
    assert report["unbound"] == [{"policy": "manners", "line": 7, "text": "You must be kind."}]
    assert [each["policy"] for each in report["policies"]] == ["desks", "manners"]

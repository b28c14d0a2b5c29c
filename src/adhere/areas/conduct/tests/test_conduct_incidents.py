"""What incidents say of people: reported breaches, and crashes repeated after notice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from adhere.areas.conduct.checks import (
    consulted_before_export,
    no_prohibited_activity,
    no_repeated_crash,
    nothing_reported,
)
from adhere.core.checking import Check, Person, Subject, World
from adhere.core.parameters import parse_parameters
from adhere.core.rows import Incident

TODAY = date(2026, 11, 20)
COMPANY = Subject("company", "company", "Polderpolis")
NOON = datetime.fromisoformat("2026-11-20T12:00:00+01:00")


def person(key: str, left: date | None = None) -> Person:
    day = NOON - timedelta(days=900)
    return Person(key, day, day, key.title(), "", "employee", "", (), day.date(), left, "en")


ANNA, BRAM = person("anna"), person("bram")


def incident(key: str, days_ago: float, **known: Any) -> Incident:
    at = NOON - timedelta(days=days_ago)
    blank = {
        "sort": "other",
        "reporter": "",
        "subject": "",
        "clause": "",
        "description": "",
        "supervisor_notified_at": None,
        "security_notified_at": None,
        "closed_at": None,
        "place": "",
        "answer": "",
        "action": "",
        "subject_told_at": None,
    }
    return Incident(key, at, at, **{**blank, **known})


def crash(key: str, days_ago: float, told_after: float | None = None, action: str = "") -> Incident:
    told = None if told_after is None else NOON - timedelta(days=days_ago - told_after)
    return incident(
        key, days_ago, sort="crash", subject="bram", action=action, subject_told_at=told
    )


def states(check: Check, *incidents: Incident, **written: str) -> dict[str, tuple[str, Any]]:
    ordered = sorted(incidents, key=lambda each: each.happened_at)
    facts = {"people": [ANNA, BRAM], "incidents": ordered}
    world = World(TODAY, COMPANY, facts)
    assert check.judge
    found = check.judge(parse_parameters(check.parameters, written), world)
    return {each.subject.id: (each.state, each.since) for each in found}


KEPT = {"anna": ("satisfied", None), "bram": ("satisfied", None)}


@pytest.mark.parametrize(
    ("check", "written"),
    [
        (nothing_reported, {"clause": "warranties"}),
        (no_prohibited_activity, {}),
        (no_repeated_crash, {}),
    ],
)
def test_a_clean_world_gives_no_finding(check: Check, written: dict[str, str]) -> None:
    fine = incident("i0", 3, clause="work-behaviours/challenge", subject="bram")
    assert states(check, fine, **written) == KEPT


def test_a_report_stands_against_the_one_it_names_while_the_window_lasts() -> None:
    told = incident("i1", 40, clause="work-behaviours/warranties", subject="bram")
    day = TODAY - timedelta(days=40)
    assert states(nothing_reported, told, clause="warranties") == {
        **KEPT,
        "bram": ("not-satisfied", day),
    }
    assert states(nothing_reported, told, clause="warranties", within="30d") == KEPT


def test_what_nobody_is_known_to_have_done_is_the_companys() -> None:
    told = incident("i1", 4, clause="work-behaviours/warranties")
    found = states(nothing_reported, told, clause="warranties")
    assert found == {**KEPT, "company": ("not-satisfied", TODAY - timedelta(days=4))}


def test_a_prohibited_activity_counts_whether_listed_or_not() -> None:
    found = states(
        no_prohibited_activity, incident("i1", 4, sort="prohibited-activity", subject="anna")
    )
    assert found == {**KEPT, "anna": ("not-satisfied", TODAY - timedelta(days=4))}


@pytest.mark.parametrize(
    ("crashes", "flagged"),
    [
        ([crash("a", 9), crash("b", 5)], None),  # nobody told him
        ([crash("a", 9, told_after=5), crash("b", 5)], None),  # told after the second
        ([crash("a", 9, told_after=1, action="rm"), crash("b", 5, action="reboot")], None),
        ([crash("a", 9, told_after=1, action="rm"), crash("b", 5, action="RM ")], 5),
        ([crash("a", 9), crash("b", 8, told_after=1), crash("c", 5)], 5),
        ([crash("a", 500, told_after=1), crash("b", 5)], None),  # the first is too long ago
    ],
)
def test_only_the_same_action_after_notice_can_be_deliberate(
    crashes: list[Incident], flagged: int | None
) -> None:
    wanted = ("not-satisfied", TODAY - timedelta(days=flagged)) if flagged else KEPT["bram"]
    assert states(no_repeated_crash, *crashes) == {**KEPT, "bram": wanted}


def test_one_who_has_left_since_is_still_named() -> None:
    eva = person("eva", left=TODAY - timedelta(days=2))
    told = incident("i1", 4, sort="prohibited-activity", subject="eva")
    world = World(TODAY, COMPANY, {"people": [ANNA, eva], "incidents": [told]})
    assert no_prohibited_activity.judge
    found = no_prohibited_activity.judge(
        parse_parameters(no_prohibited_activity.parameters, {}), world
    )
    assert {each.subject.id: each.state for each in found} == {
        "anna": "satisfied",
        "eva": "not-satisfied",
    }


def test_an_export_nobody_asked_about_is_a_finding_of_its_own() -> None:
    assert states(consulted_before_export, incident("i0", 2)) == {"company": ("satisfied", None)}
    found = states(consulted_before_export, incident("i1", 2, clause="work-behaviours/export"))
    assert found == {"i1": ("not-satisfied", TODAY - timedelta(days=2))}

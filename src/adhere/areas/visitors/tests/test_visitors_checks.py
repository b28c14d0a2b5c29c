"""The front desk's checks: each violation gives exactly its own finding."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from adhere.areas.visitors.checks import (
    premises_watched,
    registered_or_accompanied,
    security_told,
    strangers_challenged,
    supervisor_told,
)
from adhere.areas.visitors.facts import Visit
from adhere.core.checking import Check, Fact, Person, Subject, World
from adhere.core.parameters import parse_parameters
from adhere.core.rows import Incident

TODAY = date(2026, 11, 20)
COMPANY = Subject("company", "company", "Polderpolis")
NOON = datetime.fromisoformat("2026-11-20T12:00:00+01:00")


def person(key: str, role: str = "employee", left: date | None = None) -> Person:
    day = NOON - timedelta(days=900)
    return Person(key, day, day, key.title(), "", role, "", (), day.date(), left, "en")


ANNA, CHLOE = person("anna"), person("chloe", "contractor")
DIRK = person("dirk", left=TODAY - timedelta(days=30))


def visit(days_ago: int = 3, **known: Any) -> Visit:
    at = NOON - timedelta(days=days_ago)
    fine = {
        "visitor": "Vera Gast",
        "company": "Gastel",
        "host": "anna",
        "arrived_at": at,
        "left_at": at + timedelta(hours=2),
        "registered": True,
        "accompanied_by": "",
        "badge": "7",
        "badge_returned": None,
    }
    return Visit("v1", at, at, **{**fine, **known})


def stranger(**known: Any) -> Incident:
    at = NOON - timedelta(days=1)
    told = at + timedelta(minutes=4)
    fine = {
        "sort": "unrecognised-person",
        "reporter": "anna",
        "subject": "",
        "clause": "",
        "description": "",
        "supervisor_notified_at": told,
        "security_notified_at": told,
        "closed_at": None,
        "place": "2nd floor",
        "answer": "unanswered",
        "action": "",
        "subject_told_at": None,
    }
    return Incident("i1", at, at, **{**fine, **known})


def judged(check: Check, *facts: Fact, **written: str) -> list[tuple[str, str, str]]:
    kinds: dict[str, list[Fact]] = {"people": [ANNA, CHLOE, DIRK]}
    for fact in facts:
        kinds.setdefault(fact.kind, []).append(fact)
    assert check.judge
    parameters = parse_parameters(check.parameters, written)
    found = check.judge(parameters, World(TODAY, COMPANY, kinds))
    return [(each.subject.id, each.state, each.why) for each in found]


@pytest.mark.parametrize(
    "fine",
    [
        visit(),
        visit(0, left_at=None),
        visit(registered=False, accompanied_by="anna"),
        visit(60, host="dirk"),
    ],
)
def test_a_clean_visit_is_no_finding(fine: Visit) -> None:
    assert [state for _, state, _ in judged(registered_or_accompanied, fine)] == ["satisfied"]


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"registered": False}, "neither registered nor accompanied"),
        (
            {"registered": False, "accompanied_by": "chloe"},
            "not registered, and chloe, who went along, is no employee",
        ),
        (
            {"registered": False, "accompanied_by": "dirk"},
            "not registered, and dirk, who went along, did not work here on 2026-11-17",
        ),
        (
            {"registered": False, "accompanied_by": "eva"},
            "not registered, and eva, who went along, is not known",
        ),
        ({"host": ""}, "there is no host"),
        ({"host": "dirk"}, "the host Dirk did not work here on 2026-11-17"),
        ({"left_at": None}, "nobody noted when the visitor left"),
        ({"badge_returned": False}, "badge 7 was not given back"),
    ],
)
def test_each_violation_gives_its_own_finding(known: dict[str, Any], why: str) -> None:
    assert judged(registered_or_accompanied, visit(**known)) == [("v1", "not-satisfied", why)]


def test_visits_out_of_the_window_are_over() -> None:
    assert judged(registered_or_accompanied, visit(40, registered=False), within="30d") == []


@pytest.mark.parametrize(
    ("check", "who", "field"),
    [
        (supervisor_told, "the supervisor", "supervisor_notified_at"),
        (security_told, "the security team", "security_notified_at"),
    ],
)
def test_a_report_reaches_both_in_time(check: Check, who: str, field: str) -> None:
    late = NOON - timedelta(days=1) + timedelta(minutes=16)
    assert judged(check, stranger()) == [("i1", "satisfied", f"{who} was told within 15 minutes")]
    assert judged(check, stranger(**{field: None})) == [
        ("i1", "not-satisfied", f"{who} was never told")
    ]
    assert judged(check, stranger(**{field: late})) == [
        ("i1", "not-satisfied", f"{who} was told at 2026-11-19 12:16, later than 15 minutes")
    ]
    fitting = stranger(answer="answered", **{field: None})
    assert [state for _, state, _ in judged(check, fitting)] == ["not-applicable"]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("answered", "satisfied"),
        ("unanswered", "satisfied"),
        ("not-challenged", "not-satisfied"),
        ("", "unknown"),
    ],
)
def test_a_stranger_is_spoken_to(answer: str, state: str) -> None:
    assert [each[:2] for each in judged(strangers_challenged, stranger(answer=answer))] == [
        ("i1", state)
    ]


def test_looking_away_is_the_companys_finding() -> None:
    away = stranger(sort="other", clause="work-behaviours/physical-security")
    assert judged(premises_watched, away) == [
        ("company", "not-satisfied", "reported on 2026-11-19")
    ]
    assert [state for _, state, _ in judged(premises_watched, stranger())] == ["satisfied"]

"""What rounds find: open until a round finds otherwise, stale after a while."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from adhere.areas.clean_desk.checks import cleared_at_end, inspected
from adhere.areas.clean_desk.facts import Inspection
from adhere.core.checking import Check, Subject, World
from adhere.core.parameters import parse_parameters

TODAY = date(2026, 11, 20)
COMPANY = Subject("company", "company", "Polderpolis")
EVENING = datetime.fromisoformat("2026-11-20T19:00:00+01:00")


def round_(
    days_ago: int, clear: bool = True, screen: str = "yes", hour: int = 19, place: str = "A1"
) -> Inspection:
    at = (EVENING - timedelta(days=days_ago)).replace(hour=hour)
    return Inspection(f"r{days_ago}", at, at, "anna", place, "bram", clear, screen, "")


def judged(check: Check, *rounds: Inspection, **written: str) -> list[tuple[str, str, int | None]]:
    """Place, state, and since how many days."""
    ordered = sorted(rounds, key=lambda each: each.happened_at)
    assert check.judge
    parameters = parse_parameters(check.parameters, written)
    found = check.judge(parameters, World(TODAY, COMPANY, {"inspections": ordered}))
    return [
        (each.subject.id, each.state, each.since and (TODAY - each.since).days) for each in found
    ]


@pytest.mark.parametrize("check", [inspected, cleared_at_end])
def test_a_tidy_desk_is_no_finding(check: Check) -> None:
    assert judged(check, round_(9), round_(2)) == [("A1", "satisfied", 2)]


@pytest.mark.parametrize(
    ("look_at", "found", "state"),
    [
        ("desk", round_(2, clear=False), "not-satisfied"),
        ("desk", round_(2, screen="no"), "satisfied"),
        ("screen", round_(2, clear=False), "satisfied"),
        ("screen", round_(2, screen="no"), "not-satisfied"),
        ("screen", round_(2, screen="none"), "unknown"),
        ("both", round_(2, clear=False), "not-satisfied"),
        ("both", round_(2, screen="no"), "not-satisfied"),
    ],
)
def test_each_looks_at_its_own(look_at: str, found: Inspection, state: str) -> None:
    assert [each[1] for each in judged(inspected, found, look_at=look_at)] == [state]


@pytest.mark.parametrize("check", [inspected, cleared_at_end])
def test_a_violation_is_open_until_a_clear_round(check: Check) -> None:
    rounds = [round_(90), round_(60, clear=False), round_(30, clear=False)]
    assert judged(check, *rounds) == [("A1", "not-satisfied", 60)]
    assert judged(check, *rounds, round_(1)) == [("A1", "satisfied", 1)]
    assert judged(check, round_(400, clear=False)) == [("A1", "not-satisfied", 400)]


@pytest.mark.parametrize("check", [inspected, cleared_at_end])
def test_an_old_round_says_nothing_about_today(check: Check) -> None:
    assert judged(check, round_(31), within="30d") == [("A1", "unknown", None)]


def test_a_round_in_the_morning_is_not_the_end_of_the_day() -> None:
    assert judged(cleared_at_end, round_(2, clear=False, hour=8)) == [("A1", "unknown", None)]
    assert judged(cleared_at_end, round_(2, hour=17), after="17:00") == [("A1", "satisfied", 2)]


def test_each_workplace_is_judged_by_itself() -> None:
    found = judged(inspected, round_(3, place="A1"), round_(2, clear=False, place="B4"))
    assert found == [("A1", "satisfied", 3), ("B4", "not-satisfied", 2)]

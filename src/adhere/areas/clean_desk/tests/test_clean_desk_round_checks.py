"""Whether rounds are made: each floor in time, no workplace left out, and what a sample missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from adhere.areas.clean_desk.checks import all_seen, cleared_at_end, inspected, rounds_held
from adhere.areas.clean_desk.facts import Inspection, Round, Workplace
from adhere.core.checking import Check, Fact, Subject, World
from adhere.core.parameters import parse_parameters
from adhere.errors import Problem

TODAY = date(2026, 11, 20)
COMPANY = Subject("company", "company", "Polderpolis")
EVENING = datetime.fromisoformat("2026-11-20T19:00:00+01:00")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def desk(place: str, floor: str = "1", since: int = 400, until: int | None = None) -> Workplace:
    at = EVENING - timedelta(days=since)
    last = None if until is None else ago(until)
    return Workplace(place, at, at, place, floor, "", ago(since), last)


def seen(days_ago: int, place: str = "A1", hour: int = 19) -> Inspection:
    at = (EVENING - timedelta(days=days_ago)).replace(hour=hour)
    return Inspection(f"{place}-{days_ago}", at, at, "anna", place, "", True, "none", "")


def skipped(days_ago: int) -> Round:
    at = EVENING - timedelta(days=days_ago)
    day = ago(days_ago)
    return Round(f"1:{day}", at, at, "1", day, "anna", "skipped", (), "Fire drill")


def judged(check: Check, *facts: Fact, **written: str) -> list[tuple[str, str, int | None, str]]:
    """Subject, state, since how many days, and why."""
    ordered = sorted(facts, key=lambda each: each.happened_at)
    kinds = {kind.kind: [] for kind in (Inspection, Workplace, Round)}
    for each in ordered:
        kinds[each.kind].append(each)
    assert check.judge
    found = check.judge(
        parse_parameters(check.parameters, written), World(TODAY, COMPANY, dict(kinds))
    )
    return [
        (each.subject.id, each.state, each.since and (TODAY - each.since).days, each.why)
        for each in found
    ]


def test_a_floor_walked_in_time_is_kept_and_says_what_a_sample_left_out() -> None:
    desks = [desk(f"A{number}") for number in range(1, 9)]
    assert judged(rounds_held, *desks, seen(3), seen(3, "A2"), every="1w") == [
        (
            "1",
            "satisfied",
            None,
            "held on 2026-11-17: 2 of 8 workplaces looked at, not A3, A4, A5, A6, A7 and 1 more",
        )
    ]


@pytest.mark.parametrize(("days", "state"), [(6, "satisfied"), (7, "not-satisfied")])
def test_a_week_ends_after_seven_days(days: int, state: str) -> None:
    since = None if state == "satisfied" else 0
    assert judged(rounds_held, desk("A1"), seen(days), every="1w")[0][1:3] == (state, since)
    assert judged(all_seen, desk("A1"), seen(days), within="1w")[0][1:3] == (state, since)


@pytest.mark.parametrize("check", [rounds_held, all_seen])
def test_what_was_never_looked_at_has_a_window_from_its_first_day(check: Check) -> None:
    name = "every" if check is rounds_held else "within"
    new, old = ({name: "1w"}, desk("A1", since=5)), ({name: "1w"}, desk("A1", since=10))
    assert [each[1:3] for each in judged(check, new[1], **new[0])] == [("unknown", None)]
    assert [each[1:3] for each in judged(check, old[1], **old[0])] == [("not-satisfied", 3)]


def test_a_round_before_the_evening_and_a_skipped_one_are_none() -> None:
    found = judged(rounds_held, desk("A1"), seen(20), seen(2, hour=9), skipped(1), every="1w")
    assert found == [
        (
            "1",
            "not-satisfied",
            13,
            "last held on 2026-10-31: all workplaces looked at (1); skipped on 2026-11-19: "
            "Fire drill; wanted every 1 week",
        )
    ]


def test_each_floor_and_each_workplace_stands_for_itself() -> None:
    facts = [desk("A1"), desk("A2"), desk("B1", "2"), seen(2), seen(2, "B1")]
    assert [each[:2] for each in judged(rounds_held, *facts)] == [
        ("1", "satisfied"),
        ("2", "satisfied"),
    ]
    assert [each[:2] for each in judged(all_seen, *facts)] == [
        ("A1", "satisfied"),
        ("A2", "not-satisfied"),
        ("B1", "satisfied"),
    ]


@pytest.mark.parametrize("check", [rounds_held, all_seen])
def test_without_a_register_nobody_can_tell(check: Check) -> None:
    assert [each[:2] for each in judged(check, seen(2))] == [("company", "unknown")]
    assert [each[:2] for each in judged(check, desk("A1", until=1), seen(2))] == [
        ("company", "unknown")
    ]


@pytest.mark.parametrize("check", [inspected, cleared_at_end])
def test_a_workplace_that_was_given_up_is_judged_no_more(check: Check) -> None:
    facts = [desk("A1", until=1), desk("A2"), seen(2), seen(2, "C9")]
    assert [each[:2] for each in judged(check, *facts)] == [
        ("A2", "unknown"),
        ("C9", "satisfied"),
    ]


@pytest.mark.parametrize(
    ("check", "field", "value"),
    [
        (rounds_held, "every", "1h"),
        (rounds_held, "after", "six"),
        (all_seen, "within", "3y"),
    ],
)
def test_values_out_of_range_are_refused(check: Check, field: str, value: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_parameters(check.parameters, {field: value})
    assert caught.value.field == field

"""Findings from run to run, and any past day as known now or then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from adhere.core.checking import Subject
from adhere.core.judging import Finding
from adhere.core.keeping import keep
from adhere.core.models import FindingRecord, Run
from adhere.core.running import judge_day, run_today

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def finding(state: str, who: str = "bram", since: date | None = None, why: str = "so") -> Finding:
    subject = Subject("person", who, who.title())
    return Finding("rules", "read", "test.read", "attested", subject, state, since, why, ())  # type: ignore[arg-type]


def run(number: int, *findings: Finding) -> None:
    keep(findings, START + timedelta(days=number))


def rows(who: str = "bram") -> list[tuple[Any, ...]]:
    found = FindingRecord.objects.filter(subject_id=who).order_by("first_seen")
    seen = found.values_list("state", "first_seen", "last_seen", "resolved_at", "reopened")
    return [tuple((x - START).days if isinstance(x, datetime) else x for x in row) for row in seen]


def test_a_finding_that_stays_is_one_row_seen_again() -> None:
    run(0, finding("not-satisfied"))
    run(1, finding("not-satisfied"))
    assert rows() == [("not-satisfied", 0, 1, None, 0)]


def test_a_changed_state_resolves_the_old_row_and_a_relapse_says_so() -> None:
    run(0, finding("not-satisfied"))
    run(1, finding("satisfied"))
    run(2, finding("not-satisfied"))
    run(3, finding("satisfied"))
    run(4, finding("not-satisfied"))
    assert rows() == [
        ("not-satisfied", 0, 0, 1, 0),
        ("satisfied", 1, 1, 2, 0),
        ("not-satisfied", 2, 2, 3, 1),
        ("satisfied", 3, 3, 4, 0),
        ("not-satisfied", 4, 4, None, 2),
    ]


def test_what_is_no_longer_judged_is_resolved() -> None:
    run(0, finding("not-satisfied"), finding("satisfied", "chloe"))
    run(1, finding("satisfied", "chloe"))
    assert (rows(), rows("chloe")) == (
        [("not-satisfied", 0, 0, 1, 0)],
        [("satisfied", 0, 1, None, 0)],
    )


def test_since_is_what_the_check_says_else_the_day_it_was_first_seen() -> None:
    run(0, finding("not-satisfied"), finding("unknown", "chloe", date(2025, 1, 1)))
    run(5, finding("not-satisfied", why="still"), finding("unknown", "chloe", date(2025, 2, 2)))
    found = dict(FindingRecord.objects.values_list("subject_id", "since"))
    assert found == {"bram": START.date(), "chloe": date(2025, 2, 2)}
    assert FindingRecord.objects.get(subject_id="bram").why == "still"


STATES = st.sampled_from(["satisfied", "not-satisfied", "unknown", "exempt"])
RUNS = st.lists(st.dictionaries(st.sampled_from("abc"), STATES, max_size=3), max_size=6)


@settings(max_examples=60)
@given(RUNS)
def test_the_kept_rows_tell_every_run_again(history: list[dict[str, str]]) -> None:
    FindingRecord.objects.all().delete()
    for number, states in enumerate(history):
        run(number, *[finding(state, who) for who, state in states.items()])
    for number, states in enumerate(history):
        at = START + timedelta(days=number)
        shown = [
            (row.subject_id, row.state)
            for row in FindingRecord.objects.filter(first_seen__lte=at)
            if row.resolved_at is None or row.resolved_at > at
        ]
        assert sorted(shown) == sorted(states.items())


@pytest.mark.usefixtures("company")
def test_todays_run_is_kept_and_counted() -> None:
    judged = run_today()
    counts = Run.objects.get().counts
    assert sum(counts.values()) == len(judged.findings) == FindingRecord.objects.count()
    run_today()
    assert FindingRecord.objects.count() == len(judged.findings)
    assert Run.objects.count() == 2


@pytest.mark.usefixtures("company")
def test_a_past_day_leaves_no_trace() -> None:
    judge_day(date(2024, 5, 1))
    assert (Run.objects.count(), FindingRecord.objects.count()) == (0, 0)


def bram(day: date, known: date | None = None) -> str | None:
    found = judge_day(day, known).findings
    states = [each.state for each in found if each.clause == "read" and each.subject.id == "bram"]
    return states[0] if states else None


@pytest.mark.usefixtures("company")
def test_on_and_known_tell_apart_what_was_so_and_what_was_recorded(
    take_in: Callable[..., Any],
) -> None:
    late = "policy,version,person,at\ndesk-rules,1,bram,2024-03-20T10:00:00+01:00\n"
    take_in("acknowledgements", late, datetime(2024, 6, 1, 12, tzinfo=UTC))
    after, before = date(2024, 4, 15), date(2024, 3, 19)
    assert [bram(after), bram(before)] == ["satisfied", "not-applicable"]
    assert [bram(after, known=date(2024, 5, 31)), bram(after, known=date(2024, 6, 1))] == [
        "not-satisfied",
        "satisfied",
    ]


@pytest.mark.usefixtures("company")
def test_a_correction_shows_from_the_day_it_was_recorded(take_in: Callable[..., Any]) -> None:
    header = "id,name,email,kind,supervisor,teams,joined,left,language\n"
    gone = "bram,Bram Claes,bram@example.com,employee,anna,,2024-03-01,2024-04-30,nl\n"
    take_in("people", header + gone, datetime(2024, 9, 1, 12, tzinfo=UTC))
    last, later = date(2024, 4, 30), date(2024, 5, 1)
    assert [bram(last), bram(later)] == ["not-satisfied", None]
    assert [bram(later, known=date(2024, 8, 31)), bram(later, known=date(2024, 9, 1))] == [
        "not-satisfied",
        None,
    ]


@pytest.mark.usefixtures("company")
def test_days_before_publication_and_nothing_known_at_all() -> None:
    judged = judge_day(date(2023, 1, 1), known=date(2023, 1, 1))
    assert [policy.in_force for policy in judged.policies] == [False]
    assert {each.state for each in judged.findings} == {"unknown"}
    assert judge_day().day == timezone.localdate()

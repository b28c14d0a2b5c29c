"""What holds for every history of a person."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from adhere.areas.training.checks import Attended, attended

from .training_cast import TODAY, absence, outcome, person, session, world

AGES = st.integers(0, 900)
HISTORIES = st.fixed_dictionaries(
    {
        "joined": AGES,
        "sessions": st.dictionaries(
            AGES, st.sampled_from(["attended", "absent", "excused", ""]), min_size=1, max_size=9
        ),
        "away": st.lists(st.tuples(AGES, st.integers(1, 250)), max_size=3),
    }
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def facts_of(history):
    anna = person("anna", joined=ago(history["joined"]))
    sessions = {age: session(f"s{age}", ago(age)) for age in history["sessions"]}
    outcomes = [
        outcome(sessions[age], "anna", what) for age, what in history["sessions"].items() if what
    ]
    away = [
        absence("anna", ago(start), ago(start) + timedelta(days=length))
        for start, length in dict(history["away"]).items()
    ]
    return [anna, *sessions.values(), *outcomes, *away]


def judged(facts, day):
    found = list(attended.judge(Attended(), world(*facts, day=day)))
    return found[0] if found else None


@given(HISTORIES)
def test_nobody_is_satisfied_without_an_attended_session(history):
    found = judged(facts_of(history), TODAY)
    attended_refs = {
        f"attendance/s{a}:anna" for a, o in history["sessions"].items() if o == "attended"
    }
    assert found.state != "satisfied" or attended_refs & set(found.facts)


@given(HISTORIES)
def test_attended_within_the_window_is_always_satisfied(history):
    recent = {**history, "sessions": {**history["sessions"], 30: "attended"}}
    assert judged(facts_of(recent), TODAY).state == "satisfied"


@settings(max_examples=150)
@given(HISTORIES)
def test_since_is_the_first_day_of_the_unbroken_run(history):
    facts = facts_of(history)
    found = judged(facts, TODAY)
    if found.state != "not-satisfied":
        assert found.since is None
        return
    run = [found.since + timedelta(days=step) for step in range((TODAY - found.since).days + 1)]
    assert {judged(facts, day).state for day in run[:: max(1, len(run) // 25)]} == {"not-satisfied"}
    before = judged(facts, found.since - timedelta(days=1))
    assert before is None or before.state != "not-satisfied"


@given(HISTORIES, st.integers(0, 900))
def test_one_more_attendance_never_breaks_anything(history, age):
    before = judged(facts_of(history), TODAY)
    more = {**history, "sessions": {**history["sessions"], age: "attended"}}
    if age in history["sessions"] and before.state in {"satisfied", "not-applicable"}:
        assert judged(facts_of(more), TODAY).state in {"satisfied", "not-applicable"}

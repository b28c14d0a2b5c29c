"""The programme is offered at least so often in each window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adhere.areas.training.checks import Offered
from adhere.core.durations import Duration
from adhere.core.parameters import parse_parameters
from adhere.errors import Problem

from .training_cast import TODAY, company_verdict, person, session

ANNA = person("anna")
MARCH = session("s1", date(2026, 3, 10))
SEPTEMBER = session("s2", date(2026, 9, 8))


def test_two_days_in_the_window_are_enough():
    found = company_verdict(ANNA, MARCH, SEPTEMBER)
    assert (found.state, found.since) == ("satisfied", None)
    assert found.facts == ("training-sessions/s1", "training-sessions/s2")


def test_one_day_is_too_few_since_the_day_the_earlier_one_left_the_window():
    old = session("s0", date(2025, 10, 1))
    found = company_verdict(ANNA, old, MARCH)
    assert (found.state, found.since) == ("not-satisfied", date(2026, 10, 1))
    assert found.facts == ("training-sessions/s1",)


def test_two_groups_on_one_day_are_one_occasion():
    again = session("s1b", date(2026, 3, 10))
    assert company_verdict(ANNA, MARCH, again).state == "not-satisfied"


def test_a_cancelled_session_was_not_offered():
    cancelled = session("s2", date(2026, 9, 8), cancelled=True)
    assert company_verdict(ANNA, MARCH, cancelled).state == "not-satisfied"


def test_another_programme_does_not_count():
    other = session("p1", date(2026, 9, 8), programme="privacy")
    assert company_verdict(ANNA, MARCH, other).state == "not-satisfied"
    assert company_verdict(ANNA, other, programme="privacy", times=1).state == "satisfied"


def test_a_session_still_to_come_does_not_count():
    coming = session("s3", TODAY + timedelta(days=1))
    assert company_verdict(ANNA, MARCH, coming).state == "not-satisfied"


def test_the_window_opens_after_its_first_day():
    edge = session("s0", date(2025, 11, 22))
    inside = session("s0", date(2025, 11, 23))
    assert company_verdict(ANNA, edge, MARCH).state == "not-satisfied"
    assert company_verdict(ANNA, inside, MARCH).state == "satisfied"


def test_a_company_younger_than_the_window_is_unknown_until_it_is_not():
    founder = person("anna", joined=date(2025, 12, 1))
    assert company_verdict(founder, MARCH).state == "unknown"
    assert company_verdict(founder, MARCH, day=date(2026, 11, 30)).state == "unknown"
    found = company_verdict(founder, MARCH, day=date(2026, 12, 1))
    assert (found.state, found.since) == ("not-satisfied", date(2026, 12, 1))


def test_a_young_company_that_offered_often_enough_keeps_the_clause():
    founder = person("anna", joined=date(2026, 1, 5))
    assert company_verdict(founder, MARCH, SEPTEMBER).state == "satisfied"


def test_nothing_is_broken_before_anything_was_recorded():
    found = company_verdict(ANNA, MARCH)
    assert found.since == date(2026, 3, 10)


@pytest.mark.parametrize("written", [{"times": "0"}, {"times": "53"}, {"within": "5m"}])
def test_values_out_of_range_are_refused(written):
    with pytest.raises(Problem) as caught:
        parse_parameters(Offered, written)
    assert caught.value.field == next(iter(written))


@given(
    st.lists(st.integers(0, 1200), min_size=1, max_size=12),
    st.integers(1, 4),
    st.sampled_from(["12mo", "6mo", "90d", "2w"]),
)
def test_since_is_where_judging_day_by_day_turns(ages, times, within):
    sessions = [session(f"s{age}", TODAY - timedelta(days=age)) for age in set(ages)]
    given_ = {"times": times, "within": Duration.parse(within)}
    found = company_verdict(ANNA, *sessions, **given_)
    inside = sum(given_["within"].before(TODAY) < TODAY - timedelta(days=age) for age in set(ages))
    assert (found.state == "satisfied") == (inside >= times)
    if found.state == "not-satisfied":
        before = found.since - timedelta(days=1)
        first = min(each.starts_at.date() for each in sessions)
        states = {
            company_verdict(ANNA, *sessions, day=day, **given_).state
            for day in (found.since, TODAY)
        }
        assert states == {"not-satisfied"}
        assert before < first or (
            company_verdict(ANNA, *sessions, day=before, **given_).state != "not-satisfied"
        )

"""Everybody attends within the window: the cases of a careful personnel department, one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from adhere.areas.training.checks import Attended, attended
from adhere.core.judging import NOTHING_YET

from .training_cast import (
    COMPANY,
    TODAY,
    absence,
    outcome,
    person,
    session,
    verdict_of,
    world,
)

ANNA, BRAM = person("anna"), person("bram", role="contractor")
S0 = session("s0", date(2025, 3, 11))
S1 = session("s1", date(2025, 9, 9))
S2 = session("s2", date(2026, 3, 10))
S3 = session("s3", date(2026, 9, 8))
ALL = (S0, S1, S2, S3)


def short(found):
    return found.state, found.since


def test_a_clean_world_is_silent():
    facts = (*ALL, ANNA, BRAM, outcome(S2, "anna"), outcome(S3, "bram"))
    found = list(attended.judge(Attended(), world(*facts)))
    assert [each.state for each in found] == ["satisfied", "satisfied"]


def test_never_attended_is_broken_since_the_day_after_the_first_session():
    found = verdict_of("anna", *ALL, ANNA)
    assert short(found) == ("not-satisfied", date(2025, 3, 12))
    assert found.facts == ("training-sessions/s3",)


def test_attendance_too_old_is_broken_since_it_left_the_window():
    found = verdict_of("anna", *ALL, ANNA, outcome(S1, "anna"), outcome(S3, "anna", "absent"))
    assert short(found) == ("not-satisfied", date(2026, 9, 9))
    assert found.facts == ("attendance/s1:anna", "attendance/s3:anna")


def test_a_contractor_owes_the_same():
    assert verdict_of("bram", *ALL, BRAM).state == "not-satisfied"


def test_an_empty_world_says_nothing_recorded_yet():
    (found,) = attended.judge(Attended(), world(ANNA))
    assert (found.subject, found.state, found.why) == (COMPANY, "unknown", NOTHING_YET)


def test_absences_alone_are_nothing_recorded():
    (found,) = attended.judge(Attended(), world(ANNA, absence("anna", date(2026, 1, 1), None)))
    assert found.state == "unknown"


def test_a_programme_without_session_is_unknown_for_each():
    assert verdict_of("anna", *ALL, ANNA, programme="privacy").state == "unknown"


def test_only_a_standing_session_of_the_programme_counts():
    cancelled = session("s3", date(2026, 9, 8), cancelled=True)
    other = session("p1", date(2026, 9, 8), programme="privacy")
    facts = (S0, ANNA, outcome(S3, "anna"), outcome(other, "anna"))
    assert verdict_of("anna", *facts, cancelled, other).state == "not-satisfied"


# --- joining and leaving


def test_a_joiner_has_ninety_days_when_a_session_is_offered_meanwhile():
    anna = person("anna", joined=date(2026, 8, 24))
    assert verdict_of("anna", *ALL, anna).state == "not-applicable"
    found = verdict_of("anna", *ALL, anna, day=date(2026, 11, 23))
    assert short(found) == ("not-satisfied", date(2026, 11, 23))


def test_a_joiner_waits_for_the_first_session_when_none_comes_in_ninety_days():
    anna = person("anna", joined=date(2026, 3, 11))
    assert verdict_of("anna", *ALL, anna, day=date(2026, 9, 8)).state == "not-applicable"
    found = verdict_of("anna", *ALL, anna)
    assert short(found) == ("not-satisfied", date(2026, 9, 9))


def test_a_joiner_whom_nobody_offers_anything_is_behind_after_the_window():
    anna = person("anna", joined=date(2025, 3, 12))
    assert verdict_of("anna", S0, anna, day=date(2026, 3, 12)).state == "not-applicable"
    found = verdict_of("anna", S0, anna)
    assert short(found) == ("not-satisfied", date(2026, 3, 13))


def test_a_joiner_who_attended_is_kept_not_merely_excused():
    anna = person("anna", joined=date(2026, 9, 1))
    assert verdict_of("anna", *ALL, anna, outcome(S3, "anna")).state == "satisfied"


def test_a_leaver_is_judged_through_the_last_day_and_not_after():
    bram = person("bram", left=date(2026, 11, 1))
    judged = [
        [each.subject.id for each in attended.judge(Attended(), world(*ALL, bram, day=day))]
        for day in (date(2026, 11, 1), date(2026, 11, 2))
    ]
    assert judged == [["bram"], []]


def test_who_has_not_joined_yet_is_not_judged():
    anna = person("anna", joined=TODAY + timedelta(days=1))
    assert list(attended.judge(Attended(), world(*ALL, anna))) == []


# --- excused


def test_an_excuse_carries_to_the_next_session():
    facts = (*ALL, ANNA, outcome(S1, "anna"), outcome(S2, "anna", "excused"))
    assert verdict_of("anna", *facts, day=date(2026, 9, 8)).state == "satisfied"
    found = verdict_of("anna", S0, S1, S2, *facts[4:], day=date(2026, 9, 20))
    assert found.state == "not-applicable"


def test_an_excuse_ends_with_the_next_session_missed():
    facts = (*ALL, ANNA, outcome(S0, "anna"), outcome(S1, "anna", "excused"))
    covered_until = date(2026, 3, 10)
    assert verdict_of("anna", *facts, day=covered_until).state == "satisfied"
    assert short(verdict_of("anna", *facts)) == ("not-satisfied", date(2026, 3, 11))


def test_an_excuse_and_then_attendance_leaves_no_gap():
    moved = session("s2", date(2026, 5, 5))
    facts = (S0, S1, ANNA, outcome(S0, "anna"), outcome(S1, "anna", "excused"), moved)
    assert verdict_of("anna", *facts, day=date(2026, 5, 5)).state == "not-applicable"
    attended_it = outcome(moved, "anna")
    assert verdict_of("anna", *facts, attended_it, day=date(2026, 5, 5)).state == "satisfied"


def test_two_excuses_in_a_row_need_an_exemption():
    late = session("s4", date(2026, 10, 20))
    facts = (*ALL, late, ANNA, outcome(S1, "anna"))
    facts += (outcome(S2, "anna", "excused"), outcome(S3, "anna", "excused"))
    assert short(verdict_of("anna", *facts)) == ("not-satisfied", date(2026, 9, 9))


def test_an_excuse_that_comes_too_late_cures_nothing():
    facts = (*ALL, ANNA, outcome(S0, "anna"), outcome(S3, "anna", "excused"))
    assert short(verdict_of("anna", *facts)) == ("not-satisfied", date(2026, 3, 11))


def test_excused_in_the_morning_and_there_in_the_afternoon_is_attended():
    afternoon = session("s3b", date(2026, 9, 8))
    facts = (*ALL, afternoon, ANNA, outcome(S3, "anna", "excused"), outcome(afternoon, "anna"))
    assert verdict_of("anna", *facts).state == "satisfied"


# --- long absence


def test_the_window_stands_still_during_a_long_absence():
    leave = absence("anna", date(2026, 1, 1), date(2026, 6, 30))
    facts = (*ALL, ANNA, outcome(S0, "anna"), leave)
    # 365 days of the window, the 181 of leave not counted: 11 March and half a year.
    assert verdict_of("anna", *facts, day=date(2026, 9, 7)).state == "satisfied"
    assert verdict_of("anna", *facts, day=date(2026, 9, 8)).state == "not-applicable"


def test_back_from_leave_one_has_the_grace_of_a_joiner():
    leave = absence("anna", date(2026, 3, 1), date(2026, 8, 31))
    facts = (*ALL, ANNA, outcome(S0, "anna"), leave)
    found = verdict_of("anna", *facts)
    assert (found.state, "back from long absence on 2026-09-01" in found.why) == (
        "not-applicable",
        True,
    )
    found = verdict_of("anna", *facts, day=date(2026, 12, 1))
    assert short(found) == ("not-satisfied", date(2026, 12, 1))


def test_nobody_is_behind_while_away_and_the_reason_is_not_told():
    away = absence("anna", date(2026, 2, 1), None)
    found = verdict_of("anna", *ALL, ANNA, away)
    assert (found.state, found.why) == (
        "not-applicable",
        "on long absence since 2026-02-01",
    )
    assert found.facts == ("absences/anna:2026-02-01",)


def test_leave_does_not_cure_what_was_owed_before_it():
    leave = absence("anna", date(2026, 6, 1), date(2026, 8, 31))
    found = verdict_of("anna", *ALL, ANNA, outcome(S0, "anna"), leave)
    assert short(found) == ("not-satisfied", date(2026, 9, 1))


def test_a_short_absence_changes_nothing():
    week = absence("anna", date(2026, 9, 7), date(2026, 9, 11))
    plain = (*ALL, ANNA, outcome(S1, "anna"))
    assert short(verdict_of("anna", *plain, week)) == short(verdict_of("anna", *plain))


def test_absences_that_touch_are_one():
    parts = [
        absence("anna", date(2026, 8, 20), date(2026, 9, 5)),
        absence("anna", date(2026, 9, 6), date(2026, 9, 25)),
    ]
    found = verdict_of("anna", *ALL, ANNA, outcome(S1, "anna"), *parts, day=date(2026, 9, 10))
    assert found.state == "satisfied"
    split = [parts[0], absence("anna", date(2026, 9, 7), date(2026, 9, 25))]
    found = verdict_of("anna", *ALL, ANNA, outcome(S1, "anna"), *split, day=date(2026, 9, 10))
    assert found.state == "not-satisfied"


def test_a_session_during_leave_was_not_offered_to_the_person():
    anna = person("anna", joined=date(2026, 3, 11))
    leave = absence("anna", date(2026, 5, 1), date(2026, 9, 10))
    found = verdict_of("anna", *ALL, anna, leave)
    assert found.state == "not-applicable"


# --- re-scheduled


def test_a_session_moved_into_the_future_shows_nothing_yet():
    moved = session("s3", TODAY + timedelta(days=7))
    facts = (S0, S1, S2, moved, ANNA, outcome(S1, "anna"))
    assert verdict_of("anna", *facts).state == "not-satisfied"


@pytest.mark.parametrize("days", [0, 1])
def test_a_moved_session_counts_from_its_new_day(days):
    moved = session("s3", date(2026, 9, 8) + timedelta(days=days))
    found = verdict_of("anna", moved, ANNA, outcome(moved, "anna"))
    assert found.why.startswith(f"attended on {date(2026, 9, 8) + timedelta(days=days)}")

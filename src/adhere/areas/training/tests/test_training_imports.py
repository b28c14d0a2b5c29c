"""The three import kinds: what they take, and what they refuse with a clear word."""

from __future__ import annotations

import pytest

from adhere.areas.training.models import Attendance, TrainingSession, current
from adhere.errors import Problem

pytestmark = pytest.mark.django_db

SESSIONS = """id,programme,title,starts_at,ends_at
s1,security,Phish,2026-03-10T09:00:00+01:00,2026-03-10T11:00:00+01:00
s2,security,Desk,2026-09-08T09:00:00+02:00,2026-09-08T11:00:00+02:00
"""
ATTENDANCE = """session,person,outcome,at
s1,anna,attended,2026-03-10T09:05:00+01:00
s1,bram,excused,
"""


@pytest.fixture(autouse=True)
def sessions(company, take_in):
    take_in("training-sessions", SESSIONS)


def refused(take_in, kind, text):
    before = TrainingSession.objects.count(), Attendance.objects.count()
    with pytest.raises(Problem) as caught:
        take_in(kind, text)
    assert (TrainingSession.objects.count(), Attendance.objects.count()) == before
    return caught.value.line, caught.value.field, str(caught.value)


def test_the_same_file_twice_changes_nothing(take_in):
    first, second = take_in("attendance", ATTENDANCE), take_in("attendance", ATTENDANCE)
    assert (first.added, second.unchanged, second.corrected) == (2, 2, 0)
    assert take_in("training-sessions", SESSIONS).unchanged == 2


def test_a_blank_time_is_the_beginning_of_the_session(take_in):
    take_in("attendance", ATTENDANCE)
    row = current(Attendance).get(person="bram")
    assert row.at == current(TrainingSession).get(key="s1").starts_at


def test_a_known_id_with_another_time_is_a_correction(take_in):
    moved = SESSIONS.replace("2026-09-08", "2026-09-15")
    assert take_in("training-sessions", moved).corrected == 1
    assert current(TrainingSession).count() == 2


def test_importing_the_plan_again_does_not_revive_a_cancelled_session(take_in):
    lines = SESSIONS.splitlines()
    cancelled = f"{lines[0]},cancelled\n{lines[2]},yes\n"
    assert take_in("training-sessions", cancelled).corrected == 1
    assert take_in("training-sessions", SESSIONS).unchanged == 2
    assert current(TrainingSession).get(key="s2").cancelled


def test_a_session_that_ends_before_it_starts(take_in):
    bad = SESSIONS + "s3,security,X,2026-10-01T11:00:00+02:00,2026-10-01T09:00:00+02:00\n"
    line, field, _ = refused(take_in, "training-sessions", bad)
    assert (line, field) == (4, "ends_at")


def test_a_session_longer_than_a_day(take_in):
    bad = SESSIONS + "s3,security,X,2026-10-01T09:00:00+02:00,2026-10-03T09:00:00+02:00\n"
    assert refused(take_in, "training-sessions", bad)[:2] == (4, "ends_at")


def test_a_session_that_people_attended_is_not_cancelled(take_in):
    take_in("attendance", ATTENDANCE)
    lines = SESSIONS.splitlines()
    bad = f"{lines[0]},cancelled\n{lines[1]},yes\n"
    assert refused(take_in, "training-sessions", bad)[:2] == (2, "cancelled")


@pytest.mark.parametrize(
    ("row", "field", "hint"),
    [
        ("s11,anna,attended,", "session", "nearest is “s1”"),
        ("s1,ana,attended,", "person", "nearest is “anna”"),
        ("s1,anna,present,", "outcome", "attended or absent or excused"),
        ("s1,eva,attended,2026-03-09T09:00:00+01:00", "at", "2026-03-10 or later"),
        ("s1,eva,attended,2098-03-09T09:00:00+01:00", "at", "or earlier"),
        ("s2,dirk,attended,", "person", "worked here on the day"),
    ],
)
def test_rows_that_cannot_be(take_in, row, field, hint):
    line, named, text = refused(take_in, "attendance", ATTENDANCE + row + "\n")
    assert (line, named, hint in text) == (4, field, True)


def test_attendance_of_a_session_still_to_come(take_in):
    take_in(
        "training-sessions",
        "id,programme,title,starts_at,ends_at\n"
        "s9,security,X,2099-03-10T09:00:00+01:00,2099-03-10T11:00:00+01:00\n",
    )
    bad = "session,person,outcome,at\ns9,anna,attended,\n"
    assert refused(take_in, "attendance", bad)[:2] == (2, "session")
    take_in("attendance", "session,person,outcome,at\ns9,anna,excused,\n")


def test_one_person_with_two_outcomes(take_in):
    bad = ATTENDANCE + "s1,anna,absent,2026-03-10T09:05:00+01:00\n"
    line, _, text = refused(take_in, "attendance", bad)
    assert (line, "other values" in text) == (4, True)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("nobody,2026-01-01,2026-02-01,illness", "person"),
        ("anna,2026-02-01,2026-01-01,illness", "until"),
        ("anna,2026-02-01,,sleep", "reason"),
        ("bram,2026-02-01,,other", "from"),
    ],
)
def test_absences_that_cannot_be(take_in, row, field):
    header = "person,from,until,reason\n"
    take_in("absences", header + "bram,2026-01-01,2026-03-01,parental-leave\n")
    with pytest.raises(Problem) as caught:
        take_in("absences", f"{header}{row}\n")
    assert (caught.value.line, caught.value.field) == (2, field)


def test_the_end_of_an_absence_may_be_written_later(take_in):
    header = "person,from,until,reason\n"
    take_in("absences", header + "bram,2026-01-01,,illness\n")
    done = take_in("absences", header + "bram,2026-01-01,2026-03-01,illness\n")
    assert (done.added, done.corrected) == (0, 1)


def test_the_verdicts_of_an_imported_world(take_in):
    from datetime import date

    from adhere.core.running import judge_day

    take_in("attendance", ATTENDANCE)
    findings = judge_day(date(2026, 9, 20)).findings
    states = {(each.clause, each.subject.id): each.state for each in findings}
    assert states == {
        ("offered", "company"): "satisfied",
        ("attended", "anna"): "satisfied",
        ("attended", "bram"): "not-satisfied",
        ("attended", "chloe"): "not-satisfied",
        ("attended", "eva"): "not-satisfied",
    }

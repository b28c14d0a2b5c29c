"""What people owe, as their page and the reminders tell it; and the demonstration company."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone, translation

from adhere.areas.training.area import area
from adhere.areas.training.arranging import sign_up
from adhere.areas.training.models import TrainingSession
from adhere.core.models import Person
from adhere.core.recording import day_of
from adhere.core.running import judge_day

pytestmark = pytest.mark.django_db
HEADER = "id,programme,title,starts_at,ends_at\n"


def owed(person, day=None):
    return [
        (each.title, each.due, each.url) for each in area.tasks(person, day or timezone.localdate())
    ]


@pytest.fixture
def past(company, take_in):
    """A session eleven months ago that bram attended."""
    day = timezone.localdate() - timedelta(days=340)
    at = f"{day}T09:00:00+01:00"
    take_in("training-sessions", f"{HEADER}s1,security,Phish,{at},{day}T11:00:00+01:00\n")
    take_in("attendance", "session,person,outcome,at\ns1,bram,attended,\n")
    return day


def test_who_will_be_due_soon_is_told_with_the_next_session(past, plan_session):
    session = plan_session(48)
    (found,) = owed("bram")
    assert found[0] == "Attend the training “security”"
    assert timezone.localdate() < found[1] <= timezone.localdate() + timedelta(days=30)
    assert found[2] == f"/training/sessions/{session.key}/"


def test_who_signed_up_is_told_so(past, plan_session):
    sign_up(plan_session(48), Person.objects.get(pk="bram"))
    (task,) = area.tasks("bram", timezone.localdate())
    assert task.why.startswith("You are signed up for")


def test_who_is_behind_is_told_since_when(past):
    ((_, due, url),) = owed("eva")
    assert (due, url) == (past, "/training/")


def test_who_is_covered_or_has_left_owes_nothing(past):
    assert (owed("bram", past + timedelta(days=30)), owed("dirk")) == ([], [])


def test_nobody_is_told_during_a_long_absence(past, take_in):
    start = timezone.localdate() - timedelta(days=40)
    take_in("absences", f"person,from,until,reason\neva,{start},,parental-leave\n")
    assert owed("eva") == []


def test_nobody_is_told_what_they_are_exempt_from(past, take_in):
    today = timezone.localdate()
    until = today + timedelta(days=30)
    take_in(
        "people", "id,name,kind,teams,joined,language\nfred,Fred,employee,security,2024-01-08,en\n"
    )
    take_in(
        "exemptions",
        "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until\n"
        f"x1,work-behaviours/attended,eva,abroad,anna,{today},fred,{today},{today},{until}\n",
    )
    assert (owed("eva"), len(owed("chloe"))) == ([], 1)


def test_without_a_policy_nobody_owes_anything(db, take_in):
    take_in(
        "people",
        "id,name,kind,joined,language\nanna,Anna,employee,2020-01-01,nl\n",
    )
    assert owed("anna") == []


def test_the_demonstration_holds_what_was_planted_and_nothing_else(company, take_in):
    joined = timezone.localdate() - timedelta(days=900)
    header = "id,name,kind,supervisor,joined,language\n"
    rows = [
        f"p{number},Person {number},{'contractor' if number % 7 == 0 else 'employee'},"
        f"anna,{joined - timedelta(days=number)},en\n"
        for number in range(1, 29)
    ]
    today = timezone.localdate()
    rows.append(f"new,New One,employee,anna,{today - timedelta(days=20)},en\n")
    rows.append(f"late,Late One,employee,anna,{today - timedelta(days=72)},en\n")
    take_in("people", header + "".join(rows))
    planted = list(area.demo(Random(7), today))
    assert len(planted) == 4
    found = {
        finding.subject.id: finding.state
        for finding in judge_day().findings
        if finding.check == "training.attended"
    }
    broken = {person for person, state in found.items() if state == "not-satisfied"}
    assert broken == {each["subject"] for each in planted}
    assert {found["new"], found["late"]} == {"not-applicable"}
    offered = [each.state for each in judge_day().findings if each.check == "training.offered"]
    assert offered == ["satisfied"]


def test_the_demonstration_knows_when_a_session_was_moved(company):
    list(area.demo(Random(7), timezone.localdate()))
    moved = TrainingSession.objects.exclude(supersedes=None).filter(cancelled=False).get()
    planned = day_of(moved.supersedes.starts_at)
    ref = f"training-sessions/{moved.key}"

    def counts(known):
        findings = judge_day(planned, known).findings
        return [ref in each.facts for each in findings if each.clause == "offered"]

    assert counts(day_of(moved.recorded_at) - timedelta(days=1)) == [True]
    assert counts(None) == [False]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nl", "Volg de opleiding “security”"),
        ("fr", "Suivre la formation « security »"),
        ("de", "An der Schulung „security“ teilnehmen"),
    ],
)
def test_tasks_are_told_in_the_language_of_the_person(past, language, title):
    with translation.override(language):
        assert [each[0] for each in owed("eva")] == [title]

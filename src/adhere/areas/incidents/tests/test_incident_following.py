"""What is done with an incident, who may do and see it, and what authorities must hear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from adhere.areas.incidents import filing, telling, timeline
from adhere.core import incidents
from adhere.core.areas import areas
from adhere.core.models import Entry, Incident, IncidentEvent, Person
from adhere.core.recording import Origin
from adhere.core.running import judge_day

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"incidents:{name}", args=args)


def file(key="k1", reporter="bram", **known):
    return filing.file(key, reporter, **{"sort": "other", **known})


def steps(key="k1"):
    return list(IncidentEvent.objects.filter(incident=key).values_list("kind", "by", "text"))


def owed(person):
    (area,) = [each for each in areas() if each.name == "incidents"]
    return [(each.title, each.due) for each in area.tasks(person, timezone.localdate())]


@pytest.fixture
def does(as_):
    """``does("anna", "close", reason="mended")``: the page's answer after the step."""

    def act(who, what, key="k1", **given):
        return as_(who).post(url("act", key, what), given, follow=True)

    return act


# --- from report to close


def test_each_step_stands_in_the_timeline(company, does):
    file(description="The door stood open")
    does("anna", "take")
    does("anna", "assign", to="dirk")
    does("dirk", "note", text="The lock is broken")
    does("dirk", "close", reason="A new lock")
    assert steps()[0] == ("reported", "bram", "The door stood open")
    assert [each for each in steps() if each[0] != "told-security"][1:] == [
        ("taken", "anna", ""),
        ("assigned", "anna", "dirk"),
        ("note", "dirk", "The lock is broken"),
        ("closed", "dirk", "A new lock"),
    ]
    assert incidents.newest("k1").closed_at is not None


def test_what_is_closed_or_unfounded_can_be_taken_up_again(company, does):
    file()
    does("anna", "close", reason="Done")
    does("anna", "reopen", reason="It came again")
    assert incidents.newest("k1").closed_at is None
    does("anna", "unfound", reason="A drill")
    assert Incident.objects.get(key="k1", superseded_by=None).retracted
    does("anna", "reopen", reason="No drill after all")
    assert not incidents.newest("k1").retracted


@pytest.mark.parametrize("what", ["note", "close", "unfound"])
def test_a_step_without_words_is_refused_in_words(company, does, what):
    file()
    before = len(steps())
    answer = does("anna", what, text=" ", reason=" ").content.decode()
    assert "a few words" in answer
    assert len([each for each in steps() if each[0] != "told-security"]) == before


def test_who_has_it_keeps_it_until_it_is_handed_on(company, does):
    file()
    does("anna", "take")
    assert "Anna Peeters has it already" in does("dirk", "take").content.decode()


def test_what_is_known_more_closely_is_a_correction(company, as_):
    file()
    as_("anna").post(
        url("edit", "k1"), {"severity": "high", "clause": "export", "who": "Bram Claes"}
    )
    found = incidents.newest("k1")
    assert (found.severity, found.clause, found.subject) == (
        "high",
        "work-behaviours/export",
        "bram",
    )
    assert Incident.objects.filter(key="k1").count() == 2


def test_an_incident_whose_reporter_was_erased_can_still_be_closed(company, does):
    file()
    Person.objects.filter(pk="bram").delete()
    does("anna", "close", reason="Done")
    assert incidents.newest("k1").closed_at is not None


# --- who sees what


@pytest.mark.parametrize(
    ("who", "known", "status"),
    [
        ("bram", {}, 200),
        ("chloe", {}, 200),
        ("anna", {}, 200),
        ("hilde", {}, 404),
        ("eva", {}, 404),
        ("eva", {"sort": "data-exposure"}, 200),
        ("chloe", {"subject": "chloe"}, 404),
        ("hilde", {"subject": "chloe"}, 200),
        ("eva", {"subject": "eva", "sort": "data-exposure", "reporter": "chloe"}, 200),
    ],
)
def test_everybody_sees_what_is_theirs_to_see(as_, who, known, status):
    file(**known)
    client = as_(who)
    assert client.get(url("incident", "k1")).status_code == status
    listed = client.get(url("index")).content.decode()
    assert ("/incidents/at/k1/" in listed) == (status == 200)


def test_who_reported_does_not_read_the_notes(as_, does):
    file()
    does("anna", "note", text="Bram himself left it open")
    page = as_("bram").get(url("incident", "k1")).content.decode()
    assert "left it open" not in page
    assert "left it open" in as_("chloe").get(url("incident", "k1")).content.decode()


def test_an_auditor_reads_and_changes_nothing(as_):
    file()
    client = as_("auditor", "auditor")
    assert client.get(url("incident", "k1")).status_code == 200
    for what in ("take", "note", "close"):
        assert client.post(url("act", "k1", what), {"reason": "x"}).status_code == 403
    assert client.get(url("index"), {"format": "csv"}).status_code == 200
    assert [each[0] for each in steps()] == ["reported"]


@pytest.mark.parametrize("what", ["assign", "tell", "mark", "close", "unfound", "reopen"])
def test_personnel_and_supervisors_decide_nothing(company, does, what):
    file()
    assert [does(who, what).status_code for who in ("bram", "chloe", "hilde")] == [403, 403, 404]


def test_nobody_of_the_team_decides_about_themselves(company, does):
    file(subject="anna")
    assert does("anna", "close", reason="Nothing").status_code == 403
    assert does("dirk", "close", reason="Talked about").status_code == 200


def test_the_list_finds_filters_and_exports(as_):
    file("k1", sort="crash", description="The server froze", place="Room 2")
    file("k2", sort="lost-device", description="A phone in the train")
    client = as_("anna")

    def keys(**query):
        page = client.get(url("index"), query).content.decode()
        return [key for key in ("k1", "k2") if f"/incidents/at/{key}/" in page]

    assert keys() == ["k1", "k2"]
    assert (keys(q="froze"), keys(kind="lost-device")) == (["k1"], ["k2"])
    assert (keys(state="new"), keys(state="closed"), keys(mark="significant")) == (
        ["k1", "k2"],
        [],
        [],
    )
    rows = b"".join(client.get(url("index"), {"format": "csv"}).streaming_content).decode()
    assert len(rows.strip().splitlines()) == 3


def test_the_list_asks_the_database_as_often_for_fifty_as_for_one(as_):
    client = as_("anna")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(url("index"))
        return len(found)

    file("k0", subject="chloe")
    queries()
    one = queries()
    for number in range(1, 40):
        file(f"k{number}", subject="chloe")
    assert queries() == one


# --- authorities


def test_deadlines_run_from_when_the_company_was_aware(company, does):
    file(sort="data-exposure", happened_at=timezone.now() - timedelta(hours=30))
    aware = timezone.localtime().replace(second=0, microsecond=0) - timedelta(hours=2)
    given = f"{aware:%Y-%m-%dT%H:%M}"
    does("anna", "mark", mark="significant", aware=given)
    does("eva", "mark", mark="personal-data", aware=given)
    course = timeline.course_of(IncidentEvent.objects.filter(incident="k1"))
    hours = [(each.duty.name, each.until - aware) for each in course.deadlines]
    assert hours == [
        ("early-warning", timedelta(hours=24)),
        ("notification", timedelta(hours=72)),
        ("authority", timedelta(hours=72)),
    ]
    page = does("anna", "note", text="x").content.decode()
    assert "21 hours left" in page
    assert [title for title, _ in owed("eva")] == ["Notification to the data protection authority"]
    assert len(owed("dirk")) == 4
    does("eva", "meet", duty="authority", text="GBA 2026/17")
    assert owed("eva") == []
    does("anna", "unmark", mark="significant")
    assert [title for title, _ in owed("dirk")] == ["Take in hand: Data where it should not be"]


def test_nobody_is_aware_before_it_happened(company, does):
    file()
    answer = does("anna", "mark", mark="significant", aware="2020-01-01T10:00").content.decode()
    assert "nobody can be aware of it then" in answer
    assert [each[0] for each in steps()] == ["reported", "told-security"]


def test_a_deadline_that_is_past_says_by_how_much(company, as_, does):
    file(happened_at=timezone.now() - timedelta(hours=60))
    given = f"{timezone.localtime() - timedelta(hours=26, minutes=30):%Y-%m-%dT%H:%M}"
    does("anna", "mark", mark="significant", aware=given)
    assert "2 hours late" in as_("anna").get(url("incident", "k1")).content.decode()


# --- the same crash again


def crash(key, days_ago, **more):
    at = timezone.now() - timedelta(days=days_ago)
    known = {"reporter": "chloe", "subject": "bram", "action": "pulled the plug"}
    return incidents.report(
        "crash", Origin("page", "chloe"), key=key, **known | {"happened_at": at} | more
    )


def deliberate():
    return {
        found.subject.id
        for found in judge_day().findings
        if found.clause == "crashes" and found.state == "not-satisfied"
    }


def test_a_repetition_is_flagged_only_once_the_person_confirmed_being_told(company, as_, does):
    crash("c1", 30)
    crash("c2", 20)
    does("anna", "tell", "c1", text="Switch it off at the panel instead.")
    assert (deliberate(), len(owed("bram"))) == (set(), 1)
    page = as_("bram").get(url("told", "c1")).content.decode()
    assert "Switch it off at the panel instead." in page
    as_("bram").post(url("told", "c1"))
    assert incidents.newest("c1").subject_told_at is not None
    assert (deliberate(), owed("bram")) == (set(), [])
    crash("c3", 0, happened_at=timezone.now())
    assert deliberate() == {"bram"}


def test_another_action_is_no_repetition(company, does):
    crash("c1", 30)
    does("anna", "told-in-person", "c1", text="In room 2, before Dirk")
    crash("c2", 0, action="filled the disk", happened_at=timezone.now())
    assert deliberate() == set()


def test_the_person_is_told_by_mail_in_their_language(company, mailbox, does):
    crash("c1", 1, subject="dirk")
    telling.tell_subject.call("c1", "Bitte nicht wieder.")
    assert (mailbox.to, "Bitte nicht wieder." in mailbox.of("dirk")) == (["dirk"], True)
    assert "/incidents/told/c1/" in mailbox.of("dirk")


def test_a_crash_is_not_closed_before_the_person_was_told(company, does):
    crash("c1", 1)
    assert "has not been told of it" in does("anna", "close", "c1", reason="x").content.decode()
    assert incidents.newest("c1").closed_at is None


def test_only_the_person_confirms_and_only_what_was_told(company, as_, does):
    crash("c1", 1)
    assert as_("bram").post(url("told", "c1")).status_code == 404
    does("anna", "tell", "c1", text="x")
    assert [as_(who).post(url("told", "c1")).status_code for who in ("chloe", "anna")] == [404, 404]
    assert incidents.newest("c1").subject_told_at is None


def test_after_telling_nobody_else_is_put_in_the_person_s_place(company, as_, does):
    crash("c1", 1)
    does("anna", "tell", "c1", text="x")
    answer = as_("anna").post(url("edit", "c1"), {"who": "chloe", "action": "pulled the plug"})
    assert "was told of it already" in answer.content.decode()
    assert incidents.newest("c1").subject == "bram"


# --- settings


def test_the_company_sets_how_reports_are_handled(as_):
    given = {"take_within": "5", "anonymous": "on", "places": "Lobby\nRoof"}
    as_("anna").post(url("handling"), given)
    page = as_("bram").get(url("quick")).content.decode()
    assert '<option value="Roof">' in page
    assert "Leave my name out" in page
    assert '"take_within":5' in Entry.objects.get(kind="incident-handling").record
    assert as_("bram").get(url("handling")).status_code == 403

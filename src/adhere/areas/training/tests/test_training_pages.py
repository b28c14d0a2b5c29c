"""The pages: who may do what, and that what they record is a fact."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from adhere.areas.training import arranging, attending
from adhere.areas.training.models import Attendance, Plan, SignUp, TrainingSession, current
from adhere.core.models import Person

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"training:{name}", args=args)


def form_of(day="2027-03-10", **changed):
    values = {"programme": "security", "title": "Phish", "day": day, "begins": "09:00"}
    return {**values, "ends": "11:00", "place": "Room 2", "trainer": "", "capacity": "", **changed}


# --- planning


def test_the_security_team_plans_moves_and_cancels_a_session(as_):
    anna = as_("anna")
    answer = anna.post(url("new-session"), form_of())
    assert answer.headers["Location"] == url("session", "security-2027-03-10")
    anna.post(url("edit-session", "security-2027-03-10"), form_of("2027-03-17", title="Phish"))
    moved = current(TrainingSession).get()
    assert timezone.localtime(moved.starts_at).isoformat() == "2027-03-17T09:00:00+01:00"
    anna.post(url("cancel-session", moved.key))
    history = TrainingSession.objects.order_by("pk").values_list("recorder", "cancelled")
    assert list(history) == [("anna", False), ("anna", False), ("anna", True)]


def test_two_sessions_of_one_day_have_ids_of_their_own(as_):
    anna = as_("anna")
    for _ in range(2):
        anna.post(url("new-session"), form_of())
    keys = sorted(current(TrainingSession).values_list("key", flat=True))
    assert keys == ["security-2027-03-10", "security-2027-03-10-2"]


def test_a_session_that_ends_too_early_is_shown_beside_its_field(as_):
    answer = as_("anna").post(url("new-session"), form_of(ends="08:00"))
    assert "A session ends after it starts." in answer.content.decode()
    assert not TrainingSession.objects.exists()


@pytest.mark.parametrize("name", ["new-session", "edit-session", "cancel-session"])
def test_personnel_plan_nothing(as_, plan_session, name):
    key = plan_session().key
    args = () if name == "new-session" else (key,)
    assert as_("bram").post(url(name, *args), form_of()).status_code == 403
    assert TrainingSession.objects.count() == 1


def test_an_auditor_reads_and_changes_nothing(as_, plan_session):
    session = plan_session()
    client = as_("auditor", "auditor")
    for name in ("session", "attendance"):
        assert client.get(url(name, session.key)).status_code == 200
    assert client.get(url("programme", "security")).status_code == 200
    for name in ("cancel-session", "attendance", "sign-up"):
        assert client.post(url(name, session.key), {"person": "eva"}).status_code == 403


# --- signing up


def test_a_person_signs_up_and_withdraws(as_, plan_session):
    session, bram = plan_session(), as_("bram")
    for _ in range(2):
        bram.post(url("sign-up", session.key))
    assert list(SignUp.objects.values_list("person", flat=True)) == ["bram"]
    bram.post(url("sign-up", session.key), {"undo": "1"})
    assert not SignUp.objects.exists()


def test_past_the_capacity_one_waits_and_moves_up(plan_session):
    session = plan_session(capacity=1)
    bram, eva = Person.objects.get(pk="bram"), Person.objects.get(pk="eva")
    assert arranging.sign_up(session, bram) == arranging.Place(1, waiting=False)
    assert arranging.sign_up(session, eva) == arranging.Place(2, waiting=True)
    arranging.undo_sign_up(session, "bram")
    assert arranging.place_of(session.key, "eva") == arranging.Place(1, waiting=False)


def test_nobody_signs_up_for_what_is_over_or_cancelled(as_, plan_session):
    bram = as_("bram")
    past, off = plan_session(-48), plan_session(72)
    arranging.cancel(off, "anna")
    for session in (past, off):
        bram.post(url("sign-up", session.key))
    assert not SignUp.objects.exists()


# --- attendance


def test_the_trainer_ticks_corrects_and_takes_back(as_, plan_session):
    session = plan_session(-1, trainer=Person.objects.get(pk="eva"))
    eva = as_("eva")
    for outcome in ("attended", "excused", ""):
        eva.post(url("attendance", session.key), {"person": "bram", "outcome": outcome})
    rows = Attendance.objects.order_by("pk").values_list("outcome", "retracted", "recorder")
    assert list(rows) == [
        ("attended", False, "eva"),
        ("excused", False, "eva"),
        ("excused", True, "eva"),
    ]


def test_a_tick_by_htmx_answers_with_the_line(as_, plan_session):
    session = plan_session(-1)
    answer = as_("anna").post(
        url("attendance", session.key),
        {"person": "bram", "outcome": "attended"},
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode()
    assert text.strip().startswith("<li>")
    assert text.count('aria-pressed="true"') == 1


def test_personnel_take_no_attendance(as_, plan_session):
    session = plan_session(-1, trainer=Person.objects.get(pk="eva"))
    bram = as_("bram")
    assert bram.get(url("attendance", session.key)).status_code == 403
    assert bram.get(url("door", session.key)).status_code == 403
    tick = {"person": "bram", "outcome": "attended"}
    assert bram.post(url("attendance", session.key), tick).status_code == 403
    assert not Attendance.objects.exists()


def test_nobody_ticks_themselves_but_the_trainer(as_, plan_session):
    other, own = plan_session(-1), plan_session(-2, trainer=Person.objects.get(pk="anna"))
    anna = as_("anna")
    for session in (other, own):
        anna.post(url("attendance", session.key), {"person": "anna", "outcome": "attended"})
    assert list(current(Attendance).values_list("session", flat=True)) == [own.key]


def test_attendance_before_the_session_is_refused_but_an_excuse_is_not(as_, plan_session):
    session, anna = plan_session(48), as_("anna")
    for outcome in ("attended", "excused"):
        anna.post(url("attendance", session.key), {"person": "bram", "outcome": outcome})
    assert list(current(Attendance).values_list("outcome", flat=True)) == ["excused"]


def test_the_rest_is_marked_absent_at_once(as_, plan_session):
    session = plan_session(1)
    for person in ("bram", "eva"):
        arranging.sign_up(session, Person.objects.get(pk=person))
    arranging_row = arranging.row_of(session)
    starts = timezone.now() - timedelta(hours=1)
    arranging.arrange(
        {**arranging_row, "starts_at": starts, "ends_at": starts + timedelta(hours=2)},
        {"place": ""},
        "anna",
        session.key,
    )
    anna = as_("anna")
    anna.post(url("attendance", session.key), {"person": "bram", "outcome": "attended"})
    anna.post(url("attendance", session.key), {"rest": "absent"})
    found = {row.person: row.outcome for row in current(Attendance)}
    assert found == {"bram": "attended", "eva": "absent"}


def test_somebody_who_did_not_sign_up_is_found_by_name(as_, plan_session):
    session = plan_session(-1)
    text = as_("anna").get(url("attendance", session.key), {"q": "chlo"}).content.decode()
    assert ("Chloé Lambert" in text, "Eva Wouters" in text) == (True, False)


# --- the code at the door


def scan(client, session, code=None):
    address = url("here", session.key, code or attending.door_code(session))
    page = client.get(address)
    seen = page.context and page.context.get("seen")
    return client.post(address, {"seen": seen}) if seen else page


def test_a_scan_at_the_door_records_the_person_once(as_, plan_session):
    session, bram = plan_session(-0.1), as_("bram")
    for _ in range(2):
        assert scan(bram, session).status_code == 200
    row = Attendance.objects.get()
    assert (row.person, row.outcome, row.source, row.recorder) == ("bram", "attended", "qr", "bram")


def test_looking_at_the_page_alone_records_nothing(as_, plan_session):
    session = plan_session(-0.1)
    as_("bram").get(url("here", session.key, attending.door_code(session)))
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("hours", [-9, 3])
def test_the_code_is_of_no_use_outside_the_session(as_, plan_session, hours):
    session = plan_session(hours)
    assert scan(as_("bram"), session).status_code == 403
    assert not Attendance.objects.exists()


def test_an_old_code_cannot_be_used_again(as_, plan_session, monkeypatch):
    session, bram = plan_session(-0.1), as_("bram")
    code = attending.door_code(session)
    moment = timezone.now().timestamp() + attending.CODE_LASTS.total_seconds() + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: moment)
    assert scan(bram, session, code).status_code == 403


def test_a_code_of_another_session_or_made_up_is_refused(as_, plan_session):
    session, other, bram = plan_session(-0.1), plan_session(-0.2), as_("bram")
    for code in (attending.door_code(other), "made-up", attending.door_code(session)[:-1]):
        assert scan(bram, session, code).status_code == 403


def test_what_one_person_scanned_another_cannot_answer_with(as_, plan_session):
    session = plan_session(-0.1)
    seen = attending.seen_code(session, "eva")
    answer = as_("bram").post(url("here", session.key, "x"), {"seen": seen})
    assert (answer.status_code, Attendance.objects.exists()) == (403, False)


def test_the_door_shows_a_code_only_while_it_is_open(as_, plan_session):
    anna = as_("anna")
    shown = [
        b"data:image/svg+xml" in anna.get(url("door", plan_session(hours).key)).content
        for hours in (-0.5, 5)
    ]
    assert shown == [True, False]


# --- calendars


def parsed(answer):
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_calendar_file_follows_the_session(as_, plan_session):
    session, anna = plan_session(), as_("anna")
    (event,) = parsed(anna.get(url("calendar", session.key)))
    assert (event["SEQUENCE"], event["STATUS"], event.decoded("DTSTART")) == (
        0,
        "CONFIRMED",
        session.starts_at,
    )
    anna.post(url("edit-session", session.key), form_of("2027-03-17"))
    arranging.cancel(arranging.session_of(session.key), "anna")
    (event,) = parsed(anna.get(url("calendar", session.key)))
    assert (event["SEQUENCE"], event["STATUS"], event["LOCATION"]) == (2, "CANCELLED", "Room 2")


def test_a_feed_holds_what_the_person_signed_up_for(as_, plan_session, client):
    mine, _other = plan_session(), plan_session(96)
    arranging.sign_up(mine, Person.objects.get(pk="bram"))
    address = as_("bram").post(url("renew-feed")).context["address"]
    client.logout()
    (event,) = parsed(client.get(address.removeprefix("http://localhost:8000")))
    assert event["UID"] == f"training-{mine.key}@localhost"


def test_a_feed_ends_when_it_is_renewed_or_revoked(as_):
    bram = as_("bram")
    first = bram.post(url("renew-feed")).context["address"]
    second = bram.post(url("renew-feed")).context["address"]
    paths = [each.removeprefix("http://localhost:8000") for each in (first, second)]
    assert [bram.get(path).status_code for path in paths] == [404, 200]
    bram.post(url("renew-feed"), {"revoke": "1"})
    assert bram.get(paths[1]).status_code == 404


def test_a_feed_ends_with_the_persons_last_day(as_, take_in):
    address = as_("bram").post(url("renew-feed")).context["address"]
    take_in(
        "people",
        "id,name,kind,joined,left,language\nbram,Bram Claes,employee,2024-03-01,2025-01-01,nl\n",
    )
    path = address.removeprefix("http://localhost:8000")
    assert as_("anna").get(path).status_code == 404


# --- certificates


def test_a_certificate_for_who_attended(as_, plan_session):
    session, bram = plan_session(-0.1), as_("bram")
    scan(bram, session)
    answer = bram.get(url("certificate", session.key))
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_certificate_names_its_ledger_entry(as_, plan_session):
    import io

    import pdfplumber

    session, bram = plan_session(-0.1), as_("bram")
    scan(bram, session)
    row = Attendance.objects.get()
    with pdfplumber.open(io.BytesIO(bram.get(url("certificate", session.key)).content)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
        assert len(pdf.pages) == 1
    commitment = bytes(row.entry.commitment).hex()
    for word in ("Bram Claes", "Spot the phish", str(row.entry_id), commitment):
        assert word in text


def test_no_certificate_without_attendance_nor_of_another(as_, plan_session):
    session, bram = plan_session(-0.1), as_("bram")
    assert bram.get(url("certificate", session.key)).status_code == 404
    assert bram.get(url("certificate", session.key), {"person": "eva"}).status_code == 403


# --- lists


def test_the_overview_says_who_is_due(as_, take_in):
    take_in(
        "training-sessions",
        "id,programme,title,starts_at,ends_at\n"
        "s1,security,Phish,2024-09-10T09:00:00+01:00,2024-09-10T11:00:00+01:00\n",
    )
    anna = as_("anna")
    text = anna.get(url("programme", "security"), {"state": "not-satisfied"}).content.decode()
    assert ("Bram Claes" in text, "never attended" in text, "Dirk Maes" in text) == (
        True,
        True,
        False,
    )
    assert anna.get(url("programme", "dancing")).status_code == 404
    assert as_("bram").get(url("programme", "security")).status_code == 403


@pytest.mark.parametrize("name", ["sessions", "programme"])
def test_a_list_asks_as_often_for_many_rows_as_for_few(as_, plan_session, name):
    args = ("security",) if name == "programme" else ()
    client = as_("anna")
    plan_session()
    client.get(url(name, *args))
    counts = []
    for more in (0, 12):
        for number in range(more):
            plan_session(24 * number + 72)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(name, *args))
        counts.append(len(queries))
    assert counts[0] == counts[1] < 30


def test_the_list_narrows_and_exports(as_, plan_session):
    plan_session(-72, "Old one")
    plan_session(72, "New one")
    client = as_("bram")
    text = client.get(url("sessions"), {"when": "coming"}).content.decode()
    assert ("New one" in text, "Old one" in text) == (True, False)
    answer = client.get(url("sessions"), {"q": "old", "format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["Session", "Old one"]


def test_erasing_a_person_takes_sign_ups_and_feed_along(as_, plan_session):
    session = plan_session()
    arranging.sign_up(session, Person.objects.get(pk="bram"))
    as_("bram").post(url("renew-feed"))
    Plan.objects.filter(pk=session.key).update(trainer="bram")
    Person.objects.filter(pk="bram").delete()
    assert (SignUp.objects.count(), Plan.objects.get(pk=session.key).trainer) == (0, None)

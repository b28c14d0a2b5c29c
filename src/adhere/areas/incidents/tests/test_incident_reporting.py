"""A report reaches those who must know, goes further when nobody takes it, and can be proved."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from adhere.areas.incidents import escalating, filing, telling, tokens
from adhere.areas.incidents.models import Handling, Photo
from adhere.core.areas import areas
from adhere.core.incidents import newest
from adhere.core.models import Entry, Incident, IncidentEvent
from adhere.ledger.verify import verify_file

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"incidents:{name}", args=args)


def press(client, answer="unanswered", **more):
    """Press one of the three buttons; the incident's key and the answer."""
    once = tokens.once()
    response = client.post(url("quick"), {"once": once, "answer": answer, "place": "Lift", **more})
    return tokens.read(tokens.ONCE, once)[0], response


def file(key="k1", reporter="bram", **known):
    return filing.file(key, reporter, **{"sort": "unrecognised-person", **known})


def steps(key):
    return list(IncidentEvent.objects.filter(incident=key).values_list("kind", flat=True))


def owed(person):
    (area,) = [each for each in areas() if each.name == "incidents"]
    return [(each.title, each.url) for each in area.tasks(person, timezone.localdate())]


# --- one press


def test_one_press_records_who_where_and_when(as_):
    key, response = press(as_("bram"))
    found = newest(key)
    assert (found.sort, found.answer, found.place) == ("unrecognised-person", "unanswered", "Lift")
    assert (found.reporter, found.closed_at) == ("bram", None)
    assert timezone.now() - found.happened_at < timedelta(minutes=1)
    assert response.headers["Location"].startswith("/incidents/receipt/")


def test_pressed_twice_it_is_one_report(as_):
    client, once = as_("bram"), tokens.once()
    for _ in range(2):
        client.post(url("quick"), {"once": once, "answer": "not-challenged"})
    assert Incident.objects.count() == 1


def test_a_fitting_answer_needs_nobody(as_, mailbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        key, _ = press(as_("bram"), "answered")
    assert (newest(key).closed_at is not None, owed("anna")) == (True, [])
    assert DBTaskResult.objects.filter(task_path=telling.tell_first.module_path).count() == 0


def test_the_place_of_the_last_report_is_there_the_next_time(as_):
    client = as_("bram")
    press(client)
    assert 'value="Lift"' in client.get(url("quick")).content.decode()


# --- telling


def test_a_report_is_told_to_supervisor_and_security_team_by_mail(company, mailbox):
    file(answer="unanswered", place="Lift")
    assert telling.tell_first.call("k1") == 3
    assert mailbox.to == ["anna", "chloe", "dirk"]
    found = newest("k1")
    assert found.supervisor_notified_at is not None
    assert found.security_notified_at is not None
    assert steps("k1") == ["reported", "told-supervisor", "told-security"]


def test_without_a_mail_server_it_counts_when_the_page_is_opened(as_):
    key, _ = press(as_("bram"))
    telling.tell_first.call(key)
    assert (newest(key).supervisor_notified_at, newest(key).security_notified_at) == (None, None)
    as_("chloe").get(url("incident", key))
    assert newest(key).supervisor_notified_at is not None
    assert newest(key).security_notified_at is None
    as_("anna").get(url("incident", key))
    assert newest(key).security_notified_at is not None


def test_whom_the_mail_server_refuses_was_not_told(company, mailbox):
    mailbox.refuses = {"chloe@example.com"}
    file(answer="unanswered")
    telling.tell_first.call("k1")
    assert mailbox.to == ["anna", "dirk"]
    assert newest("k1").supervisor_notified_at is None
    assert steps("k1") == ["reported", "not-told", "told-security"]


def test_a_mail_server_that_was_away_is_tried_again(company, mailbox, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    file(answer="unanswered")
    for _ in range(2):
        telling.tell_first.call("k1")
    assert steps("k1") == ["reported", "not-told"]
    settings.EMAIL_PORT = port
    assert escalating.untold(timezone.now()) == ["k1"]
    telling.tell_first.call("k1")
    assert (mailbox.to, escalating.untold(timezone.now())) == (["anna", "chloe", "dirk"], [])


def test_nobody_is_asked_to_handle_what_is_about_themselves(company, mailbox):
    file(sort="prohibited-activity", subject="anna")
    telling.tell_first.call("k1")
    assert mailbox.to == ["chloe", "dirk"]
    assert owed("anna") == []


def test_the_console_tells_both_until_somebody_takes_it(as_):
    key, _ = press(as_("bram"))
    task = [("Take in hand: Unrecognised person", url("incident", key))]
    assert [owed(each) for each in ("chloe", "anna", "hilde", "bram")] == [task, task, [], []]
    as_("chloe").post(url("act", key, "take"))
    assert [owed(each) for each in ("chloe", "anna")] == [[], []]


def test_one_press_in_the_mail_takes_it_without_sign_in(company, client, mailbox):
    file(answer="unanswered")
    telling.tell_first.call("k1")
    (line,) = [each for each in mailbox.of("dirk").splitlines() if "/take/" in each]
    path = "/incidents" + line.partition("/incidents")[2]
    assert client.get(path).status_code == 200
    assert steps("k1") == ["reported", "told-supervisor", "told-security"]
    client.post(path)
    last = IncidentEvent.objects.filter(incident="k1").last()
    assert (last.kind, last.by) == ("taken", "dirk")


def test_a_forged_address_takes_nothing(company, client):
    file(answer="unanswered")
    assert client.post(url("take", tokens.make("other", "k1", "dirk"))).status_code == 404
    assert client.post(url("take", tokens.make(tokens.TAKE, "k1", "nobody"))).status_code == 404
    assert steps("k1") == ["reported"]


# --- going further up


def test_what_nobody_takes_in_time_goes_further_up_once(company, mailbox):
    file(answer="unanswered")
    now = timezone.now()
    escalating.minutely(now + timedelta(minutes=14))
    assert steps("k1") == ["reported"]
    for minutes in (15, 16):
        escalating.minutely(now + timedelta(minutes=minutes, seconds=1))
    jobs = DBTaskResult.objects.filter(task_path=escalating.escalate.module_path)
    assert (steps("k1"), jobs.count()) == (["reported", "escalated"], 1)
    escalating.escalate.call("k1")
    assert mailbox.to == ["anna", "dirk", "hilde"]


@pytest.mark.parametrize("step", ["taken", "closed", "unfounded", "answered", "low"])
def test_what_is_in_hand_or_not_urgent_stays(company, as_, step):
    known = {"answered": {"answer": "answered"}, "low": {"sort": "other", "severity": "low"}}
    file(**known.get(step, {"answer": "unanswered"}))
    if step in {"taken", "closed", "unfounded"}:
        what = {"taken": "take", "closed": "close", "unfounded": "unfound"}[step]
        as_("anna").post(url("act", "k1", what), {"reason": "a cleaner"})
    assert escalating.overdue(timezone.now() + timedelta(hours=1)) == []


def test_the_set_time_is_the_company_s(company):
    Handling.objects.create(pk=1, take_within=3)
    file(answer="unanswered")
    assert escalating.overdue(timezone.now() + timedelta(minutes=4)) == ["k1"]


# --- the receipt


@pytest.fixture
def own_ledger(settings, tmp_path):
    """A data folder of the test's own."""
    settings.DATA = tmp_path
    return tmp_path


def test_the_receipt_is_one_that_verify_accepts(own_ledger, as_, client):
    _, response = press(as_("bram"))
    page = response.headers["Location"]
    assert client.get(page).status_code == 200
    content = client.get(f"{page}file/").content
    path = own_ledger / "receipt.json"
    path.write_bytes(content)
    found = verify_file(str(path))
    assert found.ok
    assert json.loads(content)["record"]["reporter"] == "bram"
    path.write_bytes(content.replace(b'"Lift"', b'"Roof"'))
    assert verify_file(str(path)).ok is False


def test_a_report_sent_by_mistake_is_taken_back(as_, client):
    key, response = press(as_("bram"))
    client.post(f"{response.headers['Location']}withdraw/")
    assert Incident.objects.get(key=key, superseded_by=None).retracted
    assert owed("anna") == []


def test_what_somebody_has_in_hand_is_not_taken_back(as_, client):
    key, response = press(as_("bram"))
    as_("anna").post(url("act", key, "take"))
    client.post(f"{response.headers['Location']}withdraw/")
    assert not newest(key).retracted


# --- without a name


def test_a_name_is_left_out_only_where_the_company_lets_it(as_):
    key, _ = press(as_("bram"), anonymous="on")
    assert newest(key).reporter == "bram"


def test_an_anonymous_report_leaves_no_trace_of_who_sent_it(as_):
    Handling.objects.create(pk=1, anonymous=True)
    client = as_("bram")
    before = dict(client.session.items())
    entries = set(Entry.objects.values_list("pk", flat=True))
    key, _ = press(client, anonymous="on")
    found = newest(key)
    assert (found.reporter, found.recorder) == ("", "")
    assert set(IncidentEvent.objects.values_list("by", flat=True)) == {""}
    made = Entry.objects.exclude(pk__in=entries)
    assert (made.count(), [each for each in made if "bram" in each.record + each.person]) == (2, [])
    assert dict(client.session.items()) == before
    assert client.get(url("incident", key)).status_code == 404


# --- photos


def picture(kind="PNG"):
    out = BytesIO()
    Image.new("RGB", (3000, 20), "red").save(
        out, kind, **({"exif": b"Exif\0\0place"} if kind == "JPEG" else {})
    )
    return SimpleUploadedFile("p.png", out.getvalue(), "image/png")


def test_a_photo_is_kept_small_and_bare(as_):
    key, _ = press(as_("bram"), photo=picture("JPEG"))
    kept = bytes(Photo.objects.get(event__incident=key).jpeg)
    with Image.open(BytesIO(kept)) as found:
        assert (found.format, max(found.size), dict(found.getexif())) == ("JPEG", 1600, {})
    assert as_("anna").get(url("photo", key)).content == kept
    assert as_("eva").get(url("photo", key)).status_code == 404


def test_what_is_no_picture_is_refused(as_):
    once = tokens.once()
    upload = SimpleUploadedFile("p.png", b"<svg/>", "image/png")
    answer = as_("bram").post(
        url("report"), {"once": once, "sort": "other", "description": "x", "photo": upload}
    )
    assert "This picture cannot be read" in answer.content.decode()
    assert Incident.objects.count() == 0


# --- the whole form


def full(**more):
    return {"once": tokens.once(), "sort": "crash", "description": "It froze.", **more}


def test_the_whole_form_records_everything(as_):
    given = full(who="Chloé Lambert", clause="export", severity="high", action="Pulled the plug")
    as_("bram").post(url("report"), given)
    found = Incident.objects.get()
    assert (found.subject, found.clause, found.severity) == (
        "chloe",
        "work-behaviours/export",
        "high",
    )
    assert (found.action, found.description) == ("Pulled the plug", "It froze.")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"who": "Nobody Known"}, "Nobody, or more than one, is called so"),
        ({"clause": "no-such"}, "No clause is called so"),
        ({"at": "2999-01-01T10:00"}, "This is still to come."),
        ({"description": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(as_, given, said):
    answer = as_("bram").post(url("report"), full(**given))
    assert said in answer.content.decode()
    assert Incident.objects.count() == 0

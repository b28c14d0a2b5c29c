"""The pages of the desk: who may do what, and the mails that follow."""

from __future__ import annotations

import base64
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from PIL import Image
from pypdfium2 import PdfDocument

from adhere.areas.visitors import keeping, telling
from adhere.areas.visitors.models import (
    AccountedFor,
    Announcement,
    Badge,
    Desk,
    DeskSettings,
    Signed,
    Stay,
    VisitRecord,
    visits,
)

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"visitors:{name}", args=args)


def form_of(**changed):
    day = timezone.localdate() + timedelta(days=2)
    values = {"host": "bram", "people": "Vera Gast, vera@example.net, fr\nWim", "day": str(day)}
    return {**values, "begins": "10:00", "ends": "11:00", **changed}


@pytest.fixture
def mails(settings):
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return mail.outbox


def test_everybody_announces_own_visits_only(as_):
    answer = as_("bram").post(url("new"), form_of(host="anna"))
    made = Announcement.objects.get()
    assert answer.headers["Location"] == url("announcement", made.pk)
    assert (made.host_id, made.made_by, made.invited.count()) == ("bram", "bram", 2)
    as_("eva").post(url("new"), form_of(host="anna"))
    assert Announcement.objects.latest("pk").host_id == "anna"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "2020-01-01"}, "that day is past"),
        ({"ends": "09:00"}, "it ends before it starts"),
        ({"every": "weekly"}, "a visit that recurs has no end"),
        ({"people": "Vera, no address"}, "Enter a valid email address"),
        ({"people": "Vera,,xx"}, "name, e-mail, language"),
        ({"people": ",,"}, "has no name"),
        ({"host": "dirk"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(as_, changed, said):
    answer = as_("eva").post(url("new"), form_of(**changed))
    assert said in answer.content.decode()
    assert not Announcement.objects.exists()


def test_others_see_neither_announcement_nor_code(as_, announce):
    invited = announce()
    pk = invited.announcement_id
    client = as_("bram")
    assert invited.code in client.get(url("announcement", pk)).content.decode()
    auditor = as_("auditor", "auditor")
    assert invited.code not in auditor.get(url("announcement", pk)).content.decode()
    assert auditor.post(url("cancel", pk)).status_code == 403
    Announcement.objects.update(host="anna")
    assert client.get(url("announcement", pk)).status_code == 403


@pytest.mark.parametrize("name", ["book", "badges", "evacuation", "settings"])
def test_personnel_do_not_run_the_desk(as_, name):
    assert as_("bram").get(url(name)).status_code == 403
    assert as_("auditor", "auditor").get(url(name)).status_code == 200


def test_invitations_go_out_with_calendar_and_code(as_, mails, announce):
    invited = announce(1)
    telling.invite.enqueue(invited.announcement_id)
    as_("bram").post(url("cancel", invited.announcement_id))
    names = [[each[0] if isinstance(each, tuple) else each.get_filename()
              for each in sent.attachments] for sent in mails]  # fmt: skip
    assert names == [["code.png", "visit.ics"], ["visit.ics"]]
    assert invited.code in mails[0].body
    stati = [Calendar.from_ical(sent.attachments[-1][1]).walk("VEVENT")[0]["STATUS"]
             for sent in mails]  # fmt: skip
    assert stati == ["CONFIRMED", "CANCELLED"]
    as_("bram").post(url("cancel", invited.announcement_id), {"undo": "1"})
    assert Announcement.objects.get().cancelled_at is None


def test_the_host_is_told_at_once(as_, mails, announce, django_capture_on_commit_callbacks):
    invited = announce()
    with django_capture_on_commit_callbacks(execute=True):
        as_("eva").post(url("desk-sign", invited.code), {"typed": "Véra"})
    assert [(sent.to, sent.subject) for sent in mails] == [
        (["bram@example.com"], "Véra Gast is here for you")
    ]
    assert Stay.objects.get().told_at is not None


def test_host_and_desk_are_told_in_the_evening(sign, mails):
    sign()
    mails.clear()
    keeping.sweep(timezone.localdate() + timedelta(days=1))
    assert sorted(sent.to[0] for sent in mails) == ["bram@example.com", "eva@example.com"]


def picture(kind="PNG"):
    file = BytesIO()
    Image.new("RGB", (1600, 1200), "white").save(file, kind)
    return file.getvalue()


def test_a_tablet_is_a_desk_until_it_is_revoked(as_, announce):
    invited = announce()
    tablet = Client()
    assert tablet.get(url("desk")).status_code == 403
    page = as_("anna").post(url("add-desk"), {"name": "Hall"}).content.decode()
    address = page.partition("<code>")[2].partition("</code>")[0]
    tablet.get(address.removeprefix("http://localhost:8000"))
    assert tablet.get(url("desk")).status_code == 200
    assert tablet.get(url("book")).status_code == 302
    answer = tablet.post(url("desk"), {"who": invited.code, "what": "in"})
    assert answer.headers["Location"] == url("desk-sign", invited.code)
    drawn = "data:image/png;base64," + base64.b64encode(picture()).decode()
    tablet.post(url("desk-sign", invited.code), {"signature": drawn})
    assert (visits().get().recorder, bytes(Signed.objects.get().drawn)) == ("desk", picture())
    as_("anna").post(url("revoke-desk", Desk.objects.get().pk))
    assert tablet.get(url("desk")).status_code == 403


@pytest.mark.parametrize("drawn", ["data:image/png;base64,AAAA", "data:text/html;base64,PGI+", "x"])
def test_what_is_no_signature_is_refused(as_, announce, drawn):
    answer = as_("eva").post(url("desk-sign", announce().code), {"signature": drawn})
    assert "the signature cannot be read" in answer.content.decode()
    assert not VisitRecord.objects.exists()


def test_a_photo_is_kept_only_where_the_setting_asks_for_one(as_, announce):
    for on in (False, True):
        DeskSettings.objects.update_or_create(pk=1, defaults={"photo": on})
        file = BytesIO(picture("JPEG"))
        file.name = "me.jpg"
        values = {"typed": "Véra", "photo": file}
        as_("eva").post(url("desk-sign", announce(name=f"V{on}").code), values)
    without, taken = [each.photo for each in Signed.objects.order_by("pk")]
    assert without is None
    assert max(Image.open(BytesIO(taken)).size) == 640


def test_the_rules_are_read_in_the_visitors_language(as_, announce):
    DeskSettings.objects.create(pk=1, rules={"fr": "Fermez la porte."})
    page = as_("eva").get(url("desk-sign", announce().code)).content.decode()
    assert ("Fermez la porte." in page, '<html lang="fr"' in page) == (True, True)


def test_a_badge_signs_its_bearer_out_on_any_phone(sign):
    Badge.objects.create(number="1")
    sign()
    address = url("leave", Stay.objects.get().secret)
    assert visits().get().left_at is None
    Client().get(address)
    assert visits().get().left_at is None
    Client().post(address, {"badge": "no"})
    assert (visits().get().left_at is None, visits().get().badge_returned) == (False, False)


def test_the_desk_corrects_and_undoes(as_, sign):
    key = sign().key
    eva = as_("eva")
    eva.post(url("sign-out", key), {"what": "out"})
    eva.post(url("sign-out", key), {"what": "undo"})
    values = {"visitor": "Vera", "host": "bram", "accompanied_by": "bram"}
    eva.post(url("visit", key), values)
    now = visits().get()
    assert (now.visitor, now.registered, now.accompanied_by, now.left_at) == (
        "Vera", False, "bram", None,
    )  # fmt: skip
    assert VisitRecord.objects.count() == 4
    assert as_("bram").post(url("visit", key), values).status_code == 403


def test_the_badge_is_a_label_of_one_page(as_, sign):
    answer = as_("eva").get(url("print-badge", sign().key))
    (page,) = PdfDocument(answer.content)
    size = [round(side / 72 * 25.4) for side in page.get_size()]
    assert (size, "Véra Gast" in page.get_textpage().get_text_range()) == ([89, 51], True)


def test_of_two_ticks_the_later_holds(as_, sign):
    key = sign().key
    now = timezone.now()
    eva = as_("eva")

    def tick(present, ago, visit=key):
        at = (now - timedelta(seconds=ago)).isoformat()
        body = {"ticks": [{"visit": visit, "present": present, "at": at}]}
        return eva.post(url("evacuation-ticks"), body, content_type="application/json")

    assert [each["present"] for each in tick(True, 5).json()["rows"]] == [True]
    assert [each["present"] for each in tick(False, 9).json()["rows"]] == [True]
    assert [each["present"] for each in tick(False, 1).json()["rows"]] == [False]
    tick(True, 1, "unknown")
    assert AccountedFor.objects.count() == 1
    assert eva.post(url("evacuation-ticks"), "x", content_type="text/plain").status_code == 400


def test_settings_keep_our_rules_ours(as_):
    anna = as_("anna")
    form = anna.get(url("settings")).context["form"]
    rules = {f"rules_{code}": form.initial[f"rules_{code}"] for code in ("en", "nl", "fr", "de")}
    values = {"retention_days": "30", **rules, "rules_de": "Bitte leise."}
    anna.post(url("settings"), values)
    now = DeskSettings.current()
    assert (now.retention_days, now.photo, now.rules) == (30, False, {"de": "Bitte leise."})
    assert as_("eva").post(url("settings"), values).status_code == 403

"""The pages: who may do what, and that what they record is a fact."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from adhere.areas.clean_desk import photos, walking
from adhere.areas.clean_desk.models import (
    InspectionRecord,
    Notice,
    Photo,
    Rota,
    RoundRecord,
    WorkplaceRecord,
    current,
)
from adhere.areas.clean_desk.owing import tasks
from adhere.areas.clean_desk.telling import tell_round

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def url(name, *args):
    return reverse(f"clean_desk:{name}", args=args)


def today():
    return timezone.localdate().isoformat()


def tick(client, place, act="set", day=None, **said):
    address = url("tick", day or today(), "1")
    return client.post(address, {"place": place, "act": act, **said}, headers=JSON)


def found():
    names = ("place", "desk_of", "desk_clear", "screen_locked", "found", "inspector")
    return list(current(InspectionRecord).order_by("place").values_list(*names))


# --- walking


def test_an_inspector_ticks_corrects_and_takes_back(as_):
    eva = as_("eva")
    assert tick(eva, "1-01", found=["papers", "keys"], screen="no").json() == {"saved": "1-01"}
    tick(eva, "1-03", found=[], screen="none")
    assert found() == [
        ("1-01", "bram", False, "no", ["keys", "papers"], "eva"),
        ("1-03", "", True, "none", [], "eva"),
    ]
    tick(eva, "1-01", found=["papers"], screen="yes", note="A contract")
    tick(eva, "1-03", "back")
    assert found() == [("1-01", "bram", False, "yes", ["papers"], "eva")]
    assert InspectionRecord.objects.count() == 4


def test_the_same_tick_sent_again_changes_nothing(as_):
    eva = as_("eva")
    at = timezone.now().isoformat()
    for _ in range(2):
        tick(eva, "1-01", found=["papers"], at=at)
    assert InspectionRecord.objects.count() == 1


def test_without_script_each_button_changes_one_thing(as_):
    eva, address = as_("eva"), url("tick", today(), "1")
    for act in ("papers", "keys", "papers", "screen-no"):
        answer = eva.post(address, {"place": "1-01", "act": act, "note": ""})
        assert answer.headers["Location"] == url("round", today(), "1")
    assert found() == [("1-01", "bram", False, "no", ["keys"], "eva")]
    eva.post(address, {"place": "1-01", "act": "clear"})
    assert found() == [("1-01", "bram", True, "no", [], "eva")]


@pytest.mark.parametrize(
    ("place", "said", "problem"),
    [
        ("9-99", {}, "no workplace “9-99” is registered on floor 1"),
        ("2-01", {}, "no workplace “2-01” is registered on floor 1"),
        ("1-04", {}, "nobody inspects their own desk"),
        ("1-01", {"screen": "open"}, "this says nothing of a device"),
        ("1-01", {"found": ["cake"]}, "“cake” is nothing that lies open"),
    ],
)
def test_what_cannot_be_ticked_is_refused_in_plain_words(as_, place, said, problem):
    answer = tick(as_("eva"), place, **said)
    assert answer.status_code == 409
    assert problem in answer.json()["problem"]
    assert found() == []


@pytest.mark.parametrize("days", [1, -8])
def test_rounds_to_come_and_long_over_take_no_ticks(as_, days):
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    assert tick(as_("eva"), "1-01", day=day).status_code == 409


def test_a_late_tick_keeps_the_time_of_the_phone(as_):
    at = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    tick(as_("eva"), "1-01", at=at.isoformat())
    assert current(InspectionRecord).get().happened_at == at


def test_only_the_rota_and_the_security_team_walk(as_):
    for person, status in (("bram", 403), ("eva", 200), ("anna", 200)):
        assert as_(person).get(url("round", today(), "1")).status_code == status
        assert as_(person).get(url("round", today(), "2")).status_code == (
            200 if person == "anna" else 403
        )
    auditor = as_("auditor", "auditor")
    assert auditor.get(url("round", today(), "1")).status_code == 200
    assert tick(auditor, "1-01").status_code == 403


def test_a_finished_round_says_what_nobody_looked_at(as_):
    eva = as_("eva")
    eva.post(url("end", today(), "1"), {"act": "finish"})
    assert not RoundRecord.objects.exists()
    tick(eva, "1-01")
    eva.post(url("end", today(), "1"), {"act": "finish"})
    row = current(RoundRecord).get()
    assert (row.outcome, row.inspector, row.unseen) == ("held", "eva", ["1-02", "1-03", "1-04"])
    eva.post(url("end", today(), "1"), {"act": "open"})
    assert not current(RoundRecord).exists()


def test_a_round_is_skipped_with_a_reason_only(as_):
    eva = as_("eva")
    for reason in ("", "Fire drill"):
        eva.post(url("end", today(), "1"), {"act": "skip", "reason": reason})
    row = RoundRecord.objects.get()
    assert (row.outcome, row.reason) == ("skipped", "Fire drill")


def test_a_sampled_round_takes_those_not_looked_at_for_longest(as_, take_in):
    Rota.objects.update(sample=2)
    take_in(
        "inspections",
        "id,at,inspector,place,desk_of,desk_clear,screen_locked,note\n"
        "a,2026-03-02,eva,1-01,bram,yes,none,\nb,2026-03-03,eva,1-03,,yes,none,\n",
    )
    chosen = walking.walk_of("1", timezone.localdate())
    assert [desk.place for desk in chosen.desks] == ["1-02", "1-04"]
    assert [desk.place for desk in chosen.others] == ["1-01", "1-03"]


def test_a_desk_that_is_not_listed_is_added_on_the_spot(as_):
    eva = as_("eva")
    for _ in range(2):
        eva.post(url("add-desk", today(), "1"), {"place": "1-05"})
    row = WorkplaceRecord.objects.get(place="1-05")
    assert (row.floor, row.desk_of, row.recorder) == ("1", "", "eva")


def test_a_round_left_open_is_finished_the_next_day(as_):
    from adhere.areas.clean_desk.area import daily

    tick(as_("eva"), "1-01", found=["papers"])
    daily(timezone.localdate())
    assert not RoundRecord.objects.exists()
    daily(timezone.localdate() + timedelta(days=1))
    assert current(RoundRecord).get().unseen == ["1-02", "1-03", "1-04"]


# --- telling


def test_the_owner_is_told_kindly_in_their_language_and_once(as_, settings):
    settings.EMAIL_HOST = "localhost"
    tick(as_("eva"), "1-01", found=["papers"], screen="no")
    for _ in range(2):
        tell_round.call("1", today())
    assert [(each.to, each.extra_headers["Content-Language"]) for each in mail.outbox] == [
        (["bram@example.com"], "nl")
    ]
    assert "papieren, een toestel dat niet vergrendeld was" in mail.outbox[0].body


def test_a_repeated_finding_reaches_the_supervisor(as_, settings, take_in):
    settings.EMAIL_HOST = "localhost"
    take_in(
        "inspections",
        "id,at,inspector,place,desk_of,desk_clear,screen_locked,note\n"
        "a,2026-03-02,eva,1-01,bram,no,none,\n",
    )
    tick(as_("eva"), "1-01", found=["keys"])
    tell_round.call("1", today())
    assert [each.to for each in mail.outbox] == [["bram@example.com"], ["chloe@example.com"]]
    assert list(Notice.objects.values_list("person", "part")) == [
        ("bram", "owner"),
        ("chloe", "supervisor"),
    ]


def test_a_desk_in_order_again_or_an_answer_ends_the_task(as_):
    day = timezone.localdate()
    eva = as_("eva")
    tick(eva, "1-01", found=["papers"])
    tell_round.call("1", today())
    assert [each.title for each in tasks("bram", day)] == ["Clear your desk 1-01"]
    tick(eva, "1-01")
    assert list(tasks("bram", day)) == []
    tick(eva, "1-01", found=["papers"])
    as_("bram").post(url("answer", Notice.objects.get().pk))
    assert list(tasks("bram", day)) == []


def test_nobody_answers_for_somebody_else(as_):
    tick(as_("eva"), "1-01", found=["papers"])
    tell_round.call("1", today())
    assert as_("eva").post(url("answer", Notice.objects.get().pk)).status_code == 404
    assert Notice.objects.get().answered_at is None


def test_the_turn_on_the_rota_is_a_task(as_):
    assert {each.title for each in tasks("eva", timezone.localdate())} == {
        "Walk the round of floor 1"
    }


# --- photos


def picture(size=(2000, 1000)):
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    Image.new("RGB", size, "red").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile("desk.jpg", file.getvalue())


def test_a_photo_is_made_small_loses_its_hidden_data_and_goes_after_thirty_days(as_):
    eva = as_("eva")
    tick(eva, "1-01", found=["papers"], photo=picture())
    kept = Photo.objects.get()
    with Image.open(BytesIO(bytes(kept.image))) as opened:
        assert (opened.size, dict(opened.getexif())) == ((240, 120), {})
    for person, status in (("eva", 200), ("anna", 200), ("bram", 200), ("chloe", 403)):
        assert as_(person).get(url("photo", kept.pk)).status_code == status
    day = timezone.localdate()
    assert (photos.purge(day + photos.KEPT), photos.purge(day + photos.KEPT * 2)) == (0, 1)


@pytest.mark.parametrize(
    ("said", "file"),
    [
        ({"found": []}, picture()),
        ({"found": ["papers"]}, SimpleUploadedFile("a.jpg", b"no picture")),
        ({"found": ["papers"]}, SimpleUploadedFile("a.jpg", b"0" * 600_000)),
        ({"found": ["papers"]}, picture((4001, 10))),
    ],
)
def test_what_is_no_photo_of_a_finding_is_refused(as_, said, file):
    assert tick(as_("eva"), "1-01", photo=file, **said).status_code == 409
    assert not Photo.objects.exists()


def test_a_floor_without_photos_takes_none(as_):
    Rota.objects.update(photos=False)
    assert tick(as_("eva"), "1-01", found=["papers"], photo=picture()).status_code == 409


# --- plan and register


def test_the_security_team_plans_changes_and_removes_a_rota(as_):
    anna = as_("anna")
    form = {"floor": "2", "weekdays": ["1", "3"], "weeks": "2", "starts": "2026-11-02"}
    form |= {"inspectors": ["bram", "eva"], "sample": ""}
    anna.post(url("new-rota"), form)
    anna.post(url("edit-rota", "2"), {**form, "sample": "3"})
    rota = Rota.objects.get(pk="2")
    assert (rota.weekdays, rota.inspectors, rota.sample) == ([1, 3], ["bram", "eva"], 3)
    anna.post(url("remove-rota", "2"))
    assert not Rota.objects.filter(pk="2").exists()


def test_the_register_takes_each_name_once_and_corrects(as_):
    anna = as_("anna")
    form = {"place": "3-01", "floor": "3", "desk_of": "eva", "since": "2026-01-05", "until": ""}
    assert anna.post(url("new-workplace"), form).status_code == 302
    again = anna.post(url("new-workplace"), form)
    assert "This workplace is registered already." in again.content.decode()
    anna.post(url("edit-workplace", "3-01"), {**form, "until": "2026-01-01"})
    assert current(WorkplaceRecord).get(place="3-01").until is None
    anna.post(url("edit-workplace", "3-01"), {**form, "until": "2026-06-30"})
    assert current(WorkplaceRecord).get(place="3-01").until.isoformat() == "2026-06-30"


PLANNING = ("new-rota", "new-workplace")
OVERSEEING = ("findings", "workplaces", "plan")


@pytest.mark.parametrize("name", [*PLANNING, *OVERSEEING])
def test_personnel_see_neither_plans_nor_registers(as_, name):
    assert as_("bram").get(url(name)).status_code == 403
    assert as_("anna").get(url(name)).status_code == 200


def test_each_person_sees_their_own_desk_and_no_other(as_):
    tick(as_("eva"), "1-01", found=["papers"], note="A contract")
    bram = as_("bram")
    assert bram.get(url("rounds")).headers["Location"] == url("mine")
    assert "A contract" in bram.get(url("mine")).content.decode()
    assert [bram.get(url("desk", each)).status_code for each in ("1-01", "1-02")] == [200, 403]


def test_findings_stay_open_until_a_round_finds_the_desk_in_order(as_, take_in):
    take_in(
        "inspections",
        "id,at,inspector,place,desk_of,desk_clear,screen_locked,note\n"
        "a,2026-03-02,eva,1-01,bram,no,none,\nb,2026-03-02,eva,1-03,,yes,no,\n"
        "c,2026-03-09,eva,1-03,,yes,yes,\n",
    )
    anna = as_("anna")

    def listed(state):
        page = anna.get(url("findings"), {"state": state, "format": "csv"}).getvalue().decode()
        return [line.split(",")[0] for line in page.strip().splitlines()[1:]]

    assert (listed("open"), listed("mended")) == (["1-01"], ["1-03"])

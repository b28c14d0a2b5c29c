"""The desk's rules: who is expected, who is inside, whose badge is out, what is deleted when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from adhere.areas.visitors import announcing, arriving, keeping
from adhere.areas.visitors.announcing import Guest
from adhere.areas.visitors.calendars import calendar_of
from adhere.areas.visitors.models import (
    Announcement,
    Badge,
    DeskSettings,
    Invited,
    Signed,
    Stay,
    VisitRecord,
    visits,
)
from adhere.areas.visitors.owing import tasks
from adhere.areas.visitors.records import VISITS
from adhere.core.models import Entry, Person
from adhere.core.recording import Origin, record
from adhere.errors import Problem

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TEST = Origin("test")


def expected(words):
    return arriving.expected(words, timezone.now())


def test_a_code_or_a_whole_name_finds_who_is_expected_today(announce):
    invited = announce()
    found = [expected(words) for words in (invited.code.lower(), "vera  GAST", "Véra Gast")]
    assert found == [invited] * 3


@pytest.mark.parametrize("words", ["Vera", "", "Q", "%"])
def test_a_part_of_a_name_finds_nobody(announce, words):
    announce()
    with pytest.raises(Problem, match="nobody is expected"):
        expected(words)


def test_two_of_one_name_need_their_code(announce):
    guests = [Guest("Vera Gast", "", "nl"), Guest("Vera Gast", "v@example.net", "nl")]
    invited = announce(guests=guests)
    with pytest.raises(Problem, match="two visitors"):
        expected("Vera Gast")
    assert expected(invited.code) == invited


def test_an_invitation_holds_on_its_day_while_it_stands(announce):
    tomorrow, cancelled = announce(1), announce()
    announcing.cancel(cancelled.announcement)
    for each in (tomorrow, cancelled):
        with pytest.raises(Problem, match="not for today"):
            expected(each.code)
    announcing.restore(cancelled.announcement)
    assert expected(cancelled.code).pk == cancelled.pk


def test_a_recurring_visit_is_expected_each_time_and_not_between(announce):
    last = timezone.localdate() + timedelta(days=28)
    invited = announce(rule=announcing.rule_of("fortnightly", last))
    days = [timezone.localdate() + timedelta(days=number) for number in range(40)]
    found = [number for number, day in enumerate(days) if announcing.expected_on(day)]
    assert found == [0, 14, 28]
    assert announcing.last_day(invited.announcement) == last


def test_a_recurring_visit_keeps_its_hour_through_the_change_of_the_clock(announce):
    year = timezone.localdate().year + 1
    winter = (date(year, 3, 1) - timezone.localdate()).days
    invited = announce(winter, rule=announcing.rule_of("weekly", date(year, 6, 1)))
    april = datetime.combine(date(year, 4, 1), time(), timezone.get_default_timezone())
    found = [announcing.next_time(invited.announcement, at) for at in (timezone.now(), april)]
    local = [timezone.localtime(each) for each in found]
    assert [(each.hour, each.utcoffset()) for each in local] == [
        (10, timedelta(hours=1)),
        (10, timedelta(hours=2)),
    ]


@pytest.mark.parametrize(
    ("days", "values", "field"),
    [
        (-1, {}, "day"),
        (0, {"guests": [Guest(str(n), "", "en") for n in range(51)]}, "people"),
        (0, {"ends_at": timezone.now() - timedelta(days=2)}, "ends"),
        (3, {"rule": "FREQ=DAILY;UNTIL=20200101T000000Z"}, "until"),
    ],
)
def test_what_cannot_be_announced_is_refused(announce, days, values, field):
    with pytest.raises(Problem) as raised:
        announce(days, **values)
    assert raised.value.field == field
    assert not Announcement.objects.exists()


def test_a_host_who_has_left_expects_nobody(announce):
    with pytest.raises(Problem, match="no longer works here"):
        announce(host=Person.objects.get(pk="dirk"))


def test_a_change_keeps_codes_and_uids_and_counts_up(announce):
    invited = announce(1, name="Vera")
    known = invited.announcement
    names = ("host", "company", "purpose", "place", "starts_at", "ends_at", "rule")
    values = {name: getattr(known, name) for name in names}
    guests = [Guest("Vera", "vera@example.net", "fr"), Guest("Wim", "", "nl")]
    announcing.announce(values, guests, "bram", known)
    assert announcing.standing(known)[0].code == invited.code
    announcing.announce(values, guests[1:], "bram", known)
    assert [each.name for each in announcing.standing(known)] == ["Wim"]
    (event,) = Calendar.from_ical(calendar_of(Invited.objects.get(pk=invited.pk))).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)


def test_the_calendar_file_of_a_recurring_visit_holds_rule_and_zone(announce):
    rule = announcing.rule_of("weekly", timezone.localdate() + timedelta(days=20))
    calendar = Calendar.from_ical(calendar_of(announce(rule=rule)))
    (event,) = calendar.walk("VEVENT")
    assert event["RRULE"].to_ical().decode() == rule
    assert str(event["ORGANIZER"]) == "mailto:bram@example.com"
    assert [str(each["TZID"]) for each in calendar.walk("VTIMEZONE")] == ["Europe/Brussels"]


def test_signing_in_records_the_visit_and_the_signed_rules(sign):
    Badge.objects.bulk_create([Badge(number=number) for number in ("10", "2")])
    visit = sign()
    assert (visit.visitor, visit.host, visit.registered) == ("Véra Gast", "bram", True)
    assert (visit.badge, visit.left_at, visit.recorder) == ("2", None, "eva")
    signed = Signed.objects.get(visit=visit.key)
    assert signed.language == "fr"
    assert signed.entry.kind == "visit-rules"
    assert '"signature_sha256"' in signed.entry.record


def test_nobody_signs_in_twice_or_unsigned(announce, sign):
    invited = announce()
    with pytest.raises(Problem, match="not signed"):
        arriving.sign_in(invited, arriving.Signature("en"), "eva")
    sign(invited)
    with pytest.raises(Problem, match="signed in already"):
        sign(invited)
    assert VisitRecord.objects.count() == 1


def test_a_visitor_comes_back_the_same_day(announce, sign):
    invited = announce()
    first = sign(invited)
    arriving.sign_out(first, "eva")
    second = sign(invited)
    assert second.key == f"{first.key}-2"


def test_a_badge_goes_on_only_when_it_is_back(announce, sign):
    Badge.objects.create(number="1")
    first = sign(announce())
    assert sign(announce(name="Wim")).badge == ""
    arriving.sign_out(first, "eva", returned=False)
    assert sign(announce(name="Xena")).badge == ""
    arriving.correct(visits().get(key=first.key), "eva", badge_returned=True)
    assert sign(announce(name="Yves")).badge == "1"


def test_a_badge_is_not_given_to_two_by_correction(announce, sign):
    Badge.objects.create(number="1")
    sign(announce())
    second = sign(announce(name="Wim"))
    with pytest.raises(Problem, match="badge “1” is with visit"):
        arriving.correct(second, "eva", badge="1")


def test_leaving_before_coming_is_refused(sign):
    visit = sign()
    with pytest.raises(Problem, match="before arriving"):
        arriving.correct(visit, "eva", left_at=visit.arrived_at - timedelta(minutes=1))


def test_whoever_leaves_is_found_by_secret_number_code_or_name(announce, sign):
    Badge.objects.create(number="1")
    invited = announce()
    visit = sign(invited)
    stay = Stay.objects.get()
    address = f"http://localhost/visitors/leave/{stay.secret}/"
    words = (address, stay.secret, "1", invited.code, "vera gast")
    assert [arriving.present(each).key for each in words] == [visit.key] * 5
    arriving.sign_out(visit, "desk", returned=True)
    with pytest.raises(Problem, match="nobody is signed in"):
        arriving.present("1")
    with pytest.raises(Problem, match="has left already"):
        arriving.sign_out(visits().get(), "desk")


def test_a_walk_in_enters_once_the_host_agrees(company):
    host = arriving.host_named("bram CLAES", timezone.now())
    made = arriving.walk_in([Guest("Wim", "", "nl")], host, "", "")
    code = made.invited.get().code
    today = timezone.localdate()
    assert [task.title for task in tasks("bram", today)] == ["Let Wim in, or not"]
    with pytest.raises(Problem, match="has not let you in"):
        expected(code)
    arriving.decide(made, let_in=False)
    with pytest.raises(Problem):
        expected(code)
    arriving.decide(made, let_in=True)
    assert expected(code).name == "Wim"


@pytest.mark.parametrize("words", ["Bram", "dirk maes", "", "nobody"])
def test_a_visitor_is_not_told_who_works_here(company, words):
    with pytest.raises(Problem, match="no host is known") as raised:
        arriving.host_named(words, timezone.now())
    assert "Claes" not in str(raised.value)


def test_the_host_owes_fetching_and_later_the_time_of_leaving(sign):
    today = timezone.localdate()
    visit = sign()
    assert [task.title for task in tasks("bram", today)] == ["Véra Gast is here for you"]
    Stay.objects.update(seen_at=timezone.now())
    assert list(tasks("bram", today)) == []
    later = [task.title for task in tasks("bram", today + timedelta(days=1))]
    assert later == ["Say when Véra Gast left"]
    arriving.sign_out(visit, "bram")
    assert list(tasks("bram", today + timedelta(days=1))) == []


def test_the_evening_sweep_marks_once_and_makes_up_no_time(sign):
    visit = sign()
    today = timezone.localdate()
    assert keeping.sweep(today) == 0
    assert [keeping.sweep(today + timedelta(days=1)) for _ in range(2)] == [1, 0]
    assert visits().get().left_at is None
    assert Stay.objects.get(visit=visit.key).swept_on == today


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_data")
def test_what_is_too_old_goes_with_record_and_key_and_the_ledger_stays_valid(sign, announce):
    DeskSettings.objects.create(pk=1, retention_days=30)
    old = sign()
    arriving.sign_out(old, "eva")
    entries = list(VisitRecord.objects.values_list("entry", flat=True))
    entries.append(Signed.objects.get().entry_id)
    announce(20)
    now = timezone.now()
    record(VISITS, [{**arriving.row_of(old), "key": "young", "arrived_at": now + DAY * 20}], TEST)
    assert [keeping.purge(now + DAY * days) for days in (29, 31, 31)] == [0, 1, 0]
    assert list(VisitRecord.objects.values_list("key", flat=True)) == ["young"]
    assert [each.objects.count() for each in (Signed, Stay, Announcement)] == [0, 0, 1]
    erased = Entry.objects.filter(pk__in=entries)
    assert {(each.record, bytes(each.secret)) for each in erased} == {("", b"")}
    assert Entry.objects.filter(kind="visits-purge").count() == 1

"""Who signed up hears of a change, each in their language, with the calendar file."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from adhere.areas.training import arranging
from adhere.areas.training.telling import tell_change
from adhere.core.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_up(plan_session, settings):
    settings.EMAIL_HOST = "mail.example.com"  # the test run itself keeps the mails
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    session = plan_session()
    for person in ("bram", "chloe"):
        arranging.sign_up(session, Person.objects.get(pk=person))
    return session


def test_a_cancelled_session_is_told_to_those_on_its_list(signed_up):
    arranging.cancel(signed_up, "anna")
    assert tell_change.call(signed_up.key) == 2
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["bram@example.com"], "Geannuleerd: Spot the phish"),
        (["chloe@example.com"], "Annulé : Spot the phish"),
    ]
    (event,) = Calendar.from_ical(mail.outbox[0].attachments[0].content).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(("day", "jobs"), [("2027-03-17", 1), ("2027-03-10", 0)])
def test_only_a_new_time_is_told(as_, day, jobs):
    anna = as_("anna")
    values = {"programme": "security", "title": "Phish", "day": "2027-03-10"}
    values |= {"begins": "09:00", "ends": "11:00", "place": "Room 2"}
    anna.post(reverse("training:new-session"), values)
    key = "security-2027-03-10"
    edited = {**values, "day": day, "title": "Another title", "place": "Elsewhere"}
    anna.post(reverse("training:edit-session", args=[key]), edited)
    assert arranging.session_of(key).title == "Another title"
    assert DBTaskResult.objects.filter(task_path=tell_change.module_path).count() == jobs


def test_without_a_mail_server_nobody_is_told(signed_up, settings):
    settings.EMAIL_HOST = ""
    assert (tell_change.call(signed_up.key), mail.outbox) == (0, [])

"""Reminders go out once a day, to a real mail server."""

from __future__ import annotations

import socket
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from adhere.core.areas import Area, Task
from adhere.core.models import Person, Reminder
from adhere.core.reminders import send_reminders
from adhere.errors import Problem

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


class Mailbox:
    """Keeps what arrives; refuses whom it is told to."""

    def __init__(self):
        self.letters, self.refuses = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    @property
    def to(self):
        return sorted(letter["To"] for letter in self.letters)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    settings.EMAIL_PORT = server.port
    settings.EMAIL_HOST_USER = ""
    yield box
    server.stop()


@pytest.fixture
def owing(company, monkeypatch):
    """``owing(anna=[3, -2])``: tasks due so many days after Monday."""
    due: dict[str, list[int | None]] = {}

    def tasks(person, day):
        for days in due.get(person, []):
            at = None if days is None else MONDAY + timedelta(days=days)
            yield Task(f"Task of {person}", "Because", at, f"/somewhere/{person}/")

    monkeypatch.setattr("adhere.core.reminders.areas", lambda: (Area("some", "Some", tasks=tasks),))
    return due.update


def test_one_mail_for_all_that_somebody_owes(mailbox, owing):
    owing(anna=[3, -2])
    assert send_reminders(MONDAY) == 1
    (letter,) = mailbox.letters
    text = letter.get_content()
    assert letter["To"] == "anna@example.com"
    assert letter["Subject"] == "2 zaken te doen bij Your company"
    assert text.count("http://localhost:8000/somewhere/anna/") == 2
    assert text.index("over tijd sinds 2026-11-21") < text.index("tegen 2026-11-26")


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "overdue since"), ("nl", "over tijd"), ("fr", "en retard"), ("de", "überfällig")],
)
def test_in_the_language_of_the_person(mailbox, owing, language, word):
    Person.objects.filter(pk="anna").update(language=language)
    owing(anna=[-1])
    send_reminders(MONDAY)
    (letter,) = mailbox.letters
    assert (letter["Content-Language"], word in letter.get_content()) == (language, True)


def test_what_is_late_for_long_reaches_the_supervisor_in_the_same_mail(mailbox, owing):
    owing(anna=[2], bram=[-10, -3], chloe=[-10])
    assert send_reminders(MONDAY) == 3
    (letter,) = [each for each in mailbox.letters if each["To"] == "anna@example.com"]
    own, late = letter.get_content().split("Mensen die u leidt zijn hiermee over tijd:")
    assert [own.count("/somewhere/"), late.count("/somewhere/")] == [1, 2]
    assert [name in late for name in ("Bram Claes", "Chloé Lambert")] == [True, True]
    assert letter["Subject"].startswith("3 zaken")
    kept = Reminder.objects.get(person="anna").tasks
    assert [each.get("of") for each in kept] == [None, "bram", "chloe"]


def test_a_supervisor_who_owes_nothing_hears_of_others_only(mailbox, owing):
    owing(bram=[-10])
    assert (send_reminders(MONDAY), mailbox.to) == (2, ["anna@example.com", "bram@example.com"])


def test_never_twice_on_one_day_but_again_on_the_next(mailbox, owing):
    owing(anna=[0], bram=[14])
    assert [send_reminders(MONDAY), send_reminders(MONDAY)] == [2, 0]
    assert send_reminders(MONDAY + timedelta(days=1)) == 2


def test_what_is_far_off_or_has_no_day_is_not_pressing(mailbox, owing):
    owing(anna=[15], bram=[None])
    assert send_reminders(MONDAY) == 0
    assert not Reminder.objects.exists()


def test_who_has_left_or_not_yet_joined_hears_nothing(mailbox, owing):
    Person.objects.filter(pk="anna").update(left=MONDAY - timedelta(days=1))
    Person.objects.filter(pk="bram").update(joined=MONDAY + timedelta(days=1))
    Person.objects.filter(pk="dirk").update(left=MONDAY)
    owing(anna=[0], bram=[0], dirk=[0])
    send_reminders(MONDAY)
    assert mailbox.to == ["dirk@example.com"]


def test_what_was_sent_is_kept(mailbox, owing):
    owing(chloe=[2])
    send_reminders(MONDAY)
    kept = Reminder.objects.get()
    assert (kept.person_id, kept.day, kept.email, kept.language, kept.failure) == (
        "chloe",
        MONDAY,
        "chloe@example.com",
        "fr",
        "",
    )
    assert kept.tasks == [
        {"title": "Task of chloe", "due": "2026-11-25", "url": "/somewhere/chloe/"}
    ]
    assert kept.sent_at


def test_one_refused_address_keeps_nobody_else_from_their_mail(mailbox, owing):
    mailbox.refuses.add("anna@example.com")
    owing(anna=[0], bram=[0])
    assert (send_reminders(MONDAY), mailbox.to) == (1, ["bram@example.com"])
    assert Reminder.objects.get(person="anna").failure.startswith("refused")
    mailbox.refuses.clear()
    assert (send_reminders(MONDAY), mailbox.to) == (1, ["anna@example.com", "bram@example.com"])


def test_a_person_without_address_is_noted(mailbox, owing):
    Person.objects.filter(pk="anna").update(email="")
    owing(anna=[0])
    assert send_reminders(MONDAY) == 0
    assert Reminder.objects.get().failure == "no e-mail address"


def test_a_server_that_is_away_is_a_problem_and_loses_nobody(mailbox, owing, settings):
    owing(anna=[0])
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(Problem):
        send_reminders(MONDAY)
    settings.EMAIL_PORT = port
    assert send_reminders(MONDAY) == 1


def test_without_a_mail_server_nothing_happens(owing, settings):
    settings.EMAIL_HOST = ""
    owing(anna=[0])
    assert (send_reminders(MONDAY), Reminder.objects.count()) == (0, 0)

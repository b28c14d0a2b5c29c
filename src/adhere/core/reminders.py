"""Reminders: one mail a day to each person who owes something soon, or should have done it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from adhere.core import reminder_words
from adhere.core.areas import Task, areas
from adhere.core.models import Controller, Person, Reminder
from adhere.errors import Problem

AHEAD = timedelta(days=14)
logger = logging.getLogger(__name__)


def tasks_of(person: Person, day: date) -> list[Task]:
    """Everything a person owes on a day, in their language, the most urgent first."""
    with translation.override(person.language):
        found = [task for area in areas() if area.tasks for task in area.tasks(person.pk, day)]
    return sorted(found, key=lambda task: (task.due or date.max, task.title))


def pressing(tasks: Sequence[Task], day: date) -> list[Task]:
    """Those that are overdue or due within fourteen days."""
    return [task for task in tasks if task.due and task.due <= day + AHEAD]


def send_reminders(day: date) -> int:
    """Send the day's mails; how many went out. Nobody gets two on one day.

    A person without an address, or one whom the mail server refuses, is noted with the reason
    and tried again at the next call. A server that cannot be reached or does not let us in
    raises ``Problem``; the next call goes on from there. Without a mail server nothing happens.
    """
    if not settings.EMAIL_HOST:
        return 0
    connection = get_connection()
    try:
        return sum(_send(person, tasks, day, connection) for person, tasks in _owing(day))
    except (OSError, SMTPException) as error:
        reason = f"the mail server {settings.EMAIL_HOST} failed: {error}"
        raise Problem(reason, expected="a server that takes mail") from error
    finally:
        with suppress(OSError, SMTPException):
            connection.close()


def _owing(day: date) -> Iterator[tuple[Person, list[Task]]]:
    done = Reminder.objects.filter(day=day, failure="").values("person")
    at_work = Person.objects.filter(joined__lte=day).filter(Q(left=None) | Q(left__gte=day))
    for person in at_work.exclude(pk__in=done):
        tasks = pressing(tasks_of(person, day), day)
        if tasks:
            yield person, tasks


def _send(person: Person, tasks: Sequence[Task], day: date, connection: BaseEmailBackend) -> int:
    """Take the person's turn for the day first, then send: nobody else sends meanwhile."""
    if not _take_turn(person, tasks, day):
        return 0
    failure, sent_at = _mail(person, tasks, day, connection)
    Reminder.objects.filter(person=person, day=day).update(failure=failure, sent_at=sent_at)
    return int(sent_at is not None)


def _take_turn(person: Person, tasks: Sequence[Task], day: date) -> bool:
    note = {
        "email": person.email,
        "language": person.language,
        "tasks": [
            {"title": str(task.title), "due": task.due and task.due.isoformat(), "url": task.url}
            for task in tasks
        ],
    }
    _, made = Reminder.objects.get_or_create(person=person, day=day, defaults=note)
    failed = Reminder.objects.filter(person=person, day=day).exclude(failure="")
    return made or bool(failed.update(failure="", **note))


def _mail(
    person: Person, tasks: Sequence[Task], day: date, connection: BaseEmailBackend
) -> tuple[str, datetime | None]:
    """Send one mail: why that failed, or when it went out."""
    if not person.email:
        return "no e-mail address", None
    try:
        _message(person, tasks, day, connection).send()
    except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError) as error:
        logger.warning("no reminder to %s: %s", person.pk, type(error).__name__)
        return f"refused: {error}"[:200], None
    except (OSError, SMTPException) as error:
        failed = Reminder.objects.filter(person=person, day=day)
        failed.update(failure=f"not sent: {error}"[:200])
        raise
    return "", timezone.now()


def _message(
    person: Person, tasks: Sequence[Task], day: date, connection: BaseEmailBackend
) -> EmailMessage:
    with_url = [(task, settings.URL + task.url) for task in tasks]
    text = reminder_words.body(person.language, person.name, with_url, day, settings.URL + _home())
    return EmailMessage(
        subject=reminder_words.subject(person.language, len(tasks), Controller.current().name),
        body=text,
        to=[person.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated", "Content-Language": person.language},
    )


def _home() -> str:
    try:
        return reverse("me")
    except NoReverseMatch:
        return "/"

"""Reminders: one mail a day to each person who owes something soon, or should have done it.

What is late for more than five working days stands in the supervisor's own mail too.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
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
from adhere.core.workdays import workdays_since
from adhere.errors import Problem

AHEAD = timedelta(days=14)
PATIENCE = 5  # working days after which the supervisor is told too
logger = logging.getLogger(__name__)


def tasks_of(person: Person, day: date, language: str = "") -> list[Task]:
    """Everything a person owes on a day, the most urgent first, in their language or another."""
    with translation.override(language or person.language):
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
        return sum(_send(person, digest, day, connection) for person, digest in _owing(day))
    except (OSError, SMTPException) as error:
        reason = f"the mail server {settings.EMAIL_HOST} failed: {error}"
        raise Problem(reason, expected="a server that takes mail") from error
    finally:
        with suppress(OSError, SMTPException):
            connection.close()


@dataclass(frozen=True)
class Digest:
    """What one mail tells: one's own tasks, and what those whom one supervises are late with."""

    tasks: Sequence[Task]
    reports: Sequence[tuple[Person, Task]]

    def rows(self) -> list[dict[str, str | None]]:
        """As kept: whose a task is stands beside what is not one's own."""
        own = [_row(task) for task in self.tasks]
        return [*own, *({**_row(task), "of": who.pk} for who, task in self.reports)]


def _row(task: Task) -> dict[str, str | None]:
    return {
        "title": str(task.title),
        "due": task.due.isoformat() if task.due else None,
        "url": task.url,
    }


def _owing(day: date) -> Iterator[tuple[Person, Digest]]:
    done = set(Reminder.objects.filter(day=day, failure="").values_list("person", flat=True))
    at_work = Person.objects.filter(joined__lte=day).filter(Q(left=None) | Q(left__gte=day))
    people = {person.pk: person for person in at_work}
    owed = {key: pressing(tasks_of(person, day), day) for key, person in people.items()}
    late: dict[str, list[Person]] = defaultdict(list)
    for key, tasks in owed.items():
        if any(_escalates(task, day) for task in tasks):
            late[people[key].supervisor].append(people[key])
    for key, person in people.items():
        if key not in done and (owed[key] or late[key]):
            yield person, Digest(owed[key], list(_reports(person, late[key], day)))


def _escalates(task: Task, day: date) -> bool:
    """Whether somebody is late for so long that the supervisor is told as well."""
    return task.due is not None and workdays_since(task.due, day, settings.COUNTRY) > PATIENCE


def _reports(
    supervisor: Person, late: Sequence[Person], day: date
) -> Iterator[tuple[Person, Task]]:
    """What these people are late with, in the supervisor's language."""
    for person in late:
        for task in tasks_of(person, day, supervisor.language):
            if _escalates(task, day):
                yield person, task


def _send(person: Person, digest: Digest, day: date, connection: BaseEmailBackend) -> int:
    """Take the person's turn for the day first, then send: nobody else sends meanwhile."""
    if not _take_turn(person, digest, day):
        return 0
    failure, sent_at = _mail(person, digest, day, connection)
    Reminder.objects.filter(person=person, day=day).update(failure=failure, sent_at=sent_at)
    return int(sent_at is not None)


def _take_turn(person: Person, digest: Digest, day: date) -> bool:
    note = {
        "email": person.email,
        "language": person.language,
        "tasks": digest.rows(),
    }
    _, made = Reminder.objects.get_or_create(person=person, day=day, defaults=note)
    failed = Reminder.objects.filter(person=person, day=day).exclude(failure="")
    return made or bool(failed.update(failure="", **note))


def _mail(
    person: Person, digest: Digest, day: date, connection: BaseEmailBackend
) -> tuple[str, datetime | None]:
    """Send one mail: why that failed, or when it went out."""
    if not person.email:
        return "no e-mail address", None
    try:
        _message(person, digest, day, connection).send()
    except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError) as error:
        logger.warning("no reminder to %s: %s", person.pk, type(error).__name__)
        return f"refused: {error}"[:200], None
    except (OSError, SMTPException) as error:
        failed = Reminder.objects.filter(person=person, day=day)
        failed.update(failure=f"not sent: {error}"[:200])
        raise
    return "", timezone.now()


def _message(
    person: Person, digest: Digest, day: date, connection: BaseEmailBackend
) -> EmailMessage:
    text = reminder_words.body(person, digest.tasks, digest.reports, day, _home())
    company = Controller.current().name
    return EmailMessage(
        subject=reminder_words.subject(person.language, len(digest.rows()), company),
        body=text,
        to=[person.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated", "Content-Language": person.language},
    )


def _home() -> str:
    try:
        return settings.URL + reverse("me")
    except NoReverseMatch:
        return f"{settings.URL}/"

"""Tells people of incidents by mail, each in their language, and notes whom it reached when."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from adhere.areas.incidents import people, tokens
from adhere.areas.incidents.words import ANSWERS, SORTS
from adhere.core import incidents
from adhere.core.models import Incident, IncidentEvent, Person
from adhere.core.recording import Origin
from adhere.errors import Problem

logger = logging.getLogger(__name__)
SUPERVISOR, SECURITY, FAILED = "told-supervisor", "told-security", "not-told"
FIELDS = {SUPERVISOR: "supervisor_notified_at", SECURITY: "security_notified_at"}


def enqueue_first(key: str) -> None:
    """Tell the supervisor and the security team as soon as the report is stored."""
    transaction.on_commit(lambda: tell_first.enqueue(key))


@task()
def tell_first(key: str) -> int:
    """Mail the reporter's supervisor and the whole security team; how many it reached."""
    incident = incidents.newest(key)
    supervisor = people.supervisor_for(incident)
    told = 0
    for event, whom in (
        (SUPERVISOR, [supervisor] if supervisor else []),
        (SECURITY, _without(people.team("security"), incident.subject)),
    ):
        if getattr(incident, FIELDS[event]):
            continue
        reached = mail(incident, whom, "incidents/mail/report.txt")
        if reached:
            note_told(incidents.newest(key), event, ", ".join(each.name for each in reached))
        told += len(reached)
    return told


def _without(whom: Sequence[Person], subject: str) -> list[Person]:
    """Nobody is asked to handle what is about themselves."""
    return [each for each in whom if each.pk != subject]


def note_told(incident: Incident, event: str, text: str, by: str = "") -> None:
    """Keep when word first reached somebody; what came before stays."""
    field = FIELDS[event]
    if getattr(incident, field) is None:
        now = timezone.now()
        incidents.change(incident.key, event, Origin("page", by, now), text, **{field: now})


def opened(incident: Incident, event: str, who: Person | None) -> None:
    """Opening the page is being told, whether or not a mail ever came."""
    if getattr(incident, FIELDS[event]) is None:
        note_told(incident, event, "", who.pk if who else "")


def mail(incident: Incident, whom: Iterable[Person], template: str, said: str = "") -> list[Person]:
    """Whom a mail reached; without a mail server nobody."""
    if not settings.EMAIL_HOST:
        return []
    reached, failed = [], []
    addressed = [each for each in whom if each.email]
    if not addressed:
        return []
    try:
        with get_connection() as connection:
            for each in addressed:
                try:
                    message = _message(incident, each, template, said)
                    message.connection = connection
                    message.send()
                    reached.append(each)
                except (SMTPException, ValueError) as error:
                    failed.append(f"{each.name}: {type(error).__name__}")
    except OSError as error:
        logger.warning("the mail server failed: %s", type(error).__name__)
        failed.append(f"{settings.EMAIL_HOST}: {type(error).__name__}")
    if failed:
        _note_failure(incident.key, "; ".join(failed))
    return reached


def _note_failure(key: str, text: str) -> None:
    """Say so once: a mail server that is away is tried again each minute."""
    if not IncidentEvent.objects.filter(incident=key, kind=FAILED, text=text).exists():
        incidents.note(key, FAILED, Origin("page"), text)


def _message(incident: Incident, person: Person, template: str, said: str) -> EmailMessage:
    with translation.override(person.language):
        take = tokens.make(tokens.TAKE, incident.key, person.pk)
        context = {
            "incident": incident,
            "person": person,
            "sort": SORTS[incident.sort],
            "answer": ANSWERS.get(incident.answer, ""),
            "url": settings.URL + reverse("incidents:incident", args=[incident.key]),
            "take_url": settings.URL + reverse("incidents:take", args=[take]),
            "told_url": settings.URL + reverse("incidents:told", args=[incident.key]),
            "said": said,
        }
        place = f", {incident.place}" if incident.place else ""
        subject = f"{SORTS[incident.sort]}{place}"
        if template.endswith("told.txt"):
            subject = _("A message about a system crash")
        return EmailMessage(
            subject=" ".join(subject.split()),
            body=render_to_string(template, context),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": person.language},
        )


@task()
def tell_subject(key: str, said: str) -> int:
    """Mail what is to be told to the person who caused a crash."""
    try:
        incident = incidents.newest(key)
    except Problem:
        return 0
    person = Person.objects.filter(pk=incident.subject).first()
    return len(mail(incident, [person] if person else [], "incidents/mail/told.txt", said))

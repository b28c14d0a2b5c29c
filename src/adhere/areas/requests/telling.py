"""Mails about requests: a new one to those who decide, a decision to who asked or is freed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import pgettext
from django_tasks import task

from adhere.areas.requests.listings import title_of
from adhere.areas.requests.words import DECISIONS
from adhere.core.exempting import may_grant
from adhere.core.models import Person, Request
from adhere.core.requesting import request_named

logger = logging.getLogger(__name__)


@task()
def tell_deciders(key: str) -> int:
    """Mail the security team, less who asked or is freed, of a new request; how many."""
    found = request_named(key)
    concerned = {found.requested_by, found.subject}
    team = [
        each
        for each in Person.objects.exclude(pk__in=concerned)
        if may_grant(each.pk, timezone.now())
    ]
    return _send(found, team, "")


@task()
def tell_concerned(key: str, decision: str, by: str) -> int:
    """Mail who asked and who is freed of what was decided, but not who decided it; how many."""
    found = request_named(key)
    ids = {found.requested_by, found.subject} - {by}
    return _send(found, Person.objects.filter(pk__in=ids), decision)


def _send(found: Request, people: Iterable[Person], decision: str) -> int:
    if not settings.EMAIL_HOST:
        return 0
    told = 0
    with get_connection() as connection:
        for person in people:
            if person.email:
                message = _message(found, person, decision)
                message.connection = connection
                try:
                    told += message.send()
                except SMTPException as error:
                    logger.warning("a request was not told: %s", type(error).__name__)
    return told


def _message(found: Request, person: Person, decision: str) -> EmailMessage:
    with translation.override(person.language):
        if decision:
            subject = f"{DECISIONS[decision]}: {title_of(found)}"
        else:
            subject = pgettext("mail", "To decide: %(what)s") % {"what": title_of(found)}
    url = settings.URL + reverse("requests:request", args=[found.key])
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=f"{found.reason}\n\n{found.start} – {found.until}\n\n{url}\n",
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": person.language},
    )

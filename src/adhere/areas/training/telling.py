"""Tells those who signed up that their session moved or was cancelled, by mail."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django_tasks import task

from adhere.areas.training.arranging import session_of
from adhere.areas.training.calendars import calendar_of
from adhere.areas.training.models import SignUp, TrainingSession
from adhere.core.models import Person

logger = logging.getLogger(__name__)


@task()
def tell_change(key: str) -> int:
    """Mail everybody on the list of a session as it stands now; how many were told."""
    session = session_of(key)
    if session is None or not settings.EMAIL_HOST:
        return 0
    told = 0
    with get_connection() as connection:
        for each in SignUp.objects.filter(session=key).select_related("person"):
            if each.person.email:
                message = _message(session, each.person)
                message.connection = connection
                told += _send(message)
    return told


def _send(message: EmailMessage) -> int:
    try:
        return message.send()
    except SMTPException as error:
        logger.warning("a change of a session was not told: %s", type(error).__name__)
        return 0


def _message(session: TrainingSession, person: Person) -> EmailMessage:
    with translation.override(person.language):
        when = date_format(timezone.localtime(session.starts_at), gettext("j F Y, H:i"))
        if session.cancelled:
            subject = pgettext("mail", "Cancelled: %(title)s")
            text = pgettext("mail", "The session of %(when)s does not take place.")
        else:
            subject = pgettext("mail", "Changed: %(title)s")
            text = pgettext("mail", "The session is now on %(when)s.")
        url = settings.URL + reverse("training:session", args=[session.key])
        message = EmailMessage(
            subject=" ".join((subject % {"title": session.title}).split()),
            body=f"{text % {'when': when}}\n\n{url}\n",
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": person.language},
        )
    file = calendar_of([session], session.title).decode()
    message.attach("session.ics", file, "text/calendar")
    return message

"""Mails of the front desk: invitations, and to a host that the visitor is there."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django_tasks import task

from adhere.areas.visitors.announcing import standing
from adhere.areas.visitors.calendars import calendar_of, picture_of
from adhere.areas.visitors.models import Announcement, Invited, Stay, VisitRecord, visits
from adhere.core.models import Controller, Person

logger = logging.getLogger(__name__)


@task()
def invite(announcement: int) -> int:
    """Mail every invited person as things stand now; how many went out."""
    found = Announcement.objects.filter(pk=announcement).first()
    if found is None:
        return 0
    return sum(_send(_invitation(each)) for each in standing(found) if each.email)


@task()
def uninvite(invited: int) -> int:
    """Mail one person who was taken off the list."""
    found = Invited.objects.filter(pk=invited).first()
    return _send(_invitation(found)) if found and found.email else 0


@task()
def tell_host(visit: str) -> int:
    """Mail the host that the visitor is at the desk."""
    row = visits().filter(key=visit).first()
    host = Person.objects.filter(pk=row.host).first() if row else None
    if row is None or host is None or not host.email:
        return 0
    sent = _send(_arrival(row, host))
    if sent:
        Stay.objects.filter(visit=visit).update(told_at=timezone.now())
    return sent


@task()
def ask_host(announcement: int) -> int:
    """Mail the host that somebody unannounced asks for them."""
    found = Announcement.objects.select_related("host").filter(pk=announcement).first()
    if found is None or not found.host.email:
        return 0
    names = ", ".join(each.name for each in standing(found))
    with translation.override(found.host.language):
        subject = pgettext("mail", "%(name)s asks for you at the front desk") % {"name": names}
        text = pgettext("mail", "Nobody announced this visit. Let them in, or not:")
        url = settings.URL + reverse("visitors:walk-in", args=[found.pk])
        return _send(_message(subject, f"{text}\n\n{url}\n", found.host.email))


@task()
def tell_still_inside(keys: list[str], desk: list[str]) -> int:
    """Mail each host, and everybody at the front desk, who had not signed out by the evening."""
    rows = list(visits().filter(key__in=keys).order_by("arrived_at"))
    by_host: dict[str, list[VisitRecord]] = {}
    for row in rows:
        by_host.setdefault(row.host, []).append(row)
    told = 0
    for person in Person.objects.filter(pk__in=[*by_host, *desk]):
        mine = rows if person.pk in desk else by_host[person.pk]
        told += _send(_evening(mine, person)) if person.email else 0
    return told


def _evening(rows: Iterable[VisitRecord], person: Person) -> EmailMessage:
    with translation.override(person.language):
        subject = pgettext("mail", "Visitors who did not sign out")
        text = pgettext("mail", "Write down when they left, as far as you know it:")
        lines = [
            f"- {row.visitor}: {settings.URL}{reverse('visitors:visit', args=[row.key])}"
            for row in rows
        ]
        return _message(subject, "\n".join([text, "", *lines, ""]), person.email)


def _arrival(row: VisitRecord, host: Person) -> EmailMessage:
    with translation.override(host.language):
        subject = pgettext("mail", "%(name)s is here for you") % {"name": row.visitor}
        when = date_format(timezone.localtime(row.arrived_at), "H:i")
        text = pgettext("mail", "%(name)s signed in at %(time)s and waits at the front desk.")
        url = settings.URL + reverse("visitors:visit", args=[row.key])
        body = f"{text % {'name': row.visitor, 'time': when}}\n\n{url}\n"
        return _message(subject, body, host.email)


def _invitation(invited: Invited) -> EmailMessage:
    announcement = invited.announcement
    off = bool(announcement.cancelled_at or invited.removed_at)
    company = Controller.current().name
    with translation.override(invited.language):
        when = date_format(timezone.localtime(announcement.starts_at), gettext("j F Y, H:i"))
        told = {"company": company, "when": when, "host": announcement.host.name}
        if off:
            subject = pgettext("mail", "Cancelled: your visit to %(company)s")
            text = pgettext("mail", "Your visit to %(host)s on %(when)s does not take place.")
        else:
            subject = pgettext("mail", "Your visit to %(company)s")
            text = pgettext("mail", "%(host)s expects you on %(when)s.")
        lines = [text % told]
        if not off:
            hint = pgettext("mail", "Sign in at the front desk with this code: %(code)s")
            lines += [announcement.place, "", hint % {"code": invited.code}]
        message = _message(subject % told, "\n".join([*lines, ""]), invited.email)
    if not off:
        message.attach("code.png", picture_of(invited.code), "image/png")
    message.attach("visit.ics", calendar_of(invited).decode(), "text/calendar")
    return message


def _message(subject: str, body: str, to: str) -> EmailMessage:
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _send(message: EmailMessage) -> int:
    """1 where it went out; without a mail server nothing does."""
    if not settings.EMAIL_HOST:
        return 0
    try:
        return message.send()
    except (OSError, SMTPException) as error:
        logger.warning("a mail of the front desk was not sent: %s", type(error).__name__)
        return 0

"""A reminder that the security team sends by hand, besides the daily ones: once a day at most."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django_tasks import task

from adhere.areas.conduct.listing import DONE
from adhere.areas.conduct.models import Nudge
from adhere.areas.conduct.terms import Terms, terms_of
from adhere.console.wording import wording
from adhere.core.models import Person

logger = logging.getLogger(__name__)
APART = timedelta(days=1)


@transaction.atomic
def remind(terms: Terms, rows: Any, by: str) -> int:
    """Note a reminder for each person who has still to accept, and mail them; how many."""
    now = timezone.now()
    lately = Nudge.objects.filter(policy=terms.slug, at__gt=now - APART).values("person")
    open_ = rows.exclude(state=DONE).exclude(email="").exclude(pk__in=lately)
    found = [
        Nudge(person_id=person, policy=terms.slug, by=by, at=now)
        for person in open_.values_list("pk", flat=True)
    ]
    Nudge.objects.bulk_create(found, batch_size=2_000)
    if found:
        transaction.on_commit(lambda: mail_reminders.enqueue(terms.slug))
    return len(found)


@task()
def mail_reminders(slug: str) -> int:
    """Mail every reminder that has not gone out; how many went."""
    terms = terms_of(slug)
    if terms is None or not settings.EMAIL_HOST:
        return 0
    sent = 0
    fresh = Nudge.objects.filter(policy=slug, sent=False, at__gt=timezone.now() - APART)
    with get_connection() as connection:
        for each in fresh.select_related("person"):
            message = _message(terms, each.person)
            message.connection = connection
            try:
                message.send()
            except SMTPException as error:
                logger.warning("a reminder was not sent: %s", type(error).__name__)
                continue
            Nudge.objects.filter(pk=each.pk).update(sent=True)
            sent += 1
    return sent


def _message(terms: Terms, person: Person) -> EmailMessage:
    with translation.override(person.language):
        title = wording(terms.policy).title
        subject = pgettext("mail", "Please read and accept “%(title)s”") % {"title": title}
        due = date_format(terms.due(person.joined), gettext("j F Y"))
        text = pgettext("mail", "It is due by %(day)s. Your answers are kept if you stop halfway.")
        url = settings.URL + reverse("read-policy", args=[terms.slug])
        return EmailMessage(
            subject=" ".join(subject.split()),
            body=f"{text % {'day': due}}\n\n{url}\n",
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": person.language},
        )

"""Tells people kindly what a round found at their desk, and supervisors what is found again."""

from __future__ import annotations

import logging
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django_tasks import task

from adhere.areas.clean_desk.finding import amiss_in_a_row
from adhere.areas.clean_desk.models import (
    KEYS,
    OWNER,
    PAPERS,
    SUPERVISOR,
    InspectionRecord,
    Notice,
)
from adhere.areas.clean_desk.planning import at_work_on
from adhere.areas.clean_desk.walking import walk_of
from adhere.core.models import Person
from adhere.core.recording import day_of

AGAIN = 2  # rounds in a row that find something at one person's desk, before a supervisor is told
logger = logging.getLogger(__name__)


@task()
def tell_round(floor: str, day: str) -> int:
    """Tell everybody whose desk a finished round found not in order; how many were told."""
    walk = walk_of(floor, date.fromisoformat(day))
    at_work = at_work_on(walk.day)
    told = 0
    for desk in (*walk.desks, *walk.others):
        row = desk.found
        if row is None or not row.amiss or row.desk_of not in at_work:
            continue
        owner = at_work[row.desk_of]
        told += _tell(row, owner, OWNER, owner, 1)
        times = amiss_in_a_row(owner.pk)
        supervisor = at_work.get(owner.supervisor)
        if times >= AGAIN and supervisor:
            told += _tell(row, supervisor, SUPERVISOR, owner, times)
    return told


def _tell(row: InspectionRecord, person: Person, part: str, owner: Person, times: int) -> int:
    """Note that somebody is told, and send the mail: once for each finding."""
    defaults = {"part": part, "made_at": timezone.now()}
    _notice, made = Notice.objects.get_or_create(
        inspection=row.key, person=person, defaults=defaults
    )
    if made and person.email and settings.EMAIL_HOST:
        _send(_message(row, person, part, owner, times))
    return int(made)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        # The task on the person's page stands all the same, and reminders tell of it.
        logger.warning("a finding was not mailed: %s", type(error).__name__)


def what_lay_open(row: InspectionRecord) -> str:
    """What was found, in words of the present language."""
    words = {PAPERS: pgettext("found", "papers"), KEYS: pgettext("found", "keys")}
    said = [words[each] for each in row.found]
    if not row.desk_clear and not said:
        said = [pgettext("found", "material")]
    if row.screen_locked == "no":
        said.append(pgettext("found", "a device that was not locked"))
    return ", ".join(said)


def _message(
    row: InspectionRecord, person: Person, part: str, owner: Person, times: int
) -> EmailMessage:
    with translation.override(person.language):
        values = {
            "name": person.name,
            "owner": owner.name,
            "place": row.place,
            "day": date_format(day_of(row.happened_at), gettext("j F Y")),
            "found": what_lay_open(row),
            "times": times,
        }
        if part == OWNER:
            subject = pgettext("mail", "Something was left on your desk %(place)s")
            text = pgettext(
                "mail",
                "Dear %(name)s,\n\nthe round of %(day)s found at your desk %(place)s: %(found)s. "
                "It happens to everybody. Please put it away, and say so on this page:",
            )
        else:
            subject = pgettext("mail", "A word with %(owner)s about a clear desk")
            text = pgettext(
                "mail",
                "Dear %(name)s,\n\nat the desk of %(owner)s, %(place)s, %(times)d rounds in a row "
                "found something, on %(day)s: %(found)s. Please talk it over together; perhaps a "
                "cupboard or a lock is missing. Say on this page when you have:",
            )
        url = settings.URL + reverse("clean_desk:mine")
        return EmailMessage(
            subject=" ".join((subject % values).split()),
            body=f"{text % values}\n\n{url}\n",
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": person.language},
        )

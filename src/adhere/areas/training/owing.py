"""What a person owes: attendance by a day, told sixty days ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from adhere.areas.training import programmes
from adhere.areas.training.arranging import place_of
from adhere.core.areas import Task
from adhere.core.recording import start_of

AHEAD = timedelta(days=60)
OWING = ("not-satisfied", "not-applicable", "satisfied")


def tasks(person: str, day: date) -> Iterator[Task]:
    """Each programme that a person is behind with, or will be within sixty days."""
    for each in programmes.owed(day, person=person):
        due = each.due
        if each.state not in OWING or due is None or due > day + AHEAD or each.away:
            continue
        coming = programmes.upcoming(each.programme, start_of(day)).first()
        title = pgettext("task", "Attend the training “%(programme)s”") % {
            "programme": each.programme
        }
        if coming is None:
            why = pgettext("task", "No session is planned yet; ask the security team for one.")
            yield Task(title, why, due, reverse("training:sessions"))
            continue
        when = date_format(coming.starts_at.astimezone(start_of(day).tzinfo), gettext("j F Y"))
        if place_of(coming.key, person):
            why = pgettext("task", "You are signed up for %(day)s.") % {"day": when}
        else:
            why = pgettext("task", "The next session is on %(day)s; sign up for it.") % {
                "day": when
            }
        yield Task(title, why, due, reverse("training:session", args=[coming.key]))

"""What a person owes: a round on the rota, a desk to clear, a word with somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import pgettext

from adhere.areas.clean_desk.finding import still_open
from adhere.areas.clean_desk.models import OWNER, Notice
from adhere.areas.clean_desk.planning import planned
from adhere.areas.clean_desk.telling import what_lay_open
from adhere.core.areas import Task
from adhere.core.recording import day_of

AHEAD = timedelta(days=7)
TO_ANSWER = timedelta(days=7)


def tasks(person: str, day: date) -> Iterator[Task]:
    """The rounds of the coming week, and what rounds found that nobody has answered."""
    for each in planned(day, day + AHEAD):
        if each.inspector and each.inspector.pk == person and not each.outcome:
            title = pgettext("task", "Walk the round of floor %(floor)s") % {"floor": each.floor}
            why = pgettext("task", "It is your turn at the end of that working day.")
            url = reverse("clean_desk:round", args=[each.day.isoformat(), each.floor])
            yield Task(title, why, each.day, url)
    yield from _to_answer(person)


def _to_answer(person: str) -> Iterator[Task]:
    notices = list(Notice.objects.filter(person=person, answered_at=None))
    found = still_open(each.inspection for each in notices) if notices else {}
    for each in notices:
        row = found.get(each.inspection)
        if row is None:
            continue
        values = {"place": row.place, "owner": row.owner_name, "found": what_lay_open(row)}
        if each.part == OWNER:
            title = pgettext("task", "Clear your desk %(place)s")
            why = pgettext("task", "The last round found: %(found)s.")
        else:
            title = pgettext("task", "Talk with %(owner)s about a clear desk")
            why = pgettext("task", "Round after round found something at desk %(place)s.")
        due = day_of(each.made_at) + TO_ANSWER
        yield Task(title % values, why % values, due, reverse("clean_desk:mine"))

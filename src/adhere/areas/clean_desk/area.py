"""What this area hands to the house."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop

from adhere.areas.clean_desk import photos
from adhere.areas.clean_desk.demo import fill
from adhere.areas.clean_desk.owing import tasks
from adhere.areas.clean_desk.records import INSPECTIONS, ROUNDS, WORKPLACES
from adhere.areas.clean_desk.telling import tell_round
from adhere.areas.clean_desk.walking import end_rounds_before
from adhere.core.areas import Area, MenuEntry


def daily(day: date) -> None:
    """Finish rounds that were walked and not finished, tell what they found; drop old photos."""
    for walk in end_rounds_before(day):
        tell_round.enqueue(walk.floor, walk.day.isoformat())
    photos.purge(day)


area = Area(
    name="clean_desk",
    title=gettext_noop("Clean desk"),
    facts=(INSPECTIONS, WORKPLACES, ROUNDS),
    menu=(MenuEntry(gettext_noop("Clean desk"), "clean_desk:rounds"),),
    tasks=tasks,
    daily=daily,
    demo=fill,
)

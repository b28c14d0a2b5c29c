"""What this area hands to the house."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from adhere.areas.training.demo import fill
from adhere.areas.training.owing import tasks
from adhere.areas.training.records import ABSENCES, ATTENDANCE, SESSIONS
from adhere.core.areas import Area, MenuEntry

area = Area(
    name="training",
    title=gettext_noop("Training"),
    facts=(SESSIONS, ATTENDANCE, ABSENCES),
    menu=(MenuEntry(gettext_noop("Training"), "training:sessions"),),
    tasks=tasks,
    demo=fill,
)

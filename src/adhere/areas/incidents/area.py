"""What this area hands to the house."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from adhere.areas.incidents.demo import fill
from adhere.areas.incidents.escalating import minutely
from adhere.areas.incidents.owing import tasks
from adhere.core.areas import Area, MenuEntry

area = Area(
    name="incidents",
    title=gettext_noop("Incidents"),
    menu=(
        MenuEntry(gettext_noop("Report something"), "incidents:quick"),
        MenuEntry(gettext_noop("Incidents"), "incidents:index"),
    ),
    tasks=tasks,
    minutely=minutely,
    demo=fill,
)

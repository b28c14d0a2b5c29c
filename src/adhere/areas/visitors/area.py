"""What this area hands to the house."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from adhere.areas.visitors.demo import fill
from adhere.areas.visitors.keeping import daily
from adhere.areas.visitors.owing import tasks
from adhere.areas.visitors.records import VISITS
from adhere.core.areas import Area, MenuEntry

area = Area(
    name="visitors",
    title=gettext_noop("Visitors"),
    facts=(VISITS,),
    menu=(
        MenuEntry(gettext_noop("Visitors"), "visitors:announcements"),
        MenuEntry(gettext_noop("Front desk"), "visitors:book", ("front-desk", "security")),
    ),
    tasks=tasks,
    daily=daily,
    demo=fill,
)

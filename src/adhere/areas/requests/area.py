"""What this area hands to the house."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from adhere.areas.requests.demo import fill
from adhere.areas.requests.owing import tasks
from adhere.core.areas import Area, MenuEntry

area = Area(
    name="requests",
    title=gettext_noop("Requests"),
    menu=(MenuEntry(gettext_noop("Requests"), "requests:mine"),),
    tasks=tasks,
    demo=fill,
)

"""What this area hands to the house."""

from __future__ import annotations

from adhere.areas.training.demo import fill
from adhere.areas.training.owing import tasks
from adhere.areas.training.records import ABSENCES, ATTENDANCE, SESSIONS
from adhere.core.areas import Area, MenuEntry

area = Area(
    name="training",
    title="Training",
    facts=(SESSIONS, ATTENDANCE, ABSENCES),
    menu=(MenuEntry("Training", "training:sessions"),),
    tasks=tasks,
    demo=fill,
)

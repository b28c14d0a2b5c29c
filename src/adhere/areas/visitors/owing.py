"""What a host owes: to fetch a visitor, to answer for a walk-in, to say when somebody left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import pgettext

from adhere.areas.visitors.arriving import inside
from adhere.areas.visitors.models import Announcement, Stay
from adhere.core.areas import Task
from adhere.core.recording import day_of, start_of


def tasks(person: str, day: date) -> Iterator[Task]:
    """Visitors of this person who wait at the desk, or never signed out."""
    rows = list(inside().filter(host=person))
    seen = Stay.objects.filter(visit__in=[row.key for row in rows]).exclude(seen_at=None)
    fetched = set(seen.values_list("visit", flat=True))
    for row in rows:
        came = day_of(row.arrived_at)
        url = reverse("visitors:visit", args=[row.key])
        if came < day:
            title = pgettext("task", "Say when %(name)s left") % {"name": row.visitor}
            why = pgettext("task", "The visitor did not sign out at the desk.")
            yield Task(title, why, came, url)
        elif came == day and row.key not in fetched:
            title = pgettext("task", "%(name)s is here for you") % {"name": row.visitor}
            why = pgettext("task", "Fetch your visitor at the front desk.")
            yield Task(title, why, day, url)
    yield from _walk_ins(person, day)


def _walk_ins(person: str, day: date) -> Iterator[Task]:
    waiting = Announcement.objects.filter(
        host=person, walk_in=True, approved_at=None, refused_at=None, starts_at__gte=start_of(day)
    )
    for each in waiting:
        names = ", ".join(each.invited.values_list("name", flat=True))
        title = pgettext("task", "Let %(name)s in, or not") % {"name": names}
        why = pgettext("task", "Somebody unannounced asks for you at the front desk.")
        yield Task(title, why, day, reverse("visitors:walk-in", args=[each.pk]))

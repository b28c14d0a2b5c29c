"""The time machine: which day a page judges, and what was known by which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.core.models import Entry, PolicyVersion
from adhere.core.running import Judged, judge_day


@dataclass(frozen=True)
class Moment:
    """``on`` is the day judged, ``known`` the day whose knowledge counts; nothing means now."""

    on: date | None = None
    known: date | None = None

    @property
    def past(self) -> bool:
        return self.on is not None or self.known is not None

    @property
    def query(self) -> str:
        """What links carry so that the next page looks at the same moment."""
        chosen = {"on": self.on, "known": self.known}
        written = {name: day.isoformat() for name, day in chosen.items() if day}
        return f"?{urlencode(written)}" if written else ""


def moment_of(request: HttpRequest) -> Moment:
    """The moment a page was asked for; a day that cannot be is said so and left out."""
    return Moment(_day(request, "on"), _day(request, "known"))


def _day(request: HttpRequest, name: str) -> date | None:
    written = request.GET.get(name, "").strip()
    if not written:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        messages.error(
            request, _("“%(written)s” is no day; write one as 2026-03-14.") % {"written": written}
        )
        return None
    today = timezone.localdate()
    if found > today:
        messages.error(request, _("That day is still to come; nothing can be judged yet."))
        return None
    return found if found < today else None


def judged(moment: Moment) -> Judged:
    """Everything as it stood at a moment. The same question asked again costs nothing."""
    newest = Entry.objects.aggregate(Max("pk"))["pk__max"] or 0
    version = PolicyVersion.objects.aggregate(Max("pk"))["pk__max"] or 0
    erased = Entry.objects.filter(erased_at__isnull=False).count()
    return _judged(moment, timezone.localdate(), newest, version, erased)


@lru_cache(maxsize=6)
def _judged(moment: Moment, today: date, newest: int, version: int, erased: int) -> Judged:
    return judge_day(moment.on, moment.known)

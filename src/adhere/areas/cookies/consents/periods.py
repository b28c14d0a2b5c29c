"""The period that a page looks at, and the stretches it is drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.http import QueryDict
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIXED: dict[str, tuple[int, str | Promise]] = {
    "7": (7, gettext_lazy("7 days")),
    "30": (30, gettext_lazy("30 days")),
    "90": (90, gettext_lazy("90 days")),
    "months": (365, gettext_lazy("12 months")),
}
USUAL = "30"
LONGEST = timedelta(days=3 * 366)
MOST_DAYS, MOST_WEEKS = 31, 26


@dataclass(frozen=True)
class Stretch:
    """One step of a chart: a day, a week or a month, both ends included."""

    first: date
    last: date

    @property
    def short(self) -> str:
        """For an axis."""
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            return formats.date_format(self.first, "M y")
        return formats.date_format(self.first, "j M")

    @property
    def words(self) -> str:
        """For people who hear it or point at it."""
        if self.first == self.last:
            return formats.date_format(self.first, "D j M Y")
        if self.short != formats.date_format(self.first, "j M"):
            return formats.date_format(self.first, "F Y")
        end = formats.date_format(self.last, "j M Y")
        return f"{formats.date_format(self.first, 'j M')} – {end}"


@dataclass(frozen=True)
class Period:
    """``name`` is one of FIXED or ``custom``; both ends are included."""

    name: str
    first: date
    last: date
    problem: str = ""

    @cached_property
    def stretches(self) -> list[Stretch]:
        """Days up to a month, weeks that end today up to half a year, else calendar months."""
        days = (self.last - self.first).days + 1
        if self.name == "months" or days > 7 * MOST_WEEKS:
            return _months(self.first, self.last)
        step = timedelta(days=1 if days <= MOST_DAYS else 7)
        found = []
        end = self.last
        while end >= self.first:
            found.append(Stretch(max(self.first, end - step + timedelta(days=1)), end))
            end -= step
        return found[::-1]

    def index(self, day: date) -> int:
        """The number of the stretch that holds a day."""
        return self._numbers[day]

    @cached_property
    def _numbers(self) -> dict[date, int]:
        return {
            each.first + timedelta(days=offset): number
            for number, each in enumerate(self.stretches)
            for offset in range((each.last - each.first).days + 1)
        }

    @property
    def step(self) -> str:
        """What one stretch is called."""
        days = {(each.last - each.first).days for each in self.stretches[1:]}
        return _("day") if days <= {0} else _("week") if days == {6} else _("month")


def _months(first: date, last: date) -> list[Stretch]:
    found = []
    start = first
    while start <= last:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(Stretch(start, min(last, following - timedelta(days=1))))
        start = following
    return found


def period_of(asked: QueryDict, today: date) -> Period:
    """The period a request asks for; what makes no sense is said and the usual one is taken."""
    name = asked.get("period", "")
    if name in FIXED:
        return fixed(name, today)
    if not (asked.get("from") or asked.get("until")):
        return fixed(USUAL, today)
    try:
        first = date.fromisoformat(asked.get("from", ""))
        last = date.fromisoformat(asked.get("until") or today.isoformat())
    except ValueError:
        return fixed(USUAL, today, _("That is no day: write it as 2026-11-30."))
    if first > last:
        return fixed(USUAL, today, _("The period ends before it begins."))
    if last - first > LONGEST:
        return fixed(USUAL, today, _("At most three years can be shown at once."))
    return Period("custom", first, last)


def fixed(name: str, today: date, problem: str = "") -> Period:
    """One of FIXED, up to today."""
    days = FIXED[name][0]
    if name != "months":
        return Period(name, today - timedelta(days=days - 1), today, problem)
    year, month = divmod(today.year * 12 + today.month - 12, 12)
    return Period(name, date(year, month + 1, 1), today, problem)

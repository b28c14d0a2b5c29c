"""Lengths of time as policies write them: ``15m``, ``12h``, ``30d``, ``2w``, ``12mo``, ``1y``."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

import msgspec

_PATTERN = re.compile(r"(\d+)(mo|m|h|d|w|y)")
_SECONDS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_WORDS = {"mo": "month", "m": "minute", "h": "hour", "d": "day", "w": "week", "y": "year"}


class Duration(msgspec.Struct, frozen=True):
    """A number of one unit. Calendar units (``mo``, ``y``) keep their meaning."""

    number: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``15m`` and the like; raises ``ValueError`` where it is none."""
        match = _PATTERN.fullmatch(text.strip())
        if not match:
            raise ValueError("a length of time such as 15m, 12h, 30d, 2w, 12mo or 1y")
        return cls(int(match[1]), match[2])

    @property
    def months(self) -> int:
        return {"mo": 1, "y": 12}.get(self.unit, 0) * self.number

    @property
    def days(self) -> float:
        """In days, with the convention of ``read``: a month is 30, twelve of them 365."""
        if self.months:
            years, months = divmod(self.months, 12)
            return years * 365 + months * 30
        return self.number * _SECONDS[self.unit] / 86_400

    def before(self, day: date) -> date:
        """The day this long before; ``2w`` before the 15th is the 1st."""
        return _add_months(day, -self.months) if self.months else day - self._delta()

    def after(self, day: date) -> date:
        """The day this long after."""
        return _add_months(day, self.months) if self.months else day + self._delta()

    def expiry(self, start: date) -> date:
        """The first day on which something of ``start`` lies no longer within this long."""
        day = max(self.after(start), start + timedelta(days=1))
        while self.before(day) < start:
            day += timedelta(days=1)
        return day

    def _delta(self) -> timedelta:
        return timedelta(seconds=self.number * _SECONDS[self.unit])

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"

    @property
    def words(self) -> str:
        """For people: ``15 minutes``."""
        return f"{self.number} {_WORDS[self.unit]}{'' if self.number == 1 else 's'}"


@lru_cache(maxsize=16_384)  # the same few days come for every person
def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))

"""Working days of the company's country: Monday to Friday without its public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

WEEKEND = 5


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    # A country that the library does not know has no holidays here, only weekends.
    if country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))


def is_workday(day: date, country: str) -> bool:
    """Whether people work on a day; ``country`` by ISO 3166-1, such as ``BE``."""
    return day.weekday() < WEEKEND and day not in _holidays(country, day.year)


def workdays_since(day: date, today: date, country: str) -> int:
    """How many working days have passed after ``day``, up to and with ``today``."""
    days = (day + timedelta(days=count + 1) for count in range((today - day).days))
    return sum(is_workday(each, country) for each in days)

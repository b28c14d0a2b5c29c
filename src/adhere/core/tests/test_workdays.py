"""Working days know weekends and the holidays of the country."""

from __future__ import annotations

from datetime import date

import pytest

from adhere.core.workdays import is_workday, workdays_since


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        (date(2026, 7, 20), "BE", True),
        (date(2026, 7, 21), "BE", False),  # the national holiday, a Tuesday
        (date(2026, 7, 21), "NL", True),
        (date(2026, 7, 25), "BE", False),  # a Saturday
        (date(2026, 7, 21), "XX", True),
    ],
)
def test_a_day_is_worked_on(day: date, country: str, works: bool) -> None:
    assert is_workday(day, country) is works


def test_only_working_days_count() -> None:
    friday = date(2026, 7, 17)
    counted = [workdays_since(friday, date(2026, 7, day), "BE") for day in (17, 19, 20, 21, 22)]
    assert counted == [0, 0, 1, 1, 2]

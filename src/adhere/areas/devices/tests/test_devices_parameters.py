"""What this area's checks take, and what they refuse with which words."""

from __future__ import annotations

import pytest

from adhere.areas.devices.checks import (
    approved_software,
    licensed_seats,
    no_lasting_local_data,
    recovered,
    screen_lock,
)
from adhere.core.checking import Check
from adhere.core.parameters import parse_parameters
from adhere.errors import Problem


@pytest.mark.parametrize(
    ("check", "field", "value", "expected"),
    [
        (screen_lock, "max_idle", "0m", "between 1m and 24h"),
        (screen_lock, "max_idle", "25h", "between 1m and 24h"),
        (screen_lock, "max_idle", "soon", "a length of time such as 15m, 12h, 30d, 2w, 12mo or 1y"),
        (screen_lock, "stale", "60d", "between 1d and 30d"),
        (approved_software, "stale", "1h", "between 1d and 30d"),
        (licensed_seats, "spare", "-1", "int >= 0"),
        (no_lasting_local_data, "older_than", "1y", "between 1h and 90d"),
        (recovered, "within", "5m", "between 1h and 30d"),
    ],
)
def test_values_out_of_range_are_refused(
    check: Check, field: str, value: str, expected: str
) -> None:
    with pytest.raises(Problem) as caught:
        parse_parameters(check.parameters, {field: value})
    assert (caught.value.field, caught.value.expected) == (field, expected)


@pytest.mark.parametrize(
    ("check", "field", "value"),
    [
        (screen_lock, "max_idle", "1m"),
        (screen_lock, "max_idle", "24h"),
        (approved_software, "stale", "30d"),
        (licensed_seats, "spare", "0"),
        (recovered, "within", "30d"),
    ],
)
def test_values_at_the_ends_of_the_range_fit(check: Check, field: str, value: str) -> None:
    parsed = parse_parameters(check.parameters, {field: value})
    assert str(getattr(parsed, field)) == value

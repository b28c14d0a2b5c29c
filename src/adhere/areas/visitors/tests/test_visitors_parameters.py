"""What this area's checks take, and what they refuse with which words."""

from __future__ import annotations

import pytest

from adhere.areas.visitors.checks import (
    premises_watched,
    security_told,
    strangers_challenged,
    supervisor_told,
)
from adhere.core.checking import Check
from adhere.core.parameters import parse_parameters
from adhere.errors import Problem


@pytest.mark.parametrize(
    ("check", "field", "value", "expected"),
    [
        (supervisor_told, "within", "2d", "between 1m and 24h"),
        (security_told, "within", "0m", "between 1m and 24h"),
        (premises_watched, "within", "6y", "between 1d and 5y"),
        (strangers_challenged, "within", "1h", "between 1d and 5y"),
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
        (supervisor_told, "within", "1m"),
        (security_told, "within", "24h"),
        (premises_watched, "within", "5y"),
    ],
)
def test_values_at_the_ends_of_the_range_fit(check: Check, field: str, value: str) -> None:
    parsed = parse_parameters(check.parameters, {field: value})
    assert str(getattr(parsed, field)) == value

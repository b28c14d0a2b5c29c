"""What this area's checks take, and what they refuse with which words."""

from __future__ import annotations

import pytest

from adhere.areas.clean_desk.checks import cleared_at_end, inspected
from adhere.core.checking import Check
from adhere.core.parameters import parse_parameters
from adhere.errors import Problem


@pytest.mark.parametrize(
    ("check", "field", "value", "expected"),
    [
        (inspected, "look_at", "floor", "one of desk, screen, both"),
        (inspected, "within", "3y", "between 1d and 2y"),
        (cleared_at_end, "after", "25:00", "a time of day such as 18:00"),
        (cleared_at_end, "within", "1h", "between 1d and 2y"),
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
        (inspected, "look_at", "desk"),
        (inspected, "within", "1d"),
        (cleared_at_end, "after", "23:59"),
    ],
)
def test_values_at_the_ends_of_the_range_fit(check: Check, field: str, value: str) -> None:
    parsed = parse_parameters(check.parameters, {field: value})
    assert str(getattr(parsed, field)) == value

"""What this area's checks take, and what they refuse with which words."""

from __future__ import annotations

import pytest

from adhere.areas.rights.checks import answered, channels_open
from adhere.core.checking import Check
from adhere.core.parameters import parse_parameters
from adhere.errors import Problem


@pytest.mark.parametrize(
    ("check", "field", "value", "expected"),
    [
        (answered, "within", "4mo", "between 1d and 3mo"),
        (channels_open, "ways", "0", "int >= 1"),
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
        (answered, "within", "3mo"),
        (answered, "right", "erasure"),
        (channels_open, "ways", "6"),
    ],
)
def test_values_at_the_ends_of_the_range_fit(check: Check, field: str, value: str) -> None:
    parsed = parse_parameters(check.parameters, {field: value})
    assert str(getattr(parsed, field)) == value

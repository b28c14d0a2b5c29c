"""What this area's checks take, and what they refuse with which words."""

from __future__ import annotations

import pytest

from adhere.areas.cookies.checks import (
    changes_explained,
    choice_expires,
    declared,
    inventory_reviewed,
    lifetimes_kept,
    refusal_easy,
)
from adhere.core.checking import Check
from adhere.core.parameters import parse_parameters
from adhere.errors import Problem


@pytest.mark.parametrize(
    ("check", "field", "value", "expected"),
    [
        (choice_expires, "max_age", "2y", "between 1mo and 13mo"),
        (lifetimes_kept, "longest", "3y", "between 1d and 25mo"),
        (inventory_reviewed, "within", "1d", "between 1mo and 3y"),
        (refusal_easy, "extra", "4", "int <= 3"),
        (declared, "stale", "1y", "between 1d and 6mo"),
        (declared, "party", "fourth", "one of any, first, third"),
        (changes_explained, "policy", "Our Cookies", "a policy's name, such as cookies"),
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
        (choice_expires, "max_age", "13mo"),
        (lifetimes_kept, "longest", "25mo"),
        (refusal_easy, "extra", "0"),
        (declared, "party", "third"),
    ],
)
def test_values_at_the_ends_of_the_range_fit(check: Check, field: str, value: str) -> None:
    parsed = parse_parameters(check.parameters, {field: value})
    assert str(getattr(parsed, field)) == value

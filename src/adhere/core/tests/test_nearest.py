"""The hint beside a name that is not known."""

from __future__ import annotations

from adhere.errors import SHOWN, nearest


def test_the_nearest_name_is_offered() -> None:
    assert nearest("peple", ["visits", "people"]) == "nearest is “people”"


def test_where_nothing_is_near_the_hint_stays_readable_for_ten_thousand_people() -> None:
    people = [f"e{number:05}" for number in range(10_000)]
    shown = ", ".join(people[:SHOWN])
    assert nearest("?", people) == f"known are {shown} and {10_000 - SHOWN:,} more"

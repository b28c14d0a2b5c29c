"""The consent cookie as servers read it."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adhere.areas.cookies.tests.wall_site.world import GIVEN, NOTICE, SUBJECT, answer
from adhere.areas.cookies.wall.asking import choices
from adhere.areas.cookies.wall.choices import Choices, read_choices
from adhere.areas.cookies.wall.site import CLOSED, Wall, WallError, wall_of

NOW = 1_790_000_000.0
DAY = 86_400
DATA: dict[str, Any] = {
    "format": 1,
    "site": "shop",
    "origins": ["https://www.example.com"],
    "edge": "https://consent.example.com",
    "months": 6,
    "notices": [NOTICE[:12]],
    "purposes": [
        {"slug": "necessary", "necessary": True, "hash": "000000", "hosts": ["pay.example"]},
        {"slug": "analytics", "necessary": False, "hash": "aaaaaa", "hosts": ["*.stats.example"],
         "vendors": {"stats": ["*.stats.example"]}},
        {"slug": "marketing", "necessary": False, "hash": "bbbbbb",
         "hosts": ["https://a.example/x", "b.example"],
         "vendors": {"a": ["https://a.example/x"], "b": ["b.example"]}},
    ],
    "cookies": [["_ga", "analytics", "stats"], ["_ga_*", "analytics", "stats"],
                ["_fbp", "marketing", "b"], ["cart", "necessary", "shop"]],
}  # fmt: skip
WALL = wall_of(DATA)


def read(value: str, now: float = NOW, wall: Wall = WALL) -> Choices:
    return read_choices(f"a=1; adhere_consent={value}; b=2", wall, now)


def test_an_answer_is_read_whole() -> None:
    found = read(answer({"analytics": True}, at=NOW))
    assert (found.answered, found.at, found.notice) == (True, int(NOW), NOTICE[:12])
    assert found.subject == SUBJECT
    assert found.given == {"analytics"}
    assert found.said == {"necessary": True, "analytics": True, "marketing": False}
    assert [found["necessary"], found["analytics"], found["marketing"]] == [True, True, False]


def test_one_vendor_of_a_refused_purpose() -> None:
    found = read(answer({"marketing:a": True}, at=NOW))
    assert [found.allows("marketing", "a"), found.allows("marketing", "b")] == [True, False]
    assert not found["marketing"]


def test_a_purpose_that_changed_since_is_not_given_and_the_others_are() -> None:
    changed = answer(GIVEN, at=NOW).replace("aaaaaa", "cccccc")
    assert read(changed).given == {"marketing"}


@pytest.mark.parametrize("age", [-DAY * 365, -DAY - 1, DAY * 183, DAY * 3_650])
def test_outside_its_time_an_answer_counts_for_nothing(age: float) -> None:
    assert not read(answer(GIVEN, at=NOW - age)).answered


@pytest.mark.parametrize("age", [-DAY + 1, 0, DAY * 182])
def test_within_its_time_it_counts(age: float) -> None:
    assert read(answer(GIVEN, at=NOW - age)).given == set(GIVEN)


def test_two_answers_that_differ_are_none() -> None:
    first, second = answer(GIVEN, at=NOW), answer({}, at=NOW)
    header = f"adhere_consent={first}; adhere_consent="
    assert read_choices(header + first, WALL, NOW).given == set(GIVEN)
    assert not read_choices(header + second, WALL, NOW).answered


def test_the_same_purpose_twice_is_no_answer() -> None:
    twice = answer(GIVEN, at=NOW).replace("!s.", "!analytics.0.aaaaaa!s.")
    assert not read(twice).answered


@given(st.text(max_size=300), st.floats(0, 4e9))
def test_no_header_gives_anything_or_fails(header: str, now: float) -> None:
    assert read_choices(header, WALL, now).given == frozenset()


@given(st.integers(0, 140), st.characters(codec="ascii"))
def test_one_changed_character_never_gives_more(place: int, letter: str) -> None:
    value = answer({"analytics": True}, at=NOW)
    changed = value[:place] + letter + value[place + 1 :]
    assert read(changed).given <= {"analytics"} | ({"marketing"} if letter == "1" else set())


def test_the_shut_wall_reads_no_answer() -> None:
    assert not read(answer(GIVEN, at=NOW), wall=CLOSED).answered


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("format", 2),
        ("months", "6"),
        ("origins", ["https://www.example.com/"]),
        ("edge", "https://x.example; script-src *"),
        ("notices", ["short"]),
        ("purposes", [{"slug": "a", "hash": "aaaaaa", "hosts": ["*"]}]),
        ("purposes", [{"slug": "a", "hash": "aaaaaa", "hosts": ["https:"]}]),
        ("purposes", [{"slug": "a", "hash": "aaaaaa", "hosts": ["a.example 'unsafe-inline'"]}]),
        ("purposes", [{"slug": "a", "hash": "aaaaaa", "hosts": ["a.example;img-src"]}]),
        ("purposes", "none"),
        ("cookies", [["_ga"]]),
    ],
)
def test_data_that_would_open_more_or_means_nothing_is_refused(part: str, value: Any) -> None:
    with pytest.raises(WallError):
        wall_of({**DATA, part: value})


def test_a_page_on_the_server_asks_for_the_choices() -> None:
    found = read(answer(GIVEN, at=time.time()), time.time())
    for request in (
        {"adhere.choices": found},
        SimpleNamespace(environ={"adhere.choices": found}),
        SimpleNamespace(scope={"adhere.choices": found}),
        SimpleNamespace(adhere_choices=found),
    ):
        assert choices(request) is found
    assert not choices({})["analytics"]

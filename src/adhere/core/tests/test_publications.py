"""Published versions as facts: limited by the judged day and by what was known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from adhere.core.models import PolicyVersion
from adhere.core.rows import Publication
from adhere.core.world import world_on

pytestmark = pytest.mark.django_db
NEEDS = {"publications"}


def numbers(day: date, known: date | None = None) -> list[int]:
    world = world_on(day, known, NEEDS)
    return [each.version for each in world.facts(Publication)]


@pytest.fixture(autouse=True)
def two_versions(publish: Callable[..., PolicyVersion]) -> None:
    publish(at=datetime(2025, 1, 10, 12, tzinfo=UTC))
    publish(at=datetime(2025, 6, 10, 12, tzinfo=UTC))


def test_a_version_is_there_from_its_day() -> None:
    assert numbers(date(2025, 1, 9)) == []
    assert numbers(date(2025, 1, 10)) == [1]
    assert numbers(date(2025, 6, 10)) == [1, 2]


def test_a_version_published_later_was_not_known_then() -> None:
    assert numbers(date(2025, 12, 31), known=date(2025, 3, 1)) == [1]


def test_the_day_ends_at_midnight_of_the_company(publish: Callable[..., PolicyVersion]) -> None:
    publish(at=datetime(2025, 7, 9, 22, 30, tzinfo=UTC))  # half past midnight in Brussels
    assert numbers(date(2025, 7, 9)) == [1, 2]
    assert numbers(date(2025, 7, 10)) == [1, 2, 3]


def test_it_is_named_by_policy_and_number() -> None:
    first = world_on(date(2025, 2, 1), None, NEEDS).facts(Publication)[0]
    assert (first.ref, first.policy, first.changes) == (
        "publications/desk-rules/1",
        "desk-rules",
        "",
    )


def test_checks_that_do_not_ask_do_not_load_them() -> None:
    assert not world_on(date(2025, 12, 31), None, {"people"}).has(NEEDS)

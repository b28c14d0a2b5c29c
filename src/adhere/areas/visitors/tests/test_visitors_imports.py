"""Visits come in whole or not at all; what cannot be is named by line and field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from adhere.errors import Problem

pytestmark = pytest.mark.django_db
HEADER = "id,visitor,company,host,arrived_at,left_at,registered,accompanied_by,badge\n"
PEOPLE = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna,,employee,,,2024-01-08,,nl
"""
FINE = "v1,Vera,,anna,2026-03-02T09:00:00+01:00,2026-03-02T11:00:00+01:00,yes,,7\n"


@pytest.fixture
def take_in(db: None) -> Callable[..., Any]:
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    def store(kind: str, text: str) -> Any:
        return import_facts(kind_named(kind), text.encode(), f"{kind}.csv", Origin("test"))

    store("people", PEOPLE)
    return store


def test_signing_out_later_is_a_correction(take_in: Callable[..., Any]) -> None:
    inside = FINE.replace("2026-03-02T11:00:00+01:00", "")
    assert take_in("visits", HEADER + inside).added == 1
    assert take_in("visits", HEADER + FINE).corrected == 1
    assert take_in("visits", HEADER + FINE).unchanged == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("v2,Wim,,ann,2026-03-03,,yes,,", "host"),
        ("v2,Wim,,anna,2026-03-03,,yes,bob,", "accompanied_by"),
        ("v2,Wim,,anna,2026-03-03,2026-03-02,yes,,", "left_at"),
        ("v2,Wim,,anna,2999-03-03,,yes,,", "arrived_at"),
        ("v2,Wim,,anna,2026-03-02T10:00:00+01:00,,yes,,7", "badge"),
        ("v2,Wim,,anna,2026-03-02,,maybe,,", "registered"),
    ],
)
def test_what_cannot_be_is_refused(take_in: Callable[..., Any], row: str, field: str) -> None:
    from adhere.areas.visitors.models import VisitRecord

    with pytest.raises(Problem) as raised:
        take_in("visits", f"{HEADER}{FINE}{row}\n")
    assert (raised.value.line, raised.value.field) == (3, field)
    take_in("visits", HEADER + FINE)
    with pytest.raises(Problem) as raised:
        take_in("visits", f"{HEADER}{row}\n")
    assert (raised.value.line, raised.value.field) == (2, field)
    assert VisitRecord.objects.count() == 1


def test_a_badge_goes_to_the_next_visitor(take_in: Callable[..., Any]) -> None:
    after = "v2,Wim,,anna,2026-03-02T11:00:00+01:00,,yes,,7\n"
    assert take_in("visits", HEADER + FINE + after).added == 2

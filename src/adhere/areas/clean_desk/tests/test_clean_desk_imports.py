"""Inspections come in whole or not at all."""

from __future__ import annotations

import pytest

from adhere.errors import Problem

pytestmark = pytest.mark.django_db
HEADER = "id,at,inspector,place,desk_of,desk_clear,screen_locked,note\n"
PEOPLE = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna,,employee,,,2024-01-08,,nl
"""
FINE = "r1,2026-03-02T19:00:00+01:00,anna,A1,anna,yes,none,\n"


def take_in(kind: str, text: str) -> tuple[int, int]:
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    done = import_facts(kind_named(kind), text.encode(), f"{kind}.csv", Origin("test"))
    return done.added, done.unchanged


def test_a_file_read_twice_changes_nothing() -> None:
    take_in("people", PEOPLE)
    assert [take_in("inspections", HEADER + FINE) for _ in range(2)] == [(1, 0), (0, 1)]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("r2,2026-03-02,bob,A1,anna,yes,none,", "inspector"),
        ("r2,2026-03-02,anna,A1,bob,yes,none,", "desk_of"),
        ("r2,2999-03-02,anna,A1,anna,yes,none,", "at"),
        ("r2,2026-03-02,anna,A1,anna,yes,open,", "screen_locked"),
        ("r2,2026-03-02,anna,,anna,yes,no,", "place"),
    ],
)
def test_what_cannot_be_is_refused(row: str, field: str) -> None:
    take_in("people", PEOPLE)
    with pytest.raises(Problem) as raised:
        take_in("inspections", f"{HEADER}{FINE}{row}\n")
    assert (raised.value.line, raised.value.field) == (3, field)

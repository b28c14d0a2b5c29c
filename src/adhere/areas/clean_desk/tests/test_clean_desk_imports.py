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


DESKS = "place,floor,desk_of,since,until\nA1,1,anna,2024-01-08,\n"


def test_where_there_is_a_register_an_unknown_desk_is_refused_with_the_way_out() -> None:
    take_in("people", PEOPLE)
    take_in("workplaces", DESKS)
    with pytest.raises(Problem) as raised:
        take_in("inspections", HEADER + FINE.replace("A1", "A2"))
    assert raised.value.message == "no workplace is registered as “A2”"
    assert raised.value.expected == (
        "a registered workplace; nearest is “A1”; or register it first, on the page Workplaces "
        "or by import"
    )


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [
        ("workplaces", DESKS + "A2,1,bob,2024-01-08,\n", "desk_of"),
        ("workplaces", DESKS + "A2,1,,2024-01-08,2024-01-07\n", "until"),
        ("rounds", "floor,day,inspector,outcome\n1,2026-03-02,bob,held\n", "inspector"),
        ("rounds", "floor,day,inspector,outcome\n1,2999-03-02,anna,held\n", "day"),
        ("rounds", "floor,day,inspector,outcome\n1,2026-03-02,anna,skipped\n", "reason"),
        ("inspections", HEADER.replace("note", "found") + FINE[:-1] + "papers\n", "found"),
        ("inspections", HEADER.replace("note", "found") + FINE[:-1] + "cake\n", "found"),
    ],
)
def test_what_contradicts_itself_is_refused(kind: str, text: str, field: str) -> None:
    take_in("people", PEOPLE)
    with pytest.raises(Problem) as raised:
        take_in(kind, text)
    assert raised.value.field == field

"""People as facts: their import, its rules, and the current list kept from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from adhere.core import checking, columns
from adhere.core.areas import FactKind
from adhere.core.models import Person, PersonRecord
from adhere.core.models.facts import Fact
from adhere.errors import Problem, nearest

Rows = Sequence[tuple[int, dict[str, Any]]]
LANGUAGES = ("en", "nl", "fr", "de")
_FIELDS = ("name", "email", "role", "supervisor", "teams", "joined", "left", "language")


def validate(rows: Rows, at: datetime) -> None:
    """Nobody leaves before joining; a supervisor is somebody known, not oneself, without rings."""
    known = dict(Person.objects.values_list("id", "supervisor"))
    known.update({row["key"]: row["supervisor"] for _, row in rows})
    for line, row in rows:
        if row["left"] and row["left"] < row["joined"]:
            raise Problem(
                f"left on {row['left']}, before joining on {row['joined']}",
                line=line,
                field="left",
                expected="the last day at work, on or after joined",
            )
        if row["supervisor"]:
            _validate_supervisor(line, row, known)


def _validate_supervisor(line: int, row: dict[str, Any], known: dict[str, str]) -> None:
    supervisor = row["supervisor"]
    if supervisor == row["key"]:
        raise Problem(
            f"{row['key']} is their own supervisor",
            line=line,
            field="supervisor",
            expected="the id of somebody else, or nothing",
        )
    if supervisor not in known:
        raise Problem(
            f"nobody has the id “{supervisor}”",
            line=line,
            field="supervisor",
            expected=f"the id of a person in this file or known; {nearest(supervisor, known)}",
        )
    seen = {row["key"]}
    while supervisor:
        if supervisor in seen:
            raise Problem(
                f"the supervisors of {row['key']} lead back to {supervisor}",
                line=line,
                field="supervisor",
                expected="a line of supervisors that ends",
            )
        seen.add(supervisor)
        supervisor = known.get(supervisor, "")


def keep_current(facts: Sequence[Fact]) -> None:
    """Bring the current list of people up to the newest records."""
    records = cast("Sequence[PersonRecord]", facts)
    people = [
        Person(id=record.key, **{name: getattr(record, name) for name in _FIELDS})
        for record in records
    ]
    Person.objects.bulk_create(
        people,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(_FIELDS),
        batch_size=500,
    )


PEOPLE = FactKind(
    name="people",
    model=PersonRecord,
    row=checking.Person,
    columns=(
        columns.text("id", field="key"),
        columns.text("name"),
        columns.text("email", required=False),
        columns.choice("kind", "employee", "contractor", field="role"),
        columns.text("supervisor", required=False),
        columns.several("teams"),
        columns.day("joined"),
        columns.day("left", required=False),
        columns.choice("language", *LANGUAGES),
    ),
    key=("key",),
    happened="joined",
    person="key",
    validate=validate,
    stored=keep_current,
)

"""The import kinds of this area, and what each of them refuses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from adhere.areas.clean_desk import facts
from adhere.areas.clean_desk.models import (
    FOUND,
    HELD,
    OUTCOMES,
    SCREENS,
    SKIPPED,
    InspectionRecord,
    RoundRecord,
    WorkplaceRecord,
    current,
)
from adhere.core import columns
from adhere.core.areas import FactKind
from adhere.core.models import Person
from adhere.core.people import require_known
from adhere.core.recording import day_of
from adhere.errors import Problem, nearest

Row = dict[str, Any]
Rows = Sequence[tuple[int, Row]]
ZONE = timezone.get_default_timezone()


def validate_inspections(rows: Rows, at: datetime) -> None:
    """Known people, known workplaces where there is a register; nobody inspects tomorrow."""
    people = set(Person.objects.values_list("id", flat=True))
    places = set(current(WorkplaceRecord).values_list("place", flat=True))
    for line, row in rows:
        require_known(line, row, ("inspector", "desk_of"), people, "a known id")
        if places and row["place"] not in places:
            raise Problem(
                f"no workplace is registered as “{row['place']}”",
                line=line,
                field="place",
                expected=f"a registered workplace; {nearest(row['place'], places)}; "
                "or register it first, on the page Workplaces or by import",
            )
        if row["happened_at"] > at:
            raise Problem(
                f"at {row['happened_at'].astimezone(ZONE):%Y-%m-%d %H:%M}, which is still to come",
                line=line,
                field="at",
                expected="a time that has been",
            )
        _validate_found(line, row)


def _validate_found(line: int, row: Row) -> None:
    """What lay open is known by name, and only where the desk was not clear."""
    unknown = [each for each in row.get("found") or () if each not in FOUND]
    if unknown:
        raise Problem(
            f"“{unknown[0]}” is nothing that lies open",
            line=line,
            field="found",
            expected=" or ".join(FOUND),
        )
    if row.get("found") and row["desk_clear"]:
        raise Problem(
            f"the desk was clear, yet {' and '.join(row['found'])} lay open",
            line=line,
            field="found",
            expected="nothing, or desk_clear “no”",
        )


def validate_workplaces(rows: Rows, at: datetime) -> None:
    """Known people; a workplace is not given up before it is used."""
    people = set(Person.objects.values_list("id", flat=True))
    for line, row in rows:
        require_known(line, row, ("desk_of",), people, "a known id")
        if row["until"] and row["until"] < row["since"]:
            raise Problem(
                f"in use until {row['until']}, before its first day {row['since']}",
                line=line,
                field="until",
                expected="a day on or after since, or nothing while it is in use",
            )


def validate_rounds(rows: Rows, at: datetime) -> None:
    """Known inspectors; what is skipped has a reason; nobody has walked tomorrow."""
    people = set(Person.objects.values_list("id", flat=True))
    today = day_of(at)
    for line, row in rows:
        require_known(line, row, ("inspector",), people, "a known id")
        if row["outcome"] == SKIPPED and not row["reason"]:
            raise Problem(
                "a round was skipped without a reason",
                line=line,
                field="reason",
                expected="why it was skipped, in a few words",
            )
        if row["outcome"] == HELD and row["day"] > today:
            raise Problem(
                f"held on {row['day']}, which is still to come",
                line=line,
                field="day",
                expected=f"{today} or earlier",
            )


INSPECTIONS = FactKind(
    name=facts.Inspection.kind,
    model=InspectionRecord,
    row=facts.Inspection,
    columns=(
        columns.text("id", field="key"),
        columns.moment("at", ZONE, field="happened_at"),
        columns.text("inspector"),
        columns.text("place"),
        columns.text("desk_of", required=False),
        columns.yes_no("desk_clear"),
        columns.choice("screen_locked", *SCREENS),
        columns.text("note", required=False),
        columns.several("found"),
    ),
    key=("key",),
    happened="happened_at",
    person="desk_of",
    validate=validate_inspections,
)
WORKPLACES = FactKind(
    name=facts.Workplace.kind,
    model=WorkplaceRecord,
    row=facts.Workplace,
    columns=(
        columns.text("place"),
        columns.text("floor"),
        columns.text("desk_of", required=False),
        columns.day("since"),
        columns.day("until", required=False),
    ),
    key=("place",),
    happened="since",
    person="desk_of",
    validate=validate_workplaces,
)
ROUNDS = FactKind(
    name=facts.Round.kind,
    model=RoundRecord,
    row=facts.Round,
    columns=(
        columns.text("floor"),
        columns.day("day"),
        columns.text("inspector"),
        columns.choice("outcome", *OUTCOMES),
        columns.several("unseen"),
        columns.text("reason", required=False),
    ),
    key=("floor", "day"),
    happened="day",
    validate=validate_rounds,
)

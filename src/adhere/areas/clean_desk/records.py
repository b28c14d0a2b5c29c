"""The import of inspections: known people, nothing still to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from adhere.areas.clean_desk import facts
from adhere.areas.clean_desk.models import InspectionRecord
from adhere.core import columns
from adhere.core.areas import FactKind
from adhere.core.models import Person
from adhere.errors import Problem, nearest

Rows = Sequence[tuple[int, dict[str, Any]]]
ZONE = timezone.get_default_timezone()


def validate(rows: Rows, at: datetime) -> None:
    """Known people; nobody inspects tomorrow."""
    people = set(Person.objects.values_list("id", flat=True))
    for line, row in rows:
        for field in ("inspector", "desk_of"):
            if row[field] and row[field] not in people:
                raise Problem(
                    f"nobody has the id “{row[field]}”",
                    line=line,
                    field=field,
                    expected=f"a known id; {nearest(row[field], people)}",
                )
        if row["happened_at"] > at:
            raise Problem(
                f"at {row['happened_at'].astimezone(ZONE):%Y-%m-%d %H:%M}, which is still to come",
                line=line,
                field="at",
                expected="a time that has been",
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
        columns.choice("screen_locked", "yes", "no", "none"),
        columns.text("note", required=False),
    ),
    key=("key",),
    happened="happened_at",
    person="desk_of",
    validate=validate,
)

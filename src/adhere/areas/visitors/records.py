"""The import of visits: known people, sign-out after sign-in, each badge with one visitor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from adhere.areas.visitors import facts
from adhere.areas.visitors.models import VisitRecord, visits
from adhere.core import columns
from adhere.core.areas import FactKind
from adhere.core.models import Person
from adhere.core.people import require_known
from adhere.errors import Problem

Row = dict[str, Any]
Rows = Sequence[tuple[int, Row]]
ZONE = timezone.get_default_timezone()
OPEN = datetime.max.replace(tzinfo=UTC)


def validate(rows: Rows, at: datetime) -> None:
    """Nobody unknown, nobody out before in, no badge with two visitors at a time."""
    people = set(Person.objects.values_list("id", flat=True))
    for line, row in rows:
        require_known(line, row, ("host", "accompanied_by"), people)
        _validate_times(line, row, at)
    _validate_badges(rows)


def _validate_times(line: int, row: Row, at: datetime) -> None:
    for field in ("arrived_at", "left_at"):
        if row[field] and row[field] > at:
            raise Problem(
                f"at {_words(row[field])}, which is still to come",
                line=line,
                field=field,
                expected="a time that has been; a visit to come is announced on its page",
            )
    if row["left_at"] and row["left_at"] < row["arrived_at"]:
        raise Problem(
            f"left at {_words(row['left_at'])}, before arriving",
            line=line,
            field="left_at",
            expected=f"{_words(row['arrived_at'])} or later, or nothing while inside",
        )


def _validate_badges(rows: Rows) -> None:
    """No badge is worn twice at one time, neither in the file nor beside what is known."""
    badges = {row["badge"] for _, row in rows if row["badge"]}
    mine = {row["key"] for _, row in rows}
    spans: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
    if badges:
        known = visits().filter(badge__in=badges)
        for each in known.values("key", "badge", "arrived_at", "left_at"):
            if each["key"] not in mine:
                spans[each["badge"]].append(_span(each))
    for line, row in rows:
        if not row["badge"]:
            continue
        start, end, _ = _span(row)
        for other_start, other_end, key in spans[row["badge"]]:
            if key != row["key"] and start < other_end and other_start < end:
                raise Problem(
                    f"badge “{row['badge']}” is with visit “{key}” at that time",
                    line=line,
                    field="badge",
                    expected="a badge that is free, or the other visit's end first",
                )
        spans[row["badge"]].append(_span(row))


def _span(row: Row) -> tuple[datetime, datetime, str]:
    return row["arrived_at"], row["left_at"] or OPEN, row["key"]


def _words(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"


VISITS = FactKind(
    name=facts.Visit.kind,
    model=VisitRecord,
    row=facts.Visit,
    columns=(
        columns.text("id", field="key"),
        columns.text("visitor"),
        columns.text("company", required=False),
        columns.text("host", required=False),
        columns.moment("arrived_at", ZONE),
        columns.moment("left_at", ZONE, required=False),
        columns.yes_no("registered"),
        columns.text("accompanied_by", required=False),
        columns.text("badge", required=False),
        columns.yes_no("badge_returned", required=False),
    ),
    key=("key",),
    happened="arrived_at",
    validate=validate,
)

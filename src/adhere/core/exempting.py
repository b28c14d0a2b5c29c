"""Exemptions: who may consent to them, their import, and those in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from adhere.core import columns, judging
from adhere.core.areas import FactKind, areas
from adhere.core.models import Exemption, Person, PersonRecord
from adhere.core.policies import clause_ids, resolve_clause
from adhere.errors import Problem, nearest

Rows = Sequence[tuple[int, dict[str, Any]]]
SECURITY = "security"


def may_grant(person: str, at: datetime) -> bool:
    """Whether somebody was of the security team at a moment, as known now."""
    record = PersonRecord.objects.filter(key=person, superseded_by=None, retracted=False).first()
    if record is None:
        return False
    day = timezone.localdate(at)
    served = record.joined <= day and (record.left is None or day <= record.left)
    return served and SECURITY in record.teams


def validate(rows: Rows, at: datetime) -> None:
    """Reason, end, and consent of a security team member who is neither requester nor subject."""
    people = set(Person.objects.values_list("id", flat=True))
    subjects = people | {
        subject.id for area in areas() if area.subjects for subject in area.subjects()
    }
    known = clause_ids()
    for line, row in rows:
        row["clause"] = resolve_clause(row["clause"], known, line)
        row["subject"] = row["subject"].removeprefix("person:")
        _validate_people(line, row, people, subjects)
        _validate_times(line, row)
        _validate_consent(line, row)


def _validate_people(line: int, row: dict[str, Any], people: set[str], subjects: set[str]) -> None:
    for field, allowed in (("subject", subjects), ("requested_by", people), ("granted_by", people)):
        if row[field] not in allowed:
            raise Problem(
                f"nothing known has the id “{row[field]}”",
                line=line,
                field=field,
                expected=f"a known id; {nearest(row[field], allowed)}",
            )


def _validate_times(line: int, row: dict[str, Any]) -> None:
    if row["until"] < row["start"]:
        raise Problem(
            f"ends on {row['until']}, before it starts on {row['start']}",
            line=line,
            field="until",
            expected="a day on or after from",
        )
    if row["granted_at"] < row["requested_at"]:
        raise Problem(
            "granted before it was requested",
            line=line,
            field="granted_at",
            expected="a time on or after requested_at",
        )


def _validate_consent(line: int, row: dict[str, Any]) -> None:
    granter = row["granted_by"]
    if granter in {row["requested_by"], row["subject"]}:
        role = "requester" if granter == row["requested_by"] else "subject"
        raise Problem(
            f"{granter} is the {role} and cannot consent",
            line=line,
            field="granted_by",
            expected="another member of the security team",
        )
    if not may_grant(granter, row["granted_at"]):
        raise Problem(
            f"{granter} was not of the security team on that day",
            line=line,
            field="granted_by",
            expected="a member of the team “security”",
        )


EXEMPTIONS = FactKind(
    name="exemptions",
    model=Exemption,
    row=judging.Exemption,
    columns=(
        columns.text("id", field="key"),
        columns.text("clause"),
        columns.text("subject"),
        columns.text("reason"),
        columns.text("requested_by"),
        columns.moment("requested_at", timezone.get_default_timezone()),
        columns.text("granted_by"),
        columns.moment("granted_at", timezone.get_default_timezone()),
        columns.day("from", field="start"),
        columns.day("until"),
    ),
    key=("key",),
    happened="granted_at",
    person="subject",
    validate=validate,
)

"""Exemptions: who may consent to them, their import, and those in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from adhere.core import columns, judging
from adhere.core.areas import FactKind, areas
from adhere.core.models import Exemption, Person, PersonRecord, Request
from adhere.core.policies import clause_ids, consents_for, resolve_clause
from adhere.core.recording import day_of
from adhere.errors import Problem, nearest

Rows = Sequence[tuple[int, dict[str, Any]]]
SECURITY = "security"
COMPANY = "company"


def may_grant(person: str, at: datetime) -> bool:
    """Whether somebody worked here and was of the security team at a moment.

    Teams count as they were recorded then; before the first record of a person, as that says.
    So a consent given while of the team stays one after leaving it.
    """
    records = list(PersonRecord.objects.filter(key=person).order_by("recorded_at", "pk"))
    if not records or records[-1].retracted:
        return False
    newest, day = records[-1], day_of(at)
    then = [each for each in records if each.recorded_at <= at]
    served = newest.joined <= day and (newest.left is None or day <= newest.left)
    return served and SECURITY in (then[-1] if then else records[0]).teams


def validate(rows: Rows, at: datetime) -> None:
    """Reason, end, and consent of a security team member who is neither requester nor subject.

    Of two where the clause says so. The id of a request belongs to what that request gave.
    """
    people = set(Person.objects.values_list("id", flat=True))
    subjects = {COMPANY} | people
    subjects |= {each.id for area in areas() if area.subjects for each in area.subjects()}
    clauses = clause_ids()
    known = _known(rows)
    for line, row in rows:
        row["clause"] = resolve_clause(row["clause"], clauses, line)
        row["subject"] = row["subject"].removeprefix("person:")
        if known.get(row["key"]) != row:  # what was consented to stays so when read again
            _validate_key(line, row["key"])
            _validate_people(line, row, people, subjects)
            _validate_times(line, row)
            _validate_consent(line, row)


def _known(rows: Rows) -> dict[str, dict[str, Any]]:
    names = [column.field for column in EXEMPTIONS.columns]
    keys = [row["key"] for _, row in rows]
    found = {}
    for start in range(0, len(keys), 500):
        part = Exemption.objects.filter(
            key__in=keys[start : start + 500], superseded_by=None, retracted=False
        )
        found.update({row["key"]: row for row in part.values(*names)})
    return found


def _validate_key(line: int, key: str) -> None:
    request, dash, _ = key.partition("-")
    if dash and Request.objects.filter(key=request).exists():
        raise Problem(
            f"“{key}” belongs to request {request}",
            line=line,
            field="id",
            expected="an id of its own; what was requested is decided there",
        )


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
    if day_of(row["granted_at"]) > timezone.localdate():
        raise Problem(
            f"granted on {day_of(row['granted_at'])}, which is still to come",
            line=line,
            field="granted_at",
            expected=f"{timezone.localdate()} or earlier",
        )
    if row["granted_at"] < row["requested_at"]:
        raise Problem(
            "granted before it was requested",
            line=line,
            field="granted_at",
            expected="a time on or after requested_at",
        )


def _validate_consent(line: int, row: dict[str, Any]) -> None:
    if not row["reason"].strip():
        raise Problem("nothing here", line=line, field="reason", expected="why it is needed")
    _validate_granter(line, row, "granted_by")
    if row.get("also_granted_by"):
        _validate_granter(line, row, "also_granted_by")
        if row["also_granted_by"] == row["granted_by"]:
            raise Problem(
                f"{row['granted_by']} stands here twice",
                line=line,
                field="also_granted_by",
                expected="a second member of the security team",
            )
    elif consents_for([row["clause"]]) > 1:
        raise Problem(
            f"{row['clause']} takes the consent of two persons",
            line=line,
            field="also_granted_by",
            expected="a second member of the security team",
        )


def _validate_granter(line: int, row: dict[str, Any], field: str) -> None:
    granter = row[field]
    if granter in {row["requested_by"], row["subject"]}:
        role = "requester" if granter == row["requested_by"] else "subject"
        raise Problem(
            f"{granter} is the {role} and cannot consent",
            line=line,
            field=field,
            expected="another member of the security team",
        )
    if not may_grant(granter, row["granted_at"]):
        raise Problem(
            f"{granter} was not of the security team on that day",
            line=line,
            field=field,
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
        columns.text("also_granted_by", required=False),
    ),
    key=("key",),
    # Its days are those it names, also where consent was written down later: ``--known``
    # says what was recorded when.
    happened="start",
    person="subject",
    validate=validate,
)

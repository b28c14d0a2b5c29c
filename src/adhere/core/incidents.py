"""Incidents: their kinds, the rules of their import, and how one is reported."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from adhere.core import columns, rows
from adhere.core.areas import FactKind
from adhere.core.models import Incident, IncidentEvent, Person
from adhere.core.people import require_known
from adhere.core.policies import clause_ids, resolve_clause
from adhere.core.recording import Origin, make_entry, record, retract
from adhere.errors import Problem

Rows = Sequence[tuple[int, dict[str, Any]]]
ZONE = timezone.get_default_timezone()
SORTS: Final = (
    "unrecognised-person",
    "prohibited-activity",
    "crash",
    "lost-device",
    "data-exposure",
    "other",
)
# What became of speaking to somebody unrecognised: a fitting answer, none, or nobody spoke.
ANSWERS: Final = ("answered", "unanswered", "not-challenged")
SEVERITIES: Final = ("low", "medium", "high", "critical")
_AFTERWARDS: Final = (
    "supervisor_notified_at",
    "security_notified_at",
    "closed_at",
    "subject_told_at",
)


def validate(found: Rows, at: datetime) -> None:
    """Known people and clauses; nothing before it happened, nothing still to come."""
    people = set(Person.objects.values_list("id", flat=True))
    clauses = clause_ids()
    for line, row in found:
        row["subject"] = row["subject"].removeprefix("person:")
        require_known(line, row, ("reporter", "subject"), people)
        if row["clause"]:
            row["clause"] = resolve_clause(row["clause"], clauses, line)
        _validate_times(line, row, at)


def _validate_times(line: int, row: Mapping[str, Any], at: datetime) -> None:
    began = row["happened_at"]
    for name in ("happened_at", *_AFTERWARDS):
        moment = row[name]
        field = "at" if name == "happened_at" else name
        if moment and moment > at:
            raise Problem(
                f"on {moment.astimezone(ZONE):%Y-%m-%d %H:%M}, which is still to come",
                line=line,
                field=field,
                expected="a time that has been",
            )
        if moment and moment < began:
            raise Problem(
                f"{name} is before the incident itself",
                line=line,
                field=field,
                expected=f"{began.astimezone(ZONE):%Y-%m-%d %H:%M} or later",
            )


INCIDENTS = FactKind(
    name=rows.Incident.kind,
    model=Incident,
    row=rows.Incident,
    columns=(
        columns.text("id", field="key"),
        columns.choice("kind", *SORTS, field="sort"),
        columns.moment("at", ZONE, field="happened_at"),
        columns.text("reporter", required=False),
        columns.text("subject", required=False),
        columns.text("clause", required=False),
        columns.text("description", required=False),
        columns.moment("supervisor_notified_at", ZONE, required=False),
        columns.moment("security_notified_at", ZONE, required=False),
        columns.moment("closed_at", ZONE, required=False),
        columns.text("place", required=False),
        columns.choice("answer", *ANSWERS, required=False),
        columns.choice("severity", *SEVERITIES, required=False),
        columns.text("action", required=False),
        columns.moment("subject_told_at", ZONE, required=False),
    ),
    key=("key",),
    happened="happened_at",
    person="subject",
    validate=validate,
)

BLANK: Final = {each.field: each.blank for each in INCIDENTS.columns if not each.required}


@transaction.atomic
def report(sort: str, origin: Origin, **known: Any) -> Incident:
    """Record a new incident with the first line of its timeline. ``known`` are model fields."""
    at = origin.at or timezone.now()
    row = BLANK | {"key": secrets.token_hex(6), "sort": sort, "happened_at": at} | known
    validate([(0, row)], at)
    record(INCIDENTS, [row], origin)
    note(row["key"], "reported", origin, row["description"])
    return newest(row["key"])


@transaction.atomic
def change(key: str, event: str, origin: Origin, text: str = "", **changed: Any) -> Incident:
    """Record that an incident is known otherwise now, and say so in its timeline."""
    at = origin.at or timezone.now()
    known = newest(key)
    row = _row(known)
    if changed:
        record(INCIDENTS, [row | _validated(row, changed, at)], origin)
    note(key, event, origin, text)
    return newest(key)


def _row(known: Incident) -> dict[str, Any]:
    return {each.field: getattr(known, each.field) for each in INCIDENTS.columns}


def _validated(row: Mapping[str, Any], changed: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What stays as it was may name somebody who was erased, or a clause that is no more."""
    kept = dict.fromkeys({"reporter", "subject", "clause"} - changed.keys(), "")
    looked = {**row, **changed, **kept}
    validate([(0, looked)], at)
    return {name: looked[name] for name in changed}


@transaction.atomic
def unfound(key: str, origin: Origin, reason: str) -> None:
    """Take an incident back: nothing was wrong after all. Its timeline stays."""
    note(key, "unfounded", origin, reason)
    retract(INCIDENTS, [key], origin)


@transaction.atomic
def restore(key: str, origin: Origin, reason: str) -> Incident:
    """Take up again what was closed or taken back."""
    known = _latest(key)
    if known is None or not (known.retracted or known.closed_at):
        raise Problem(f"incident “{key}” is open", expected="one that was closed")
    record(INCIDENTS, [_row(known) | {"closed_at": None}], origin)
    note(key, "reopened", origin, reason)
    return newest(key)


def note(key: str, event: str, origin: Origin, text: str = "") -> IncidentEvent:
    """Add a line to an incident's timeline."""
    at = origin.at or timezone.now()
    line = {"incident": key, "at": at, "by": origin.recorder, "kind": event, "text": text}
    entry = make_entry("incident-events", line, newest(key).subject, at)
    entry.save()
    made = IncidentEvent(entry=entry, **line)
    made.save()
    return made


def newest(key: str) -> Incident:
    """An incident as known now; a ``Problem`` where there is none."""
    found = _latest(key)
    if found is None or found.retracted:
        raise Problem(f"there is no incident “{key}”", expected="the id of an incident")
    return found


def _latest(key: str) -> Incident | None:
    return Incident.objects.filter(key=key, superseded_by=None).first()

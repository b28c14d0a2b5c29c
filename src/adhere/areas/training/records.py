"""The import kinds of this area, and what each of them refuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from adhere.areas.training import facts
from adhere.areas.training.models import (
    ATTENDED,
    OUTCOMES,
    REASONS,
    Absence,
    Attendance,
    TrainingSession,
    current,
)
from adhere.core import columns
from adhere.core.areas import FactKind
from adhere.core.models import Person
from adhere.errors import Problem, nearest

Row = dict[str, Any]
Rows = Sequence[tuple[int, Row]]
ZONE = timezone.get_default_timezone()


def validate_sessions(rows: Rows, at: datetime) -> None:
    """A session ends after it starts, on the same or the next day; blank keeps a cancellation."""
    known = _in_parts(TrainingSession, "key", [row["key"] for _, row in rows])
    cancelled = {session.key for session in known if session.cancelled}
    held = held_sessions([session.key for session in known])
    for line, row in rows:
        if row["cancelled"] is None:
            row["cancelled"] = row["key"] in cancelled
        if row["ends_at"] <= row["starts_at"]:
            raise Problem(
                f"session “{row['key']}” ends before it starts",
                line=line,
                field="ends_at",
                expected="a time after starts_at",
            )
        if (row["ends_at"] - row["starts_at"]).total_seconds() > 86_400:
            raise Problem(
                f"session “{row['key']}” lasts longer than a day",
                line=line,
                field="ends_at",
                expected="one session for each day",
            )
        if row["key"] in held and (row["cancelled"] or row["starts_at"] > at):
            raise Problem(
                f"people attended session “{row['key']}”, so it took place",
                line=line,
                field="cancelled" if row["cancelled"] else "starts_at",
                expected="attendance to be corrected first",
            )


def held_sessions(sessions: Iterable[str]) -> set[str]:
    """Those of the sessions that somebody is recorded to have attended."""
    rows = _in_parts(Attendance, "session", sessions)
    return {row.session for row in rows if row.outcome == ATTENDED}


def validate_attendance(rows: Rows, at: datetime) -> None:
    """Known session and person; not before the session's day, nor of who did not work here."""
    sessions = {
        each.key: each
        for each in _in_parts(TrainingSession, "key", [row["session"] for _, row in rows])
    }
    people = _people([row["person"] for _, row in rows])
    for line, row in rows:
        session = sessions.get(row["session"])
        if session is None:
            raise _unknown(line, "session", row, current(TrainingSession), "key")
        person = people.get(row["person"])
        if person is None:
            raise _unknown(line, "person", row, Person.objects.all(), "pk")
        row["at"] = row["at"] or session.starts_at
        _validate_session(line, row, session, at)
        _validate_person(line, row, session, person)


def _validate_session(line: int, row: Row, session: TrainingSession, at: datetime) -> None:
    day = _day(session.starts_at)
    if session.cancelled and row["outcome"] == "attended":
        raise Problem(
            f"session “{session.key}” was cancelled",
            line=line,
            field="session",
            expected="a session that took place",
        )
    if _day(row["at"]) < day and row["outcome"] != "excused":
        raise Problem(
            f"on {_day(row['at'])}, before session “{session.key}” of {day}",
            line=line,
            field="at",
            expected=f"{day} or later",
        )
    if row["outcome"] != "excused" and _day(row["at"]) > _day(at) >= day:
        raise Problem(
            f"on {_day(row['at'])}, which is still to come",
            line=line,
            field="at",
            expected=f"{_day(at)} or earlier",
        )
    if row["outcome"] != "excused" and _day(at) < day:
        raise Problem(
            f"session “{session.key}” is only on {day}",
            line=line,
            field="session",
            expected="a session that has begun",
        )


def _validate_person(line: int, row: Row, session: TrainingSession, person: Person) -> None:
    day = _day(session.starts_at)
    if day < person.joined:
        message = f"{person.pk} joined on {person.joined}, after session “{session.key}” of {day}"
    elif person.left and person.left < day:
        message = f"{person.pk} left on {person.left}, before session “{session.key}” of {day}"
    else:
        return
    expected = "somebody who worked here on the day of the session"
    raise Problem(message, line=line, field="person", expected=expected)


def validate_absences(rows: Rows, at: datetime) -> None:
    """Known person; ends on or after its first day; not over another absence of the same person."""
    people = _people([row["person"] for _, row in rows])
    spans: dict[str, dict[date, date]] = {}
    for each in _in_parts(Absence, "person", list(people)):
        spans.setdefault(each.person, {})[each.start] = each.until or date.max
    for _, row in rows:
        spans.setdefault(row["person"], {})[row["start"]] = row["until"] or date.max
    for line, row in rows:
        if row["person"] not in people:
            raise _unknown(line, "person", row, Person.objects.all(), "pk")
        until = row["until"] or date.max
        if until < row["start"]:
            raise Problem(
                f"ends on {until}, before it starts on {row['start']}",
                line=line,
                field="until",
                expected="a day on or after from, or nothing while the end is open",
            )
        _validate_apart(line, row, spans[row["person"]], until)


def _validate_apart(line: int, row: Row, spans: Mapping[date, date], until: date) -> None:
    for start, last in spans.items():
        if start != row["start"] and start <= until and row["start"] <= last:
            raise Problem(
                f"{row['person']} is already away from {start}",
                line=line,
                field="from",
                expected="days that no other absence of the person holds",
            )


def _unknown(line: int, field: str, row: Row, known: Any, name: str) -> Problem:
    names = list(known.values_list(name, flat=True)[:10_000])
    hint = nearest(row[field], names) if names else "none is recorded yet"
    return Problem(
        f"no {field} has the id “{row[field]}”",
        line=line,
        field=field,
        expected=f"the id of a known {field}; {hint}",
    )


def _people(ids: Iterable[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 500):
        found.update(Person.objects.in_bulk(wanted[start : start + 500]))
    return found


def _in_parts(model: Any, field: str, values: Iterable[str]) -> list[Any]:
    wanted = sorted(set(values))
    found: list[Any] = []
    for start in range(0, len(wanted), 500):
        found += current(model).filter(**{f"{field}__in": wanted[start : start + 500]})
    return found


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


SESSIONS = FactKind(
    name=facts.Session.kind,
    model=TrainingSession,
    row=facts.Session,
    columns=(
        columns.text("id", field="key"),
        columns.text("programme"),
        columns.text("title"),
        columns.moment("starts_at", ZONE),
        columns.moment("ends_at", ZONE),
        columns.yes_no("cancelled", required=False),
    ),
    key=("key",),
    happened="starts_at",
    validate=validate_sessions,
)
ATTENDANCE = FactKind(
    name=facts.Attendance.kind,
    model=Attendance,
    row=facts.Attendance,
    columns=(
        columns.text("session"),
        columns.text("person"),
        columns.choice("outcome", *OUTCOMES),
        columns.moment("at", ZONE, required=False),
    ),
    key=("session", "person"),
    happened="at",
    person="person",
    validate=validate_attendance,
)
ABSENCES = FactKind(
    name=facts.Absence.kind,
    model=Absence,
    row=facts.Absence,
    columns=(
        columns.text("person"),
        columns.day("from", field="start"),
        columns.day("until", required=False),
        columns.choice("reason", *REASONS, required=False),
    ),
    key=("person", "start"),
    happened="start",
    person="person",
    validate=validate_absences,
)

"""The list of incidents."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from adhere.areas.incidents import people
from adhere.areas.incidents.timeline import Course, course_of, lines_by_incident
from adhere.areas.incidents.words import SEVERITIES, SORTS, STATES
from adhere.console.lists import Column, Empty, Filter, Listing
from adhere.core.models import Incident, IncidentEvent

_COLOURS = {"new": "state-not-satisfied", "taken": "state-unknown", "closed": "state-satisfied"}


def state_of(incident: Incident, course: Course) -> str:
    """new, taken, closed or unfounded."""
    if incident.retracted:
        return "unfounded"
    if incident.closed_at:
        return "closed"
    return "taken" if course.holder else "new"


def badge(state: str) -> str:
    """A state as a badge."""
    return format_html('<span class="badge {}">{}</span>', _COLOURS.get(state, ""), STATES[state])


def _prepare(rows: list[Any]) -> None:
    keys = [row.key for row in rows]
    lines = lines_by_incident(list(IncidentEvent.objects.filter(incident__in=keys)))
    courses = {row.key: course_of(lines.get(row.key, [])) for row in rows}
    ids = {each for row in rows for each in (row.reporter, row.subject, courses[row.key].holder)}
    known = people.names(ids)
    for row in rows:
        course = courses[row.key]
        row.state = state_of(row, course)
        row.holder = known.get(course.holder, course.holder)
        row.who = known.get(row.subject, row.subject)
        row.by = known.get(row.reporter, row.reporter)
        waiting = [each for each in course.deadlines if each.met_at is None]
        row.until = waiting[0].until if waiting and row.state != "unfounded" else None


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    lines = IncidentEvent.objects.filter(incident=OuterRef("key"))
    taken = Exists(lines.filter(kind__in=("taken", "assigned")))
    if value == "unfounded":
        return rows.filter(retracted=True)
    rows = rows.filter(retracted=False)
    if value == "closed":
        return rows.exclude(closed_at=None)
    narrowed = {"new": rows.filter(~taken), "taken": rows.filter(taken)}
    return narrowed.get(value, rows).filter(closed_at=None)


def _with_deadline(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    lines = IncidentEvent.objects.filter(incident=OuterRef("key"), kind=value)
    return rows.filter(Exists(lines))


def _word(words: dict[str, str | Promise], name: str) -> Any:
    return lambda row: str(words.get(getattr(row, name), ""))


LISTING = Listing(
    name="incidents",
    columns=(
        Column("sort", _("Kind"), value=_word(SORTS, "sort"), order=("sort",)),
        Column("at", _("When"), "happened_at", order=("happened_at",)),
        Column("state", _("State"), _word(STATES, "state"), show=lambda row: badge(row.state)),
        Column("severity", _("Severity"), _word(SEVERITIES, "severity")),
        Column("place", _("Where"), order=("place",)),
        Column("who", _("About")),
        Column("by", _("Reported by")),
        Column("holder", _("In hand of")),
        Column("until", _("Authorities by")),
        Column("clause", _("Clause"), order=("clause",)),
        Column("description", _("What happened"), wide=True),
        Column("number", _("Number"), "key"),
    ),
    order="-at",
    search=("description", "place", "clause", "key", "reporter", "subject"),
    filters=(
        Filter("state", _("State"), _in_state, lambda: list(STATES.items())),
        Filter("kind", _("Kind"), "sort", lambda: list(SORTS.items())),
        Filter("severity", _("Severity"), "severity", lambda: list(SEVERITIES.items())),
        Filter(
            "mark",
            _("Authorities"),
            _with_deadline,
            lambda: [("significant", "NIS2"), ("personal-data", _("GDPR"))],
        ),
    ),
    link=lambda row: reverse("incidents:incident", args=[row.key]),
    empty=Empty(
        _("No incidents"),
        _("What is reported or detected stands here, with what was done about it."),
        _("Report something"),
        "/incidents/report/",
    ),
    prepare=_prepare,
)

"""What the page of an incident shows of its timeline, its people and its deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adhere.areas.incidents.timeline import MARKS, Course
from adhere.areas.incidents.words import ANSWERS, DUTIES, SEVERITIES, STEPS
from adhere.console.showing import moment
from adhere.core.models import Incident, IncidentEvent

# What somebody reads who only reported it: that it goes on, not what is noted of others.
_OPEN: Final = {"reported", "photo", "told-supervisor", "told-security", "escalated", "taken"} | {
    "closed",
    "reopened",
    "unfounded",
}
_SOON: Final = timedelta(hours=12)


def events(
    lines: Sequence[IncidentEvent], names: Mapping[str, str], *, full: bool
) -> list[dict[str, Any]]:
    """The timeline, oldest first."""
    return [_event(each, names, full=full) for each in lines if full or each.kind in _OPEN]


def _event(line: IncidentEvent, names: Mapping[str, str], *, full: bool) -> dict[str, Any]:
    by = names.get(line.by, line.by)
    text = line.text if full or line.kind == "reported" else ""
    if line.kind == "assigned":
        text = names.get(text, text)
    if line.kind in MARKS:
        aware = parse_datetime(text)
        text = moment(aware) if aware else text
    title = str(STEPS.get(line.kind, line.kind))
    return {"at": line.at, "title": f"{title} · {by}" if by else title, "text": text}


def details(incident: Incident, names: Mapping[str, str]) -> list[tuple[str, Any]]:
    """What is known, in the order in which it matters."""
    told = incident.subject_told_at
    return [
        (_("Severity"), SEVERITIES.get(incident.severity, "")),
        (_("Where"), incident.place),
        (_("When"), incident.happened_at),
        *([(_("Spoken to"), ANSWERS[incident.answer])] if incident.answer else []),
        (_("About"), names.get(incident.subject, incident.subject)),
        *([(_("What caused it"), incident.action)] if incident.action else []),
        *([(_("Told them"), told)] if told else []),
        (_("Reported by"), names.get(incident.reporter, incident.reporter) or _("nobody named")),
        (_("Supervisor told"), incident.supervisor_notified_at),
        (_("Security team told"), incident.security_notified_at),
    ]


def deadlines(course: Course, now: datetime) -> list[dict[str, Any]]:
    """What is owed to authorities, each with the time that is left."""
    return [
        {
            "name": each.duty.name,
            "title": DUTIES[each.duty.name],
            "source": each.duty.source,
            "until": each.until,
            "met_at": each.met_at,
            "left": _left(each.until - now),
            "colour": _colour(each.met_at, each.until, now),
        }
        for each in course.deadlines
    ]


def _colour(met: datetime | None, until: datetime, now: datetime) -> str:
    if met:
        return "state-satisfied" if met <= until else "state-not-satisfied"
    return "state-not-satisfied" if until - now < _SOON else "state-unknown"


def _left(left: timedelta) -> str:
    hours, minutes = divmod(abs(int(left.total_seconds())) // 60, 60)
    count = hours or minutes
    if left < timedelta(0):
        late = (
            ngettext("%d hour late", "%d hours late", count)
            if hours
            else ngettext("%d minute late", "%d minutes late", count)
        )
        return late % count
    rest = (
        ngettext("%d hour left", "%d hours left", count)
        if hours
        else ngettext("%d minute left", "%d minutes left", count)
    )
    return rest % count

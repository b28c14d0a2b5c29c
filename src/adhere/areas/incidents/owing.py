"""What incidents ask of a person: to take a report, to tell an authority, to confirm a notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from adhere.areas.incidents.timeline import MARKS, course_of, lines_by_incident
from adhere.areas.incidents.words import DUTIES, SORTS
from adhere.core.areas import Task
from adhere.core.models import Incident, IncidentEvent, Person
from adhere.core.recording import day_of


def tasks(person: str, day: date) -> Iterator[Task]:
    """What is open for a person in incidents."""
    known = Person.objects.filter(pk=person).first()
    if known is None:
        return
    teams = set(known.teams)
    yield from _to_confirm(person, day)
    yield from _to_take(person, day, everything="security" in teams)
    if teams & {"security", "data-protection"}:
        yield from _to_tell(teams)


def _open() -> Q:
    return Q(superseded_by=None, retracted=False, closed_at=None)


def _lines(*kinds: str) -> Exists:
    return Exists(IncidentEvent.objects.filter(incident=OuterRef("key"), kind__in=kinds))


def _to_confirm(person: str, day: date) -> Iterator[Task]:
    asked = Incident.objects.filter(
        _lines("subject-told"),
        subject=person,
        subject_told_at=None,
        superseded_by=None,
        retracted=False,
    )
    for each in asked:
        yield Task(
            pgettext("task", "Confirm that you were told of a system crash"),
            pgettext("task", "The security team wrote to you about it."),
            day,
            reverse("incidents:told", args=[each.key]),
        )


def _to_take(person: str, day: date, *, everything: bool) -> Iterator[Task]:
    """Reports nobody has taken; a supervisor is asked for those of the own people."""
    staff = Person.objects.filter(supervisor=person).values("pk")
    rows = Incident.objects.filter(_open(), _lines("reported"), ~_lines("taken", "assigned"))
    mine = rows if everything else rows.filter(reporter__in=staff)
    for each in mine.exclude(subject=person).order_by("happened_at"):
        when = date_format(timezone.localtime(each.happened_at), gettext("j F Y, H:i"))
        place = f", {each.place}" if each.place else ""
        yield Task(
            pgettext("task", "Take in hand: %(what)s") % {"what": SORTS[each.sort]},
            pgettext("task", "Reported for %(when)s") % {"when": when} + place,
            day,
            reverse("incidents:incident", args=[each.key]),
        )


def _to_tell(teams: set[str]) -> Iterator[Task]:
    """Deadlines towards authorities that nobody has met yet."""
    marked = list(
        IncidentEvent.objects.filter(kind__in=MARKS).values_list("incident", flat=True).distinct()
    )
    if not marked:
        return
    live = Incident.objects.filter(key__in=marked, superseded_by=None, retracted=False)
    keys = set(live.values_list("key", flat=True))
    lines = lines_by_incident(list(IncidentEvent.objects.filter(incident__in=keys)))
    for key in sorted(keys):
        for each in course_of(lines[key]).deadlines:
            data_only = each.duty.mark == "personal-data"
            if each.met_at or (not data_only and "security" not in teams):
                continue
            until = date_format(timezone.localtime(each.until), gettext("j F Y, H:i"))
            yield Task(
                str(DUTIES[each.duty.name]),
                pgettext("task", "%(law)s: by %(until)s")
                % {"law": each.duty.source, "until": until},
                day_of(each.until),
                reverse("incidents:incident", args=[key]),
            )

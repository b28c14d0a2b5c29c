"""Who is to hear of an incident."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from adhere.core.models import Incident, Person


def at_work(day: date | None = None) -> QuerySet[Person]:
    """Everybody who works here on a day."""
    day = day or timezone.localdate()
    return Person.objects.filter(joined__lte=day).filter(Q(left=None) | Q(left__gte=day))


def team(name: str, day: date | None = None) -> list[Person]:
    """The members of a team at work."""
    return [each for each in at_work(day).exclude(teams=[]) if name in each.teams]


def supervisor_of(person: str) -> Person | None:
    """A person's supervisor, while at work."""
    known = Person.objects.filter(pk=person).first()
    return at_work().filter(pk=known.supervisor).first() if known and known.supervisor else None


def supervisor_for(incident: Incident) -> Person | None:
    """Who is told as supervisor: the reporter's, and never the very person it is about."""
    found = supervisor_of(incident.reporter) if incident.reporter else None
    return found if found and found.pk != incident.subject else None


def names(ids: set[str]) -> dict[str, str]:
    """Names by id, in one query."""
    return dict(Person.objects.filter(pk__in=ids - {""}).values_list("pk", "name"))

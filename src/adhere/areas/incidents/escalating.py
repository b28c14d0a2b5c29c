"""Goes further up with a report that nobody has taken in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django_tasks import task

from adhere.areas.incidents import people, telling
from adhere.areas.incidents.models import Handling
from adhere.core import incidents
from adhere.core.models import Incident, IncidentEvent
from adhere.core.recording import Origin

# Taken, told further up already, or known from before: opened again by somebody who has it.
SETTLING: Final = ("taken", "assigned", "escalated", "reopened")
URGENT: Final = Q(sort="unrecognised-person") | Q(severity__in=("high", "critical"))
AGAIN: Final = timedelta(days=1)
OLDEST: Final = timedelta(days=7)  # what is imported from earlier years rings no bell


def minutely(now: datetime) -> None:
    """Try again where no mail went out; go further up where nobody took a report in time."""
    for key in untold(now):
        telling.tell_first.enqueue(key)
    for key in overdue(now):
        # The line in the timeline is what says that it was done: never twice.
        incidents.note(key, "escalated", Origin("page"))
        escalate.enqueue(key)


def overdue(now: datetime) -> list[str]:
    """Open, urgent reports of this house that nobody has taken within the set time."""
    limit = now - timedelta(minutes=Handling.current().take_within)
    lines = IncidentEvent.objects.filter(incident=OuterRef("key"))
    rows = Incident.objects.filter(URGENT, superseded_by=None, retracted=False, closed_at=None)
    waiting = rows.filter(
        Exists(lines.filter(kind="reported", at__lte=limit, at__gt=now - OLDEST)),
        ~Exists(lines.filter(kind__in=SETTLING)),
    )
    return list(waiting.order_by("pk").values_list("key", flat=True))


def untold(now: datetime) -> list[str]:
    """Open reports of the last day of which no mail reached the security team."""
    lines = IncidentEvent.objects.filter(incident=OuterRef("key"))
    rows = Incident.objects.filter(
        Exists(lines.filter(kind="reported", at__gt=now - AGAIN)),
        Exists(lines.filter(kind=telling.FAILED)),
        superseded_by=None,
        retracted=False,
        closed_at=None,
        security_notified_at=None,
    )
    return list(rows.order_by("pk").values_list("key", flat=True))


@task()
def escalate(key: str) -> int:
    """Mail the whole security team and the supervisor's supervisor; how many it reached."""
    incident = incidents.newest(key)
    first = people.supervisor_for(incident)
    above = people.supervisor_of(first.pk) if first else None
    whom = {each.pk: each for each in [*people.team("security"), *([above] if above else [])]}
    whom.pop(incident.subject, None)
    reached = telling.mail(incident, whom.values(), "incidents/mail/escalated.txt")
    if any("security" in each.teams for each in reached):
        telling.note_told(incident, telling.SECURITY, ", ".join(each.name for each in reached))
    return len(reached)

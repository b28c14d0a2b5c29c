"""Takes a report in: the incident, its photo, and word to those who must know."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from adhere.areas.incidents import telling
from adhere.areas.incidents.models import Photo
from adhere.core import incidents
from adhere.core.models import Incident, IncidentEvent
from adhere.core.recording import Origin
from adhere.errors import Problem

STRANGER: Final = "unrecognised-person"
ANSWERED: Final = "answered"
UNDO: Final = timedelta(minutes=10)


@transaction.atomic
def file(key: str, reporter: str, jpeg: bytes = b"", **known: Any) -> Incident:
    """Record a report once; ``known`` are fields of the incident, ``reporter`` empty for none.

    A person who answered fittingly is recorded and needs nobody; all else is told at once.
    """
    found = Incident.objects.filter(key=key, superseded_by=None).first()
    if found:
        return found
    origin = Origin("page", reporter)
    made = incidents.report(known.pop("sort"), origin, key=key, reporter=reporter, **known)
    if jpeg:
        line = incidents.note(key, "photo", origin, f"sha256 {sha256(jpeg).hexdigest()}")
        Photo(event=line, jpeg=jpeg).save()
    if made.sort == STRANGER and made.answer == ANSWERED:
        return incidents.change(key, "closed", Origin("page"), closed_at=timezone.now())
    telling.enqueue_first(key)
    return made


def may_withdraw(key: str, now: datetime) -> bool:
    """Whether a report can still be taken back: for ten minutes, while nobody has taken it."""
    first = IncidentEvent.objects.filter(incident=key).first()
    known = Incident.objects.filter(key=key, superseded_by=None, retracted=False).exists()
    taken = IncidentEvent.objects.filter(incident=key, kind__in=("taken", "assigned")).exists()
    return bool(first and known and not taken and now - first.at <= UNDO)


def withdraw(key: str) -> None:
    """Take a report back, as a record of its own."""
    if not may_withdraw(key, timezone.now()):
        raise Problem("this report can no longer be taken back", expected="ask the security team")
    incidents.unfound(key, Origin("page", incidents.newest(key).reporter), "")

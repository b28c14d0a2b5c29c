"""Erases what incidents say of a person, and keeps what they say of anybody else."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from adhere.core.incidents import INCIDENTS
from adhere.core.models import Entry, Incident, IncidentEvent
from adhere.core.recording import Origin, record

SOURCE = "erasure"


def erase_incidents(person: str) -> tuple[int, set[int]]:
    """Delete the incidents of a person: how many facts went, and whose entries lose their record.

    An incident goes whole, what was said before anybody knew who did it too. One that was
    wrongly laid to them stays: as it is known now, recorded anew, without what named them.
    """
    keys = set(Incident.objects.filter(subject=person).values_list("key", flat=True))
    facts, entries = 0, set()
    for key in sorted(keys):
        rows = Incident.objects.filter(key=key)
        events = IncidentEvent.objects.filter(incident=key)
        last = rows.get(superseded_by=None)
        theirs = last.subject == person
        if not theirs:
            events = events.filter(entry__person=person)
        entries |= set(rows.values_list("entry", flat=True))
        entries |= set(events.values_list("entry", flat=True))
        known = {each.field: getattr(last, each.field) for each in INCIDENTS.columns}
        events.delete()
        facts += _delete(rows)
        if not (theirs or last.retracted):
            record(INCIDENTS, [known], Origin(SOURCE, last.recorder))
    return facts, entries


def _delete(rows: QuerySet[Incident]) -> int:
    """Newest first: a correction points at what it corrects."""
    pks = list(rows.order_by("-pk").values_list("pk", flat=True))
    for pk in pks:
        found: Any = Incident.objects.filter(pk=pk)
        found._raw_delete(found.db)
    return len(pks)


def entries_of(person: str, also: set[int]) -> QuerySet[Entry]:
    """The entries about a person, and those others that go with their incidents."""
    return Entry.objects.filter(person=person) | Entry.objects.filter(pk__in=also)

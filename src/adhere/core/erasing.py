"""Erases a person's data and leaves every other proof valid (GDPR Art. 17)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from adhere.core.incident_erasing import entries_of, erase_incidents
from adhere.core.kinds import kinds
from adhere.core.models import Entry, FindingRecord, Person
from adhere.core.recording import make_entry
from adhere.core.request_proofs import erase_requests
from adhere.core.sequencing import settle
from adhere.errors import Problem, nearest
from adhere.ledger.commitments import ERASURE

BATCH = 500


@dataclass(frozen=True)
class Erased:
    """How many facts, findings and sign-ins went, and how many leaves lost their record."""

    facts: int
    findings: int
    accounts: int
    leaves: int


def erase_person(person: str) -> Erased:
    """Delete what is about a person; records about others that only name their id stay."""
    if not Entry.objects.filter(person=person).exists():
        known = Person.objects.values_list("id", flat=True)
        hint = nearest(person, known) if known else "a person: import people first"
        raise Problem(f"nobody has the id “{person}”", field="PERSON", expected=hint)
    settle()
    forget_on_disk()
    with transaction.atomic():
        done = _erase(person)
    settle()
    empty_journal()
    return done


def _erase(person: str) -> Erased:
    incidents, also = erase_incidents(person)
    facts = incidents + erase_requests(person) + sum(_delete_facts(person))
    findings, _ = FindingRecord.objects.filter(subject_kind="person", subject_id=person).delete()
    accounts = get_user_model()._default_manager.filter(person=person)
    gone, _ = accounts.delete()
    Person.objects.filter(pk=person).delete()
    leaves = erase_entries(entries_of(person, also))
    return Erased(facts, findings, min(gone, 1), leaves)


def _delete_facts(person: str) -> list[int]:
    counts = []
    for kind in kinds().values():
        if kind.person:
            rows = kind.model._default_manager.filter(**{kind.person: person})
            # Newest first: a correction points at what it corrects.
            pks = list(rows.order_by("-pk").values_list("pk", flat=True))
            for start in range(0, len(pks), BATCH):
                part = kind.model._default_manager.filter(pk__in=pks[start : start + BATCH])
                part._raw_delete(part.db)
            counts.append(len(pks))
    return counts


def erase_entries(entries: QuerySet[Entry]) -> int:
    """Take the records of leaves away and say so in a leaf of its own; how many they were.

    Call in a transaction, after ``settle``; raises Problem while one of them has no leaf yet.
    """
    indexes = sorted(entries.values_list("index", flat=True), key=lambda each: each or -1)
    if not indexes:
        return 0
    if None in indexes:
        raise Problem("new facts arrived meanwhile", expected="the same once more")
    now = timezone.now()
    entries.update(record="", secret=b"", person="", erased_at=now)
    make_entry(ERASURE, {"indexes": indexes, "at": now}, "", now).save()
    return len(indexes)


def forget_on_disk() -> None:
    """What is deleted from now on is overwritten (SQLite)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def empty_journal() -> None:
    """Nothing erased is left in the write-ahead log (SQLite)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

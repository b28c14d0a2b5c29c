"""Every night: who did not sign out is asked after, and what is too old goes."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from adhere.areas.visitors.announcing import last_day
from adhere.areas.visitors.arriving import inside
from adhere.areas.visitors.models import (
    AccountedFor,
    Announcement,
    DeskSettings,
    Signed,
    Stay,
    VisitRecord,
    visits,
)
from adhere.areas.visitors.telling import tell_still_inside
from adhere.core.erasing import empty_journal, erase_entries, forget_on_disk
from adhere.core.models import Entry, FindingRecord, Person
from adhere.core.recording import make_entry, start_of
from adhere.core.sequencing import settle

BATCH = 500
PURGE = "visits-purge"


def daily(today: date) -> None:
    """Sweep the evening before, then purge."""
    sweep(today)
    purge(timezone.now())


def sweep(today: date) -> int:
    """Mark who came before today and never signed out, and tell hosts and front desk; how many.

    No time of leaving is made up: the visit stays open, and a finding, until somebody knows.
    """
    marked = Stay.objects.exclude(swept_on=None).values("visit")
    rows = inside().filter(arrived_at__lt=start_of(today)).exclude(key__in=marked)
    keys = list(rows.values_list("key", flat=True))
    for key in keys:
        Stay.objects.update_or_create(
            visit=key,
            defaults={"swept_on": today - timedelta(days=1)},
            create_defaults={
                "swept_on": today - timedelta(days=1),
                "secret": secrets.token_hex(16),
            },
        )
    if keys:
        tell_still_inside.enqueue(keys, at_desk())
    return len(keys)


def at_desk() -> list[str]:
    """The people of the front desk."""
    people = Person.objects.filter(left=None)
    return [person.pk for person in people if "front-desk" in person.teams]


def purge(now: datetime) -> int:
    """Delete the data of visitors who left longer ago than it is kept; how many visits.

    The ledger keeps the leaves, without record and key, so that every other proof stays valid.
    """
    before = now - timedelta(days=DeskSettings.current().retention_days)
    settle()
    forget_on_disk()
    gone = 0
    old = visits().filter(arrived_at__lt=before)
    while keys := list(old.values_list("key", flat=True)[:BATCH]):
        with transaction.atomic():
            _erase(keys)
        gone += len(keys)
    _purge_announcements(before.date())
    if gone:
        make_entry(PURGE, {"visits": gone, "before": before, "at": now}, "", now).save()
        settle()
        empty_journal()
    return gone


def _erase(keys: list[str]) -> None:
    rows = VisitRecord.objects.filter(key__in=keys)
    signed = Signed.objects.filter(visit__in=keys)
    entries = [*rows.values_list("entry", flat=True), *signed.values_list("entry", flat=True)]
    # A correction points at what it corrects, so the newest go first.
    pks = list(rows.order_by("-pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        part = VisitRecord.objects.filter(pk__in=pks[start : start + BATCH])
        part._raw_delete(part.db)
    signed.delete()
    Stay.objects.filter(visit__in=keys).delete()
    AccountedFor.objects.filter(visit__in=keys).delete()
    FindingRecord.objects.filter(subject_kind="visit", subject_id__in=keys).delete()
    erase_entries(Entry.objects.filter(pk__in=entries))


def _purge_announcements(before: date) -> None:
    for each in Announcement.objects.filter(starts_at__lt=start_of(before)):
        if last_day(each) < before:
            each.delete()

"""Records that go: erased because the visitor asks and proves it, purged when their time is up.

Either way the ledger keeps their leaves and says that the records are gone.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from adhere.areas.cookies.config import with_defaults
from adhere.areas.cookies.consents.counting import catch_up, replace, said_by
from adhere.areas.cookies.consents.expiring import PURGE
from adhere.areas.cookies.edging.notices import after_months
from adhere.areas.cookies.models import ConsentCount, ConsentRecord, Site
from adhere.core.erasing import empty_journal, erase_entries, forget_on_disk
from adhere.core.models import Entry
from adhere.core.recording import day_of, make_entry
from adhere.core.sequencing import settle

BATCH = 1_000
ERASED = "consent-erasure"


def erase_subject(subject: str, by: str) -> int:
    """Erase every answer of one browser (GDPR Art. 17); how many they were.

    ``by`` is the account that did it: that, and how many, stays in the ledger.
    """
    catch_up()
    settle()
    forget_on_disk()
    with transaction.atomic():
        rows = list(ConsentRecord.objects.filter(subject=subject).order_by("at"))
        if rows:
            _stands_no_longer(rows[-1])
            count = _erase([row.pk for row in rows])
            now = timezone.now()
            make_entry(ERASED, {"by": by, "records": count, "at": now}, "", now).save()
    settle()
    empty_journal()
    return len(rows)


def _stands_no_longer(record: ConsentRecord) -> None:
    day = day_of(record.at)
    raw = {name: getattr(record, name) for name in
           ("site", "notice", "language", "method", "purposes")}  # fmt: skip
    if ConsentCount.objects.filter(day__gte=day).exists():
        replace(said_by(day, raw), 1)


def _erase(ids: list[str]) -> int:
    rows = ConsentRecord.objects.filter(pk__in=ids)
    entries = list(rows.values_list("entry", flat=True))
    rows.delete()
    return erase_entries(Entry.objects.filter(pk__in=entries))


def purge(now: datetime | None = None) -> dict[str, int]:
    """Delete the records that are older than their site keeps them; how many, by site.

    A record on which a consent still rests stays until that has ended.
    """
    now = now or timezone.now()
    catch_up(now)
    settle()
    forget_on_disk()
    gone: Counter[str] = Counter()
    for site in Site.objects.all():
        taken_in = _due(site, now).filter(entry__index__isnull=False).order_by("at")
        while part := list(taken_in.values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                gone[site.slug] += _erase(part)
    if gone:
        make_entry(PURGE, {"sites": dict(gone), "at": now}, "", now).save()
        settle()
        empty_journal()
    return dict(gone)


def _due(site: Site, now: datetime) -> QuerySet[ConsentRecord]:
    """What is over and is kept no longer."""
    before = after_months(now, -int(with_defaults(site.settings)["record_months"]))
    return ConsentRecord.objects.filter(site=site.slug, at__lt=before, expires_at__lt=now)


def due_now(site: Site, now: datetime) -> int:
    """How many records the next purge takes away."""
    return _due(site, now).count()


def daily(_day: date) -> None:
    """What is done once a day: what is over goes, what is closed is counted."""
    purge()

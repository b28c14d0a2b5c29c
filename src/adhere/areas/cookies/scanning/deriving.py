"""The scans that checks judge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from adhere.areas.cookies.scan_models import Scan
from adhere.areas.cookies.scanning import facts
from adhere.areas.cookies.scanning.shape import Report, report_of
from adhere.core.areas import Derived
from adhere.core.recording import start_of
from adhere.core.world import end_of

BACK = timedelta(days=400)  # what has stood for longer is told to stand since then


def scans(day: date, known: date | None) -> Iterator[facts.Scan]:
    """Each website's scans, the oldest first."""
    limit = min(filter(None, (end_of(day), end_of(known))), default=start_of(date.max))
    rows = Scan.objects.filter(finished__lt=limit).order_by("started", "pk")
    if limit.year < date.max.year:
        rows = rows.filter(started__gte=limit - BACK)
    for pk, site, started, finished in rows.values_list("pk", "site", "started", "finished"):
        yield facts.Scan(str(pk), started, finished, site, _report(pk))


@lru_cache(maxsize=512)
def _report(pk: int) -> Report:
    """A report never changes, so it is read once by each process."""
    return report_of(Scan.objects.values_list("report", flat=True).get(pk=pk))


SCANS = Derived(facts.Scan.kind, scans)

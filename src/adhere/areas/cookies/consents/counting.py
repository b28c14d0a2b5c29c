"""How many answers say what, by day: closed days are counted once, the open one each time.

A million records are too many to group for a page; a few hundred sums a day are not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from adhere.areas.cookies.models import ConsentCount, ConsentRecord, Notice, Site
from adhere.core.locking import wait_for_turn
from adhere.core.recording import day_of, start_of

CHUNK = 500
GRACE = timedelta(minutes=10)  # a record is committed a moment after its time was taken
KEYS = ("site", "notice", "language", "method", "purposes")


class Said(NamedTuple):
    """What the records of one sum have in common. ``purposes`` is JSON text in sorted order."""

    day: date
    site: str
    notice: str
    language: str
    method: str
    purposes: str

    @property
    def given(self) -> Mapping[str, bool]:
        """Each purpose, and whether it was consented to."""
        return _parsed(self.purposes)


@lru_cache(maxsize=4_096)
def _parsed(purposes: str) -> Mapping[str, bool]:
    found: dict[str, bool] = json.loads(purposes)
    return found


@dataclass
class Sums:
    """``count`` records say so, of which ``replaced`` were followed by a later answer.

    ``expires`` says when the last of them ends.
    """

    count: Counter[Said] = field(default_factory=Counter)
    replaced: Counter[Said] = field(default_factory=Counter)
    expires: dict[Said, date] = field(default_factory=dict)

    def add(self, other: Sums) -> None:
        self.count.update(other.count)
        self.replaced.update(other.replaced)
        self.expires.update(other.expires)


def sites_known() -> list[str]:
    """Every website that has published a notice, or may."""
    published = Notice.objects.order_by().values_list("site", flat=True).distinct()
    return sorted({*published, *Site.objects.values_list("slug", flat=True)})


def catch_up(now: datetime | None = None) -> Sums:
    """Count the closed days that are not counted yet; the sums of the days still open."""
    now = now or timezone.now()
    sites = sites_known()
    today, open_from = day_of(now), day_of(now - GRACE)
    last = _counted_until()
    if last is None or last < open_from - timedelta(days=1):
        _count_closed(sites, open_from)
    live = Sums()
    for day in {open_from, today}:
        live.add(sums_of(day, sites))
    return live


def _count_closed(sites: Sequence[str], until: date) -> None:
    day = _day_after(sites, _counted_until())
    while day is not None and day < until:
        sums = sums_of(day, sites)  # read before, so that nobody waits for it to write
        with transaction.atomic():
            wait_for_turn("consent-counts")
            known = _counted_until()
            if known is None or known < day:
                _keep(day, sums)
        day = _day_after(sites, day)


def _counted_until() -> date | None:
    last: date | None = ConsentCount.objects.aggregate(last=Max("day"))["last"]
    return last


def _day_after(sites: Sequence[str], last: date | None) -> date | None:
    """The next day on which anything was answered."""
    found: list[datetime] = []
    for site in sites:
        rows = ConsentRecord.objects.filter(site=site).order_by("at")
        if last is not None:
            rows = rows.filter(at__gte=start_of(last + timedelta(days=1)))
        found += rows.values_list("at", flat=True)[:1]
    return day_of(min(found)) if found else None


def _keep(day: date, sums: Sums) -> None:
    rows = [
        ConsentCount(
            **said._asdict(), expires_on=sums.expires[said], count=number,
            replaced=sums.replaced[said] if said.day == day else 0,
        )
        for said, number in sums.count.items()
    ]  # fmt: skip
    ConsentCount.objects.bulk_create(rows, batch_size=CHUNK)
    for said, number in sums.replaced.items():
        if said.day != day:
            replace(said, number)


def replace(said: Said, number: int) -> None:
    """Note that ``number`` records of a counted day stand no longer."""
    ConsentCount.objects.filter(**said._asdict()).update(replaced=F("replaced") + number)


def sums_of(day: date, sites: Sequence[str]) -> Sums:
    """The sums of one day, grouped by the database."""
    sums = Sums()
    start, end = start_of(day), start_of(day + timedelta(days=1))
    rows = ConsentRecord.objects.filter(site__in=sites, at__gte=start, at__lt=end).order_by()
    for group in rows.values(*KEYS).annotate(number=Count("pk"), last=Max("expires_at")):
        said = said_by(day, group)
        sums.count[said] += group["number"]
        sums.expires[said] = max(day_of(group["last"]), sums.expires.get(said, date.min))
    for before in _replaced_by(rows):
        sums.replaced[said_by(day_of(before["at"]), before)] += 1
    return sums


def _replaced_by(rows: QuerySet[ConsentRecord]) -> Iterator[Mapping[str, Any]]:
    """The records after which those of ``rows`` came: the latest before each, of one browser."""
    before = ConsentRecord.objects.filter(subject=OuterRef("subject"), at__lt=OuterRef("at"))
    latest = Subquery(before.order_by("-at").values("pk")[:1])
    found = rows.annotate(before=latest).filter(before__isnull=False)
    ids = list(found.values_list("before", flat=True))
    for start in range(0, len(ids), CHUNK):
        part = ConsentRecord.objects.filter(pk__in=ids[start : start + CHUNK])
        yield from part.values("at", *KEYS)


def said_by(day: date, row: Mapping[str, Any]) -> Said:
    """What a record says. Single vendors are left out: they are few and many at once."""
    plain = {slug: given for slug, given in row["purposes"].items() if ":" not in slug}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return Said(day, row["site"], row["notice"], row["language"], row["method"], text)


def counted(first: date, last: date, site: str = "", by: str = "") -> Iterator[tuple[Said, int]]:
    """What was answered from ``first`` to ``last``, the day still open included.

    Method and purposes are always told apart, and ``by``: a further one of KEYS. The rest is empty.
    """
    live = catch_up()
    rows = ConsentCount.objects.filter(day__range=(first, last)).order_by()
    if site:
        rows = rows.filter(site=site)
    names = sorted({"day", "site", "method", "purposes", by} - {""})
    nothing = dict.fromkeys(KEYS, "")
    for group in rows.values(*names).annotate(number=Sum("count")):
        number = group.pop("number")
        yield Said(**{**nothing, **group}), number
    yield from _within(live.count.items(), first, last, site)


def _within(
    sums: Iterable[tuple[Said, int]], first: date, last: date, site: str
) -> Iterator[tuple[Said, int]]:
    for said, number in sums:
        if first <= said.day <= last and said.site == (site or said.site):
            yield said, number

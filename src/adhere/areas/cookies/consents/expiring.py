"""How many answers stand, until when, and who is asked again after the newest notice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Sum
from django.utils import timezone

from adhere.areas.cookies.config import with_defaults
from adhere.areas.cookies.consents.counting import KEYS, Said, catch_up
from adhere.areas.cookies.models import ConsentCount, Notice, Site
from adhere.core.models import Entry
from adhere.core.recording import day_of

PURGE = "consent-purge"


@dataclass(frozen=True)
class Version:
    """What a notice asks: site, number, and what each purpose covers by its hash."""

    site: str
    number: int
    published_at: datetime
    hashes: Mapping[str, str]


@dataclass
class Outlook:
    """One website: ``standing`` answers, how many end in each month, who is asked again.

    ``again`` counts the visitors by purpose; ``visitors`` once each, however many purposes.
    """

    site: Site
    months: int
    record_months: int
    number: int = 0
    published_at: datetime | None = None
    standing: int = 0
    visitors: int = 0
    ends: Counter[date] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)


def outlooks(now: datetime | None = None) -> list[Outlook]:
    """All websites, by their slugs."""
    now = now or timezone.now()
    found = {site.slug: _outlook(site) for site in Site.objects.all()}
    notices = _versions()
    newest: dict[str, Version] = {}
    for version in sorted(notices.values(), key=lambda each: each.number):
        newest[version.site] = version
        if version.site in found:
            found[version.site].number = version.number
            found[version.site].published_at = version.published_at
    for site, notice, number, ends in _standing(day_of(now), now):
        outlook = found.get(site)
        if outlook is not None and number:
            outlook.standing += number
            outlook.ends[ends.replace(day=1)] += number
            _ask_again(outlook, number, notices.get(notice), newest.get(site))
    return list(found.values())


def _outlook(site: Site) -> Outlook:
    settings = with_defaults(site.settings)
    return Outlook(site, int(settings["months"]), int(settings["record_months"]))


def _versions() -> dict[str, Version]:
    names = ("site", "number", "published_at", "content")
    rows = Notice.objects.order_by().values_list("sha256", *names)
    return {
        sha256: Version(site, number, at, _hashes(content))
        for sha256, site, number, at, content in rows
    }


def _hashes(content: str) -> dict[str, str]:
    purposes = json.loads(content)["purposes"]
    return {each["slug"]: each["hash"] for each in purposes if not each["necessary"]}


def _standing(today: date, now: datetime) -> Iterator[tuple[str, str, int, date]]:
    """Site, notice, number and end of the answers that stand, grouped."""
    live = catch_up(now)
    rows = ConsentCount.objects.filter(expires_on__gt=today).order_by()
    groups = rows.values_list("site", "notice", "expires_on")
    for site, notice, ends, number, gone in groups.annotate(n=Sum("count"), r=Sum("replaced")):
        yield site, notice, number - gone, ends
    for said, number in live.count.items():
        yield said.site, said.notice, number, live.expires[said]
    known = _ends({said.day for said in live.replaced}) | live.expires
    for said, number in live.replaced.items():
        if known.get(said, today) > today:
            yield said.site, said.notice, -number, known[said]


def _ends(days: Iterable[date]) -> dict[Said, date]:
    """When the answers of counted days end."""
    rows = ConsentCount.objects.filter(day__in=days).values_list("day", *KEYS, "expires_on")
    return {Said(*key): ends for *key, ends in rows}


def _ask_again(outlook: Outlook, number: int, asked: Version | None, now: Version | None) -> None:
    if asked is None or now is None:
        return
    touched = [slug for slug, mark in now.hashes.items() if asked.hashes.get(slug) != mark]
    for slug in touched:
        outlook.again[slug] += number
    outlook.visitors += number if touched else 0


@dataclass(frozen=True)
class Purge:
    """One run of the purge: how many records went, from before which day."""

    at: datetime
    count: int
    sites: Mapping[str, int]


def last_purge() -> Purge | None:
    """The last time records were purged, as the ledger has it."""
    entry = Entry.objects.filter(kind=PURGE).order_by("-recorded_at").first()
    if entry is None:
        return None
    said = json.loads(entry.record)
    counts: dict[str, int] = said["sites"]
    return Purge(entry.recorded_at, sum(counts.values()), counts)

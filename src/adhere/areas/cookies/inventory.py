"""The inventory: the trackers that stand, now or as known at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from adhere.areas.cookies.models import Notice, Tracker, Vendor
from adhere.areas.cookies.purposes import all_purposes, words_of
from adhere.areas.cookies.tables import Row
from adhere.core.models import PolicyText
from adhere.documents.quantities import retention_days


def current() -> list[Tracker]:
    """Every tracker in use, in the order in which pages show them."""
    return _ordered(Tracker.objects.filter(superseded_by=None, retracted=False))


def known_before(moment: datetime) -> list[Tracker]:
    """The inventory as it was recorded before a moment."""
    recorded = list(Tracker.objects.filter(recorded_at__lt=moment))
    superseded = {each.supersedes_id for each in recorded}
    return _ordered(each for each in recorded if each.pk not in superseded and not each.retracted)


def published_at() -> datetime | None:
    """When the inventory was last published, on a page or in a notice; None if it never was."""
    texts = PolicyText.objects.filter(version__policy="cookies").exclude(changes="")
    page = texts.aggregate(last=Max("version__published_at"))["last"]
    notice = Notice.objects.aggregate(last=Max("published_at"))["last"]
    return max(filter(None, (page, notice)), default=None)


def published() -> list[Tracker]:
    """The inventory as it was last published."""
    last = published_at()
    return known_before(last) if last else []


def _ordered(trackers: Iterable[Tracker]) -> list[Tracker]:
    places = {purpose.slug: at for at, purpose in enumerate(all_purposes())}

    def place(each: Tracker) -> tuple[int, str, str, str, str]:
        at = places.get(each.purpose, len(places))
        return at, each.vendor.lower(), each.name, each.tracker_kind, each.domain

    return sorted(trackers, key=place)


def of_site(trackers: Iterable[Tracker], site: str) -> list[Tracker]:
    """Those that a site uses: its own, and those of every site."""
    return [each for each in trackers if each.site in ("", site)]


def rows(trackers: Iterable[Tracker]) -> list[Row]:
    """As the tables of a policy show them."""
    return [
        Row(
            each.name,
            each.tracker_kind,
            each.domain,
            each.party,
            each.vendor,
            each.purpose,
            each.strictly_necessary,
            each.retention,
            each.reason,
        )
        for each in trackers
    ]


def titles(language: str) -> dict[str, str]:
    """The purposes' titles in a language."""
    return {purpose.slug: words_of(purpose, language)["title"] for purpose in all_purposes()}


def days_of(tracker: Tracker) -> tuple[int, int] | None:
    """The shortest and longest retention in days, None where the text cannot be told."""
    return retention_days(tracker.retention)


def as_content(trackers: Sequence[Tracker]) -> list[dict[str, Any]]:
    """The trackers of a notice."""
    return [
        {
            "name": each.name,
            "kind": each.tracker_kind,
            "domain": each.domain,
            "party": each.party,
            "vendor": each.vendor,
            "purpose": each.purpose,
            "strictly_necessary": each.strictly_necessary,
            "retention": each.retention,
            "reason": each.reason,
        }
        for each in trackers
    ]


def vendors_of(trackers: Iterable[Tracker]) -> list[dict[str, Any]]:
    """The vendors of a notice: those that its trackers name."""
    names = sorted({each.vendor for each in trackers})
    known = {each.name: each for each in Vendor.objects.filter(name__in=names)}
    found = [known.get(name) or Vendor(name=name) for name in names]
    return [
        {
            "name": each.name,
            "url": each.url,
            "policy_url": each.policy_url,
            "country": each.country,
            "hosts": list(each.hosts),
        }
        for each in found
    ]

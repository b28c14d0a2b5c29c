"""What the area's own tables tell the checks: sites, notices, pages, and answers summed up.

Ten million answers are never loaded: the database counts those that are alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from adhere.areas.cookies import facts
from adhere.areas.cookies.inventory import known_before, rows, titles
from adhere.areas.cookies.models import ConsentRecord, Notice, Site
from adhere.areas.cookies.notices import POLICY, languages_of
from adhere.areas.cookies.tables import completed
from adhere.core.areas import Derived
from adhere.core.models import PolicyVersion
from adhere.core.recording import start_of
from adhere.core.world import end_of
from adhere.errors import Problem

MONTH = timedelta(days=30)


def _limit(day: date, known: date | None) -> datetime:
    """The first moment that is no longer seen."""
    return min(filter(None, (end_of(day), end_of(known))), default=start_of(date.max))


def _sites(day: date, known: date | None) -> Iterator[facts.Site]:
    for site in Site.objects.filter(created_at__lt=_limit(day, known)):
        at, languages = site.created_at, tuple(languages_of(site))
        yield facts.Site(site.slug, at, at, site.title, languages, site.active)


def _notices(day: date, known: date | None) -> Iterator[facts.Notice]:
    """Each site's notices, oldest first."""
    found = Notice.objects.filter(published_at__lt=_limit(day, known))
    for each in found.order_by("site", "number", "language").iterator():
        at = each.published_at
        yield facts.Notice(
            each.sha256,
            at,
            at,
            each.site,
            each.number,
            each.language,
            each.policy_version,
            json.loads(each.content),
        )


def _pages(day: date, known: date | None) -> Iterator[facts.Page]:
    limit = _limit(day, known)
    versions = PolicyVersion.objects.filter(policy=POLICY, published_at__lt=limit)
    version = versions.order_by("-number").first()
    trackers = rows(known_before(limit))
    if version is None:
        return
    for text in version.texts.all():
        try:
            wanted = completed(text.text, text.language, trackers, titles(text.language))
            exact = wanted == text.text and "inventory:" in text.text
        except Problem:
            exact = False
        key, at = f"{version.number}/{text.language}", version.published_at
        yield facts.Page(key, at, at, text.language, version.number, exact)


def _answers(day: date, known: date | None) -> Iterator[facts.Answers]:
    limit = _limit(day, known)
    names = ("site", "notice", "method", "purposes")
    groups = (
        ConsentRecord.objects.filter(at__lt=limit)
        .values_list(*names)
        .order_by(*names[:3])
        .annotate(
            count=Count("pk"),
            first=Min("at"),
            longest=Max(F("expires_at") - F("at")),
            unproven=Count("pk", filter=Q(entry__record="")),
        )
    )
    for number, group in enumerate(groups.iterator()):
        site, notice, method, purposes, count, first, longest, unproven = group
        key = f"{site}/{notice[:12]}/{method}/{number}"
        days = -(-longest // timedelta(days=1))
        alike = (site, notice, method, purposes, count, days, unproven)
        yield facts.Answers(key, first, first, *alike)


def _repeats(day: date, known: date | None) -> Iterator[facts.Asking]:
    """Of the last month: a closer look at everything would read every answer ever given."""
    limit = _limit(day, known)
    answered = Q(method__in=("accept", "reject", "save"))
    earlier: Any = ConsentRecord.objects.filter(
        answered,
        pk=OuterRef("previous"),
        notice=OuterRef("notice"),
        purposes=OuterRef("purposes"),
        expires_at__gt=OuterRef("at"),
    )
    recent = ConsentRecord.objects.filter(answered, at__lt=limit, at__gte=limit - MONTH)
    counted = (
        recent.values_list("site")
        .order_by("site")
        .annotate(answers=Count("pk"), repeated=Count("pk", filter=Exists(earlier)), last=Max("at"))
    )
    for site, answers, repeated, last in counted:
        yield facts.Asking(site, last, last, site, answers, repeated)


DERIVED = (
    Derived(facts.Site.kind, _sites),
    Derived(facts.Notice.kind, _notices),
    Derived(facts.Page.kind, _pages),
    Derived(facts.Answers.kind, _answers),
    Derived(facts.Asking.kind, _repeats),
)

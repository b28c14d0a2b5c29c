"""The lists of scans, of trackers seen, and of corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.areas.cookies.pages.forms import (
    kind_choices,
    party_choices,
    purpose_choices,
    site_choices,
)
from adhere.areas.cookies.scan_models import Scan, TrackerSeen
from adhere.areas.cookies.scanning import naming
from adhere.console.lists import Column, Empty, Filter, Listing, Rows

_VERDICTS = (
    ("error", _("With violations")),
    ("warning", _("To be looked at")),
    ("clean", _("Without violations")),
)
_PERIODS = (("7", _("7 days")), ("30", _("30 days")), ("365", _("12 months")))


def _by_verdict(rows: Rows, value: str) -> Rows:
    if value == "error":
        return rows.filter(errors__gt=0)
    return rows.filter(errors=0, warnings__gt=0) if value == "warning" else rows.filter(errors=0)


def _since(rows: Rows, value: str) -> Rows:
    days = {name: int(name) for name, _title in _PERIODS}.get(value)
    return rows.filter(started__gte=timezone.now() - timedelta(days=days)) if days else rows


def _prepare_scans(rows: list[Any]) -> None:
    titles = dict(site_choices())
    for row in rows:
        row.site_title = titles.get(row.site, row.site)
        row.who = row.by or _("by plan")


SCANS = Listing(
    name="scans",
    columns=(
        Column("started", _("Scanned"), order=("started",)),
        Column("site", _("Website"), "site_title", order=("site",)),
        Column("errors", _("Violations"), order=("errors",), number=True),
        Column("warnings", _("To be looked at"), order=("warnings",), number=True),
        Column("notes", _("Notes"), order=("notes",), number=True),
        Column("trackers", _("Trackers"), "seen", order=("seen",), number=True),
        Column("who", _("Asked by")),
        Column("url", _("Address")),
    ),
    order="-started",
    search=("site", "url", "by"),
    filters=(
        Filter("site", _("Website"), "site", choices=site_choices),
        Filter("verdict", _("Verdict"), _by_verdict, choices=lambda: _VERDICTS),
        Filter("since", _("Period"), _since, choices=lambda: _PERIODS),
    ),
    link=lambda row: reverse("cookies:scan", args=[row.pk]),
    empty=Empty(
        _("No scans yet"),
        _("A scan opens a website in a real browser, in every state of consent. Press “Scan now”."),
    ),
    prepare=_prepare_scans,
)


def scans() -> Rows:
    """Every scan, with how many trackers it saw."""
    return Scan.objects.defer("report").annotate(seen=Count("trackers"))


def lives(site: str) -> Rows:
    """Each tracker that a website was ever seen with, as it was last seen."""
    same = TrackerSeen.objects.filter(
        site=OuterRef("site"),
        kind=OuterRef("kind"),
        name=OuterRef("name"),
        domain=OuterRef("domain"),
    )
    first = same.order_by("scan__started").values("scan__started")[:1]
    last_scan = Scan.objects.filter(site=site).order_by("-started", "-pk").values("pk")[:1]
    rows = TrackerSeen.objects.filter(site=site).annotate(
        newer=Exists(same.filter(scan__started__gt=OuterRef("scan__started"))),
        first=Subquery(first),
        last=F("scan__started"),
        newest=Subquery(last_scan),
    )
    return rows.filter(newer=False)


def _standing(rows: Rows, value: str) -> Rows:
    present = {"scan": F("newest")}
    return rows.filter(**present) if value == "there" else rows.exclude(**present)


def _prepare_lives(rows: list[Any]) -> None:
    purposes, kinds = naming.purpose_titles(), dict(kind_choices())
    parties = dict(party_choices())
    for row in rows:
        row.purpose_word = purposes.get(row.purpose, row.purpose)
        row.kind_word = kinds.get(row.kind, row.kind)
        row.party_word = parties.get(row.party, row.party)
        row.lifetime = naming.lifetime(row.lifetime_seconds) if row.kind == "cookie" else ""
        row.first_word = naming.state_name(row.first_state)
        row.there = _("yes") if row.scan_id == row.newest else _("gone")


def _purposes() -> Iterable[tuple[str, Any]]:
    return [*purpose_choices(), ("unknown", _("unknown"))]


LIVES = Listing(
    name="seen",
    columns=(
        Column("name", _("Name"), order=("name",)),
        Column("kind", _("Kind"), "kind_word", order=("kind",)),
        Column("domain", _("Host name"), order=("domain",)),
        Column("party", _("Party"), "party_word", order=("party",)),
        Column("vendor", _("Provider"), order=("vendor",)),
        Column("purpose", _("Purpose"), "purpose_word", order=("purpose",)),
        Column("lifetime", _("Lifetime"), order=("lifetime_seconds",)),
        Column("state", _("Comes"), "first_word"),
        Column("first", _("First seen"), order=("first",)),
        Column("last", _("Last seen"), order=("last",)),
        Column("there", _("Still there")),
    ),
    order="name",
    search=("name", "domain", "vendor"),
    filters=(
        Filter("purpose", _("Purpose"), "purpose", choices=_purposes),
        Filter("party", _("Party"), "party", choices=party_choices),
        Filter("kind", _("Kind"), "kind", choices=kind_choices),
        Filter("there", _("Still there"), _standing,
               choices=lambda: (("there", _("yes")), ("gone", _("gone")))),
    ),
    link=lambda row: reverse("cookies:life", args=[row.pk]),
    empty=Empty(_("Nothing was seen yet"), _("What a scan sees of this website appears here.")),
    prepare=_prepare_lives,
)  # fmt: skip


def _prepare_corrections(rows: list[Any]) -> None:
    purposes = naming.purpose_titles()
    for row in rows:
        row.purpose_word = purposes.get(row.purpose, row.purpose)
        row.host = row.domain or _("anywhere")


CORRECTIONS = Listing(
    name="corrections",
    columns=(
        Column("name", _("Name"), order=("name",)),
        Column("host", _("Host name"), order=("domain",)),
        Column("vendor", _("Provider"), order=("vendor",)),
        Column("purpose", _("Purpose"), "purpose_word", order=("purpose",)),
        Column("reason", _("Why"), wide=True),
        Column("recorder", _("By"), order=("recorder",)),
        Column("at", _("Recorded"), "recorded_at", order=("recorded_at",)),
    ),
    order="-at",
    search=("name", "domain", "vendor", "reason"),
    filters=(Filter("purpose", _("Purpose"), "purpose", choices=purpose_choices),),
    link=lambda row: reverse("cookies:correction", args=[row.pk]),
    empty=Empty(
        _("No corrections yet"),
        _("Where a scan names the wrong provider or purpose, open the tracker and correct it."),
    ),
    prepare=_prepare_corrections,
)

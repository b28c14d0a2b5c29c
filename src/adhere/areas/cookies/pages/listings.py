"""The lists of these pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from adhere.areas.cookies.consents import naming
from adhere.areas.cookies.inventory import days_of
from adhere.areas.cookies.models import Site, Tracker
from adhere.areas.cookies.pages.forms import (
    kind_choices,
    party_choices,
    purpose_choices,
    site_choices,
)
from adhere.areas.cookies.retention import said
from adhere.console.lists import Column, Empty, Filter, Listing


def _vendors() -> list[tuple[str, str]]:
    names = Tracker.objects.filter(superseded_by=None, retracted=False)
    return [
        (each, each)
        for each in names.values_list("vendor", flat=True).distinct().order_by("vendor")
    ]


def _retention(row: Tracker) -> str:
    return said(row.retention, naming.language())


def _prepare(rows: list[Any]) -> None:
    kinds, purposes = dict(kind_choices()), dict(purpose_choices())
    parties, sites = dict(party_choices()), dict(site_choices())
    for row in rows:
        days = days_of(row)
        row.kind_word = kinds.get(row.tracker_kind, row.tracker_kind)
        row.purpose_word = purposes.get(row.purpose, row.purpose)
        row.party_word = parties.get(row.party, row.party)
        row.necessary_word = _("Yes") if row.strictly_necessary else _("No")
        row.site_word = sites.get(row.site, row.site) if row.site else _("Every website")
        row.days = days[1] if days else None


TRACKERS = Listing(
    name="trackers",
    columns=(
        Column("name", _("Name"), order=("name",)),
        Column("kind", _("Kind"), "kind_word", order=("tracker_kind",)),
        Column("domain", _("Host name"), order=("domain",)),
        Column("party", _("Party"), "party_word", order=("party",)),
        Column("vendor", _("Provider"), order=("vendor",)),
        Column("purpose", _("Purpose"), "purpose_word", order=("purpose",)),
        Column(
            "necessary", _("Strictly necessary"), "necessary_word", order=("strictly_necessary",)
        ),
        Column("retention", _("Retention"), order=("retention",), show=_retention),
        Column("site", _("Website"), "site_word", order=("site",)),
    ),
    order="name",
    search=("name", "domain", "vendor", "reason"),
    filters=(
        Filter("purpose", _("Purpose"), "purpose", choices=purpose_choices),
        Filter("party", _("Party"), "party", choices=party_choices),
        Filter("kind", _("Kind"), "tracker_kind", choices=kind_choices),
        Filter("vendor", _("Provider"), "vendor", choices=_vendors),
        Filter("site", _("Website"), "site", choices=site_choices),
    ),
    link=lambda row: reverse("cookies:tracker", args=[row.pk]),
    empty=Empty(
        _("The inventory is empty"),
        _("Add a tracker, import a list, or let a cookie policy that you have be read."),
    ),
    prepare=_prepare,
)


def _prepare_vendors(rows: list[Any]) -> None:
    used: dict[str, int] = {}
    standing = Tracker.objects.filter(superseded_by=None, retracted=False)
    for name in standing.values_list("vendor", flat=True):
        used[name] = used.get(name, 0) + 1
    for row in rows:
        row.trackers = used.get(row.name, 0)
        row.host_list = ", ".join(row.hosts)


VENDORS = Listing(
    name="vendors",
    columns=(
        Column("name", _("Provider"), order=("name",)),
        Column("country", _("Country"), order=("country",)),
        Column("hosts", _("Host names"), "host_list"),
        Column("policy", _("Privacy policy"), "policy_url"),
        Column("trackers", _("Trackers"), number=True),
    ),
    order="name",
    search=("name", "country"),
    link=lambda row: reverse("cookies:vendor", args=[row.name]),
    empty=Empty(_("No providers yet"), _("They appear here once a tracker names them.")),
    prepare=_prepare_vendors,
)

NOTICES = Listing(
    name="notices",
    columns=(
        Column("site", _("Website"), order=("site",)),
        Column("number", _("Notice"), order=("number",), number=True),
        Column("language", _("Language"), order=("language",)),
        Column("policy", _("Version of the policy"), "policy_version", number=True),
        Column("published", _("Published"), "published_at", order=("published_at",)),
        Column("sha256", _("SHA-256"), value=lambda row: row.sha256[:12]),
    ),
    order="-published",
    search=("site", "language", "sha256"),
    filters=(
        Filter("site", _("Website"), "site", choices=site_choices),
        Filter("number", _("Notice"), "number", hidden=True),
    ),
    link=lambda row: reverse("cookies:consent-notice", args=[row.sha256]),
    empty=Empty(
        _("No notices yet"), _("Publishing the inventory makes one in each language of a website.")
    ),
)


def _prepare_sites(rows: list[Site]) -> None:
    for row in rows:
        row.addresses = ", ".join(row.origins)  # type: ignore[attr-defined]
        row.state = _("Shows the banner") if row.active else _("Off")  # type: ignore[attr-defined]


SITES = Listing(
    name="sites",
    columns=(
        Column("title", _("Website"), order=("title",)),
        Column("slug", _("Short name"), order=("slug",)),
        Column("addresses", _("Addresses")),
        Column("language", _("Language"), order=("language",)),
        Column("state", _("State")),
    ),
    order="title",
    search=("slug", "title"),
    link=lambda row: reverse("cookies:site", args=[row.slug]),
    empty=Empty(
        _("No websites yet"),
        _("A website is known by its addresses; only these may send answers."),
        _("Add a website"),
        "/cookies/sites/new/",
    ),
    prepare=_prepare_sites,
)

"""The import kind ``trackers``, and what it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from adhere.areas.cookies import facts
from adhere.areas.cookies.models import KINDS, PARTIES, Review, Site, Tracker, Vendor
from adhere.areas.cookies.purposes import all_purposes
from adhere.core import columns
from adhere.core.areas import FactKind
from adhere.core.models import Fact
from adhere.errors import Problem, nearest

Rows = Sequence[tuple[int, dict[str, Any]]]


def validate(rows: Rows, _at: datetime) -> None:
    """Known purpose and site, and a domain that can be one."""
    purposes = [each.slug for each in all_purposes()]
    sites = list(Site.objects.values_list("slug", flat=True))
    for line, row in rows:
        if row["purpose"] not in purposes:
            expected = nearest(row["purpose"], purposes)
            raise Problem(
                f"unknown purpose “{row['purpose']}”", line=line, field="purpose", expected=expected
            )
        if row["site"] and row["site"] not in sites:
            expected = nearest(row["site"], sites) if sites else "nothing: no site is known yet"
            raise Problem(
                f"unknown site “{row['site']}”", line=line, field="site", expected=expected
            )


def _domain(cell: str) -> str:
    host = cell.lower()
    letters = host.removeprefix("*").removeprefix(".")
    if not letters or any(mark in host for mark in " /:@?#,") or ".." in host:
        raise ValueError(cell)
    return host


def _store_vendors(stored: Sequence[Fact]) -> None:
    """Every vendor that a tracker names has its page, to be filled in."""
    names = {each.vendor for each in stored if isinstance(each, Tracker) and not each.retracted}
    known = set(Vendor.objects.filter(name__in=names).values_list("name", flat=True))
    Vendor.objects.bulk_create([Vendor(name=name) for name in sorted(names - known)])


TRACKERS = FactKind(
    name=facts.Tracker.kind,
    model=Tracker,
    row=facts.Tracker,
    columns=(
        columns.text("name"),
        columns.choice("kind", *KINDS, field="tracker_kind"),
        columns.Column("domain", "domain", _domain, str, "a host such as www.example.com"),
        columns.choice("party", *PARTIES),
        columns.text("vendor"),
        columns.text("purpose"),
        columns.yes_no("strictly_necessary"),
        columns.text("retention"),
        columns.text("site", required=False),
        columns.text("reason", required=False),
    ),
    key=("name", "tracker_kind", "domain"),
    happened="",
    validate=validate,
    stored=_store_vendors,
)
REVIEWS = FactKind(
    name=facts.Review.kind,
    model=Review,
    row=facts.Review,
    columns=(
        columns.moment("at", timezone.get_default_timezone()),
        columns.text("reviewer"),
        columns.text("note", required=False),
    ),
    key=("at", "reviewer"),
    happened="at",
    person="reviewer",
)

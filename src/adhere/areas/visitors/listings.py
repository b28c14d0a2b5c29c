"""The lists of this area: announcements, the visitors' book, badges."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.areas.visitors.announcing import next_time
from adhere.areas.visitors.arriving import badges_out
from adhere.areas.visitors.models import Invited, Stay
from adhere.console.lists import Column, Empty, Filter, Listing
from adhere.core.models import Person
from adhere.core.recording import start_of

WHEN = {"coming": _("Still to come"), "cancelled": _("Cancelled")}
WHERE = {"inside": _("In the building"), "left": _("Left"), "forgotten": _("Never signed out")}


def _announced(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "cancelled":
        return rows.exclude(cancelled_at=None)
    today = start_of(timezone.localdate())
    once = rows.filter(cancelled_at=None, starts_at__gte=today)
    recurring = rows.filter(cancelled_at=None).exclude(rule="")
    return (once | recurring) if value == "coming" else rows


def _prepare_announcements(rows: list[Any]) -> None:
    names: dict[int, list[str]] = {}
    for each in Invited.objects.filter(announcement__in=[row.pk for row in rows], removed_at=None):
        names.setdefault(each.announcement_id, []).append(each.name)
    now = timezone.now()
    for row in rows:
        row.names = ", ".join(names.get(row.pk, []))
        row.next = next_time(row, now) or row.starts_at
        row.word = _state_word(row)


def _state_word(row: Any) -> Any:
    if row.cancelled_at:
        return WHEN["cancelled"]
    if row.walk_in:
        return _("Let in") if row.approved_at else _("Refused") if row.refused_at else _("Waiting")
    return _("Recurs") if row.rule else _("Once")


ANNOUNCEMENTS = Listing(
    name="announcements",
    columns=(
        Column("names", _("Visitors"), show=lambda row: row.names or "–"),
        Column("company", _("Company"), order=("company",)),
        Column("host", _("Host"), "host", order=("host__name",)),
        Column("next", _("When"), order=("starts_at",)),
        Column("state", _("State"), "word"),
    ),
    order="-next",
    search=("company", "purpose", "invited__name", "host__name"),
    filters=(Filter("when", _("When"), _announced, choices=lambda: list(WHEN.items())),),
    link=lambda row: reverse("visitors:announcement", args=[row.pk]),
    empty=Empty(
        _("No visits announced"),
        _("Announce a visit, and your visitors get an invitation with a code for the desk."),
    ),
    prepare=_prepare_announcements,
)


def _where(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = start_of(timezone.localdate())
    if value == "forgotten":
        return rows.filter(left_at=None, arrived_at__lt=today)
    return rows.filter(left_at__isnull=value == "inside") if value in WHERE else rows


def _how(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(registered=value == "registered")


def _prepare_visits(rows: list[Any]) -> None:
    people = Person.objects.in_bulk([row.host for row in rows])
    swept = set(
        Stay.objects.filter(visit__in=[row.key for row in rows])
        .exclude(swept_on=None)
        .values_list("visit", flat=True)
    )
    for row in rows:
        host = people.get(row.host)
        row.host_name = host.name if host else row.host
        where = "left" if row.left_at else "forgotten" if row.key in swept else "inside"
        row.where = WHERE[where]
        row.how = _("Registered") if row.registered else _("Accompanied")


VISITS = Listing(
    name="visits",
    columns=(
        Column("visitor", _("Visitor"), order=("visitor",)),
        Column("company", _("Company"), order=("company",)),
        Column("host", _("Host"), "host_name", order=("host",)),
        Column("arrived_at", _("Came"), order=("arrived_at",)),
        Column("left_at", _("Left at"), order=("left_at",)),
        Column("badge", _("Badge"), order=("badge",)),
        Column("where", _("Where")),
        Column("how", _("How")),
    ),
    order="-arrived_at",
    search=("visitor", "company", "host", "badge"),
    filters=(
        Filter("where", _("Where"), _where, choices=lambda: list(WHERE.items())),
        Filter(
            "how",
            _("How"),
            _how,
            choices=lambda: [
                ("registered", _("Registered")),
                ("accompanied", _("Accompanied")),
            ],
        ),
    ),
    link=lambda row: reverse("visitors:visit", args=[row.key]),
    empty=Empty(
        _("Nobody has visited yet"),
        _("Visits appear here once somebody signs in at the desk, or they are imported."),
    ),
    prepare=_prepare_visits,
)


def _prepare_badges(rows: list[Any]) -> None:
    out = {row.badge: row for row in badges_out()}
    for row in rows:
        visit = out.get(row.number)
        row.visit = visit
        row.word = _("Lost") if row.lost else _("Out") if visit else _("On the board")
        row.holder = visit.visitor if visit else ""
        row.since = visit.arrived_at if visit else None


BADGES = Listing(
    name="badges",
    columns=(
        Column("number", _("Badge"), order=("number",)),
        Column("word", _("State")),
        Column("holder", _("With")),
        Column("since", _("Since")),
    ),
    order="number",
    search=("number",),
    filters=(
        Filter(
            "lost",
            _("State"),
            lambda rows, value: rows.filter(lost=value == "lost"),
            choices=lambda: [("lost", _("Lost")), ("kept", _("In use"))],
        ),
    ),
    link=lambda row: reverse("visitors:badge", args=[row.number]),
    empty=Empty(
        _("No badges yet"),
        _("Add the badges that hang at the desk. Without any, each visitor gets a printed label."),
    ),
    prepare=_prepare_badges,
)

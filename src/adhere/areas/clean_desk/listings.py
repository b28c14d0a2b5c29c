"""The lists of this area: what rounds found, the workplaces, and the rounds themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from adhere.areas.clean_desk.finding import newest_of, with_names
from adhere.areas.clean_desk.models import InspectionRecord, RoundRecord, WorkplaceRecord, current
from adhere.areas.clean_desk.planning import floors
from adhere.areas.clean_desk.telling import what_lay_open
from adhere.console.icons import icon
from adhere.console.lists import Column, Empty, Filter, Listing
from adhere.core.models import Person

STANDINGS = {"open": _("Open"), "mended": _("In order again")}
OUTCOMES = {"held": _("Held"), "skipped": _("Skipped")}
AMISS = Q(desk_clear=False) | Q(screen_locked="no")


def _desk_url(row: Any) -> str:
    return reverse("clean_desk:desk", args=[row.place])


def _floors() -> list[tuple[str, str]]:
    return [(floor, floor) for floor in floors()]


def _standing(row: Any) -> str:
    return "open" if row.still_amiss else "mended"


def _standing_badge(row: Any) -> str:
    colour, sign = ("not-satisfied", "cross") if row.still_amiss else ("satisfied", "check")
    return format_html(
        '<span class="badge state-{}">{}{}</span>', colour, icon(sign), STANDINGS[_standing(row)]
    )


def _by_standing(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.filter(still_amiss=value == "open")
    return found


def found_rows() -> QuerySet[Any]:
    """Every inspection that found something, and whether the newest one of its desk still does."""
    amiss = newest_of(OuterRef("place")).annotate(bad=Q(AMISS)).values("bad")[:1]
    found: QuerySet[Any] = with_names(current(InspectionRecord).filter(AMISS)).annotate(
        still_amiss=Subquery(amiss)
    )
    return found


FINDINGS = Listing(
    name="desk-findings",
    columns=(
        Column("place", _("Workplace"), order=("place",)),
        Column("floor", _("Floor"), order=("floor",)),
        Column(
            "owner", _("Whose desk"), lambda row: row.owner_name or row.desk_of, ("owner_name",)
        ),
        Column("found", _("Found"), what_lay_open, wide=True),
        Column("at", _("Looked at"), "happened_at", order=("happened_at",)),
        Column("standing", _("State"), lambda row: STANDINGS[_standing(row)], show=_standing_badge),
        Column("note", _("Note"), wide=True),
    ),
    order="-at",
    search=("place", "owner_name", "note"),
    filters=(
        Filter("state", _("State"), _by_standing, lambda: list(STANDINGS.items())),
        Filter("floor", _("Floor"), "floor", _floors),
    ),
    link=_desk_url,
    empty=Empty(
        _("Nothing was found"),
        _("What a round finds at a workplace stands here until a later round finds it in order."),
    ),
)


def workplace_rows() -> QuerySet[Any]:
    """Every workplace, with its owner's name and when it was last looked at."""
    owner = Person.objects.filter(pk=OuterRef("desk_of")).values("name")[:1]
    seen = current(InspectionRecord).filter(place=OuterRef("place")).values("place")
    last = seen.annotate(last=Max("happened_at")).values("last")
    found: QuerySet[Any] = current(WorkplaceRecord).annotate(
        owner_name=Subquery(owner), seen=Subquery(last)
    )
    return found


WORKPLACES = Listing(
    name="workplaces",
    columns=(
        Column("place", _("Workplace"), order=("place",)),
        Column("floor", _("Floor"), order=("floor", "place")),
        Column(
            "owner", _("Whose desk"), lambda row: row.owner_name or row.desk_of, ("owner_name",)
        ),
        Column("since", _("In use since"), order=("since",)),
        Column("until", _("Last day of use"), order=("until",)),
        Column("seen", _("Looked at"), order=("seen",)),
    ),
    order="floor",
    search=("place", "floor", "owner_name"),
    filters=(
        Filter("floor", _("Floor"), "floor", _floors),
        Filter(
            "use",
            _("In use"),
            lambda rows, value: rows.filter(until__isnull=value == "yes"),
            lambda: [("yes", _("yes")), ("no", _("given up"))],
        ),
    ),
    link=_desk_url,
    empty=Empty(
        _("No workplaces yet"),
        _("Rounds look at the workplaces that stand here. Add them one by one, or import a list."),
        _("Import workplaces"),
        "/import/?kind=workplaces",
    ),
)


def round_rows() -> QuerySet[Any]:
    """Every round that has ended, with who walked it."""
    name = Person.objects.filter(pk=OuterRef("inspector")).values("name")[:1]
    found: QuerySet[Any] = current(RoundRecord).annotate(inspector_name=Subquery(name))
    return found


ROUNDS = Listing(
    name="rounds",
    columns=(
        Column("day", _("Day"), order=("day",)),
        Column("floor", _("Floor"), order=("floor",)),
        Column("outcome", _("Outcome"), lambda row: OUTCOMES[row.outcome], ("outcome",)),
        Column("inspector", _("By"), lambda row: row.inspector_name or row.inspector),
        Column("unseen", _("Not looked at"), lambda row: len(row.unseen), number=True),
        Column("reason", _("Reason"), wide=True),
    ),
    order="-day",
    search=("floor", "inspector_name", "reason"),
    filters=(
        Filter("floor", _("Floor"), "floor", _floors),
        Filter("outcome", _("Outcome"), "outcome", lambda: list(OUTCOMES.items())),
    ),
    link=lambda row: reverse("clean_desk:round", args=[row.day.isoformat(), row.floor]),
    empty=Empty(
        _("No rounds yet"),
        _("Plan which floor is walked when and by whom; each round that ends stands here."),
    ),
    size=20,
)

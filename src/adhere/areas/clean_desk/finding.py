"""What is open: each workplace whose newest round found something, and how often before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from adhere.areas.clean_desk.models import InspectionRecord, WorkplaceRecord, current
from adhere.core.models import Person


def newest_of(place: Any) -> QuerySet[Any]:
    """The rounds of a workplace, newest first."""
    return current(InspectionRecord).filter(place=place).order_by("-happened_at", "-pk")


def with_names(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Inspections with the names of owner and inspector, the floor, and whether newest here."""

    def name(field: str) -> Subquery:
        return Subquery(Person.objects.filter(pk=OuterRef(field)).values("name")[:1])

    floor = current(WorkplaceRecord).filter(place=OuterRef("place")).values("floor")[:1]
    named: QuerySet[Any] = rows.annotate(
        owner_name=name("desk_of"),
        inspector_name=name("inspector"),
        floor=Subquery(floor),
        newest=Subquery(newest_of(OuterRef("place")).values("pk")[:1]),
    )
    return named


def amiss_in_a_row(person: str) -> int:
    """How many of a person's newest rounds, one after another, found something."""
    number = 0
    for row in current(InspectionRecord).filter(desk_of=person).order_by("-happened_at", "-pk"):
        if not row.amiss:
            break
        number += 1
    return number


def still_open(keys: Iterable[str]) -> dict[str, Any]:
    """Those of the inspections that found something and that no later clear round followed."""
    rows = with_names(current(InspectionRecord).filter(key__in=list(keys)))
    newest = current(InspectionRecord).in_bulk({row.newest for row in rows})
    return {row.key: row for row in rows if row.amiss and newest[row.newest].amiss}


def desks_of(person: str, day: date) -> list[WorkplaceRecord]:
    """The workplaces that are somebody's on a day."""
    rows = current(WorkplaceRecord).filter(desk_of=person, since__lte=day).order_by("place")
    return [row for row in rows if row.until is None or row.until >= day]

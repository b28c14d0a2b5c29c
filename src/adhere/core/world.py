"""Loads the facts of a day, as they are known now or were known then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.utils import timezone

from adhere.core.areas import Derived, FactKind, areas
from adhere.core.checking import Fact, Subject, World
from adhere.core.kinds import kinds
from adhere.core.models import Controller
from adhere.core.publications import published_before
from adhere.core.recording import start_of
from adhere.core.rows import Publication


def world_on(day: date, known: date | None, needs: Collection[str] | None = None) -> World:
    """The world at the end of a day, with what was recorded by the end of ``known``."""
    wanted = kinds().keys() if needs is None else kinds().keys() & {*needs, "people"}
    facts = {name: load(kinds()[name], day, known) for name in wanted}
    for derived in (_PUBLICATIONS, *(each for area in areas() for each in area.derived)):
        if needs is None or derived.name in needs:
            facts[derived.name] = list(derived.load(day, known))
    company = Subject("company", "company", Controller.current().name)
    return World(day, company, facts, ZoneInfo(timezone.get_default_timezone_name()))


def _publications(day: date, known: date | None) -> list[Fact]:
    return published_before([moment for moment in (end_of(day), end_of(known)) if moment])


_PUBLICATIONS = Derived(Publication.kind, _publications)


def load(kind: FactKind, day: date, known: date | None) -> list[Fact]:
    """The newest version, as known, of each fact that had happened by the end of the day."""
    names = [field.name for field in msgspec.structs.fields(kind.row)]
    lists = {index for index, name in enumerate(names) if _is_list(kind, name)}
    rows = _visible(kind, ["pk", "supersedes_id", "retracted", *names], end_of(known))
    happened = names.index("happened_at")
    limit = end_of(day) or start_of(date.max)
    return [
        kind.row(*(_plain(row, lists) if lists else row)) for row in rows if row[happened] < limit
    ]


def _is_list(kind: FactKind, name: str) -> bool:
    return kind.model._meta.get_field(name).get_internal_type() == "JSONField"


def _plain(row: tuple[Any, ...], lists: set[int]) -> Iterator[Any]:
    return (
        tuple(value) if index in lists and isinstance(value, list) else value
        for index, value in enumerate(row)
    )


def _visible(
    kind: FactKind, names: list[str], before: datetime | None
) -> Iterator[tuple[Any, ...]]:
    rows = kind.model._default_manager.order_by("happened_at", "pk")
    if before:
        rows = rows.filter(recorded_at__lt=before)
    loaded = list(rows.values_list(*names))
    superseded = {row[1] for row in loaded if row[1] is not None}
    return (row[3:] for row in loaded if row[0] not in superseded and not row[2])


def end_of(day: date | None) -> datetime | None:
    """The first moment after a day in the company's time zone."""
    return start_of(day + timedelta(days=1)) if day and day < date.max else None

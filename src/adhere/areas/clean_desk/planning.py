"""When each floor is walked, and by whom: the rota as days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from adhere.areas.clean_desk.models import Rota, RoundRecord, WorkplaceRecord, current
from adhere.core.models import Person


@dataclass(frozen=True)
class Planned:
    """One round of a rota: whose turn it is, and how it ended (blank: not yet)."""

    floor: str
    day: date
    inspector: Person | None
    outcome: str = ""


def due_on(rota: Rota, day: date) -> bool:
    """Whether a round is due on a day."""
    if day < rota.starts or day.weekday() not in rota.weekdays:
        return False
    return _weeks(rota, day) % rota.weeks == 0


def turn_on(rota: Rota, day: date, at_work: dict[str, Person]) -> Person | None:
    """Whose turn a day's round is: the next of the rota who works here."""
    days = sorted(rota.weekdays)
    number = _weeks(rota, day) // rota.weeks * len(days) + days.index(day.weekday())
    turn = number % len(rota.inspectors) if rota.inspectors else 0
    ordered = [*rota.inspectors[turn:], *rota.inspectors[:turn]]
    return next((at_work[each] for each in ordered if each in at_work), None)


def _weeks(rota: Rota, day: date) -> int:
    """Calendar weeks since the one the rota starts in."""
    return (_monday(day) - _monday(rota.starts)).days // 7


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def planned(first: date, last: date, rotas: Iterable[Rota] | None = None) -> list[Planned]:
    """Every round due from one day to another, both inclusive, by day and floor."""
    chosen = list(Rota.objects.order_by("floor") if rotas is None else rotas)
    at_work = at_work_on(first)
    ended = {
        (row.floor, row.day): row.outcome
        for row in current(RoundRecord).filter(day__range=(first, last))
    }
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        Planned(rota.floor, day, turn_on(rota, day, at_work), ended.get((rota.floor, day), ""))
        for day in days
        for rota in chosen
        if due_on(rota, day)
    ]


def at_work_on(day: date) -> dict[str, Person]:
    """Who works here on a day, by id."""
    here = Person.objects.filter(Q(left=None) | Q(left__gte=day), joined__lte=day)
    return {person.pk: person for person in here}


def floors() -> list[str]:
    """Every floor that has a workplace."""
    return sorted(set(current(WorkplaceRecord).values_list("floor", flat=True)))


def places_of(floor: str, day: date) -> Sequence[WorkplaceRecord]:
    """The workplaces of a floor that are in use on a day, by name."""
    rows = current(WorkplaceRecord).filter(floor=floor, since__lte=day)
    return list(rows.filter(Q(until=None) | Q(until__gte=day)).order_by("place"))


def may_walk(person: str, floor: str) -> bool:
    """Whether somebody is on the rota of a floor."""
    rota = Rota.objects.filter(pk=floor).first()
    return rota is not None and person in rota.inspectors


def photos_on(floor: str) -> bool:
    """Whether inspectors of a floor may add a photo."""
    return Rota.objects.filter(pk=floor, photos=True).exists()

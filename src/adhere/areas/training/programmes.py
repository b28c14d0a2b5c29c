"""How people stand with the programmes that the published policies demand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.utils import timezone

from adhere.areas.training import facts
from adhere.areas.training.checks import Attended, attended
from adhere.areas.training.models import Absence, Attendance, TrainingSession, current
from adhere.areas.training.roll import Roll
from adhere.areas.training.standing import away_on, standing
from adhere.core.checking import Fact, Person, Subject, Verdict, World
from adhere.core.models import Controller, Exemption, PersonRecord
from adhere.core.models import Fact as FactModel
from adhere.core.policies import current as policies
from adhere.core.recording import start_of
from adhere.core.world import world_on


@dataclass(frozen=True)
class Owed:
    """One person's verdict for one programme, and the last day in order (None: nothing known)."""

    person: str
    programme: str
    state: str
    why: str
    due: date | None
    away: bool


def _bound() -> list[tuple[str, Attended]]:
    """Each clause in force that demands attendance, as ``policy/clause``, with its terms."""
    return [
        (f"{binding.policy}/{binding.clause}", binding.parameters)
        for policy in policies()
        for binding in policy.bindings
        if binding.check.name == attended.name and isinstance(binding.parameters, Attended)
    ]


def demanded() -> list[Attended]:
    """What the policies in force demand, each programme once, the shorter window first."""
    found = [parameters for _clause, parameters in _bound()]
    strictest: dict[str, Attended] = {}
    for each in sorted(found, key=lambda each: (each.within.days, each.grace.days)):
        strictest.setdefault(each.programme, each)
    return list(strictest.values())


def exempt(programme: str, day: date) -> set[str]:
    """Who is exempt from attending a programme on a day."""
    clauses = [clause for clause, each in _bound() if each.programme == programme]
    rows = current(Exemption).filter(clause__in=clauses, start__lte=day, until__gte=day)
    return set(rows.values_list("subject", flat=True))


def programme_names() -> list[str]:
    """Every programme that is demanded or has a session."""
    recorded = current(TrainingSession).values_list("programme", flat=True).distinct()
    return sorted({each.programme for each in demanded()} | set(recorded.order_by()))


def world_of(day: date) -> World:
    """Everything the demand looks at, for everybody."""
    return world_on(day, None, attended.needs)


def world_of_one(person: str, day: date) -> World:
    """The same for one person alone, without reading what is about others."""
    known: dict[str, list[Fact]] = {
        facts.Session.kind: _rows(facts.Session, TrainingSession, day),
        facts.Attendance.kind: _rows(facts.Attendance, Attendance, day, person=person),
        facts.Absence.kind: _rows(facts.Absence, Absence, day, person=person),
        Person.kind: _rows(Person, PersonRecord, day, key=person),
    }
    company = Subject("company", "company", Controller.current().name)
    return World(day, company, known, ZoneInfo(timezone.get_default_timezone_name()))


def _rows(row: type[Fact], model: type[FactModel], day: date, **about: str) -> list[Fact]:
    names = [field.name for field in msgspec.structs.fields(row)]
    end = start_of(day + timedelta(days=1))
    found = current(model).filter(happened_at__lt=end, **about).order_by("happened_at", "pk")
    return [row(*values) for values in found.values_list(*names)]


def owed(day: date, programme: str = "", person: str = "") -> list[Owed]:
    """How everybody at work (or one person) stands on a day, by programme and person."""
    demands = [each for each in demanded() if programme in {"", each.programme}]
    if not demands:
        return []
    world = world_of_one(person, day) if person else world_of(day)
    return [each for demand in demands for each in _of_programme(demand, world)]


def _of_programme(demand: Attended, world: World) -> list[Owed]:
    roll = Roll(demand.programme, demand.terms, world)
    verdicts = {
        verdict.subject.id: verdict
        for verdict in _judged(demand, world)
        if verdict.subject.kind == "person"
    }
    free = exempt(demand.programme, world.day)
    return [
        _owed(person, verdicts[person.key], roll, person.key in free)
        for person in world.people()
        if person.key in verdicts
    ]


def _judged(demand: Attended, world: World) -> Iterable[Verdict]:
    return attended.judge(demand, world) if attended.judge else ()


def _owed(person: Person, verdict: Verdict, roll: Roll, free: bool) -> Owed:
    case = roll.case(person)
    found = standing(case, roll.terms) if roll.offered else None
    return Owed(
        person=person.key,
        programme=roll.programme,
        state="exempt" if free and verdict.state == "not-satisfied" else verdict.state,
        why=verdict.why,
        due=found.due if found else None,
        away=away_on(roll.world.day, case.away) is not None,
    )


def upcoming(programme: str = "", after: datetime | None = None) -> Any:
    """The sessions still to come, soonest first."""
    rows = current(TrainingSession).filter(cancelled=False, starts_at__gt=after or timezone.now())
    chosen = rows.filter(programme__icontains=programme) if programme else rows
    return chosen.order_by("starts_at", "pk")

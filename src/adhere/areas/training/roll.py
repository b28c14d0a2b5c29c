"""A programme's sessions and who came to them, from a world of facts. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from adhere.areas.training.facts import Absence, Attendance, Session
from adhere.areas.training.standing import Case, Terms, away_on, long_absences
from adhere.core.checking import Person, World

ONE = timedelta(days=1)
_WORD = re.compile(r"\w+")


def belongs(name: str, programme: str) -> bool:
    """Whether a session's programme is the one asked for: all its words are in the name.

    So ``security`` finds “Security awareness 2026” too, whatever the case.
    """
    return set(_WORD.findall(programme.casefold())) <= set(_WORD.findall(name.casefold()))


def offered_on(programme: str, world: World) -> dict[str, date]:
    """The programme's sessions offered by the judged day, with their days."""
    days = {
        session.key: world.local_day(session.starts_at)
        for name, sessions in world.by(Session, "programme").items()
        if belongs(name, programme)
        for session in sessions
        if not session.cancelled
    }
    return {key: day for key, day in days.items() if day <= world.day}


@dataclass
class Roll:
    """Who came to which offered session of one programme."""

    programme: str
    terms: Terms
    world: World
    days: dict[str, date] = field(init=False)
    offered: Sequence[date] = field(init=False)

    def __post_init__(self) -> None:
        self.days = offered_on(self.programme, self.world)
        self.offered = sorted(set(self.days.values()))

    def attendance(self, person: str) -> list[Attendance]:
        """A person's records at offered sessions of the programme."""
        records = self.world.by(Attendance, "person").get(person, ())
        return [record for record in records if record.session in self.days]

    def case(self, person: Person) -> Case:
        """What counts for one person."""
        outcomes: dict[str, set[date]] = {"attended": set(), "excused": set(), "absent": set()}
        for record in self.attendance(person.key):
            outcomes[record.outcome].add(self.days[record.session])
        spans = [(each.start, each.until) for each in self._absences(person.key)]
        return Case(
            joined=person.joined,
            offered=self.offered,
            attended=sorted(outcomes["attended"]),
            excused=sorted(outcomes["excused"] - outcomes["attended"]),
            away=long_absences(spans, self.terms.long, self.world.day) if spans else (),
        )

    def shown_by(self, person: Person, case: Case) -> tuple[str, ...]:
        """The facts behind a verdict: attendance from the latest attended day, long absences."""
        floor = case.attended[-1] if case.attended else date.min
        start = case.attended[-1] if case.attended else case.joined - ONE
        records = sorted(
            (self.days[record.session], record.key, record.ref)
            for record in self.attendance(person.key)
            if self.days[record.session] >= floor
        )
        absences = sorted(
            (absence.start, absence.ref)
            for absence in self._absences(person.key)
            if away_on(absence.start, case.away) and (absence.until or date.max) > start
        )
        return (*(ref for _, _, ref in records), *(ref for _, ref in absences))

    def latest_missed(self, case: Case) -> tuple[str, ...]:
        """The latest session offered to a person, by day, then key."""
        own = [(day, key) for key, day in self.days.items() if not away_on(day, case.away)]
        return (f"{Session.kind}/{max(own)[1]}",) if own else ()

    def _absences(self, person: str) -> Sequence[Absence]:
        return self.world.by(Absence, "person").get(person, ())

"""A second, naive reading of what the checks promise: day by day, from the raw history.

It shares no code with the product but the plain length arithmetic of ``relative``. A history is
a list of versions of facts as they were recorded; nothing is indexed, nothing is clever.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)
Outcome = tuple[str, date | None]


@dataclass(frozen=True)
class Version:
    """One version of one fact: when it was so, when it was recorded, and what it says."""

    kind: str
    key: str
    happened: date
    recorded: date
    values: dict[str, Any] = field(hash=False)
    retracted: bool = False


def seen(history: list[Version], kind: str, day: date, known: date | None) -> list[Version]:
    """The newest known version of each fact, where it is not taken back and had happened."""
    newest: dict[str, Version] = {}
    for version in history:  # in the order of recording
        if version.kind == kind and (known is None or version.recorded <= known):
            newest[version.key] = version
    return [each for each in newest.values() if not each.retracted and each.happened <= day]


def relative(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass
class Company:
    """What is visible of the company on a day."""

    day: date
    people: dict[str, dict[str, Any]]
    sessions: dict[str, dict[str, Any]]
    attendance: list[dict[str, Any]]
    absences: list[dict[str, Any]]
    accepted: list[dict[str, Any]]
    exemptions: list[dict[str, Any]]
    published: list[tuple[int, date]]

    def offered(self) -> list[date]:
        """The days on which the programme was offered."""
        return sorted({each["day"] for each in self.sessions.values() if not each["cancelled"]})

    def serving(self) -> list[str]:
        """Who works here on the day."""
        return sorted(
            key
            for key, each in self.people.items()
            if each["joined"] <= self.day and (each["left"] is None or self.day <= each["left"])
        )


def company(
    history: list[Version], published: list[tuple[int, date]], day: date, known: date | None
) -> Company:
    """The company as known on a day."""

    def rows(kind: str) -> list[dict[str, Any]]:
        return [{**each.values, "id": each.key} for each in seen(history, kind, day, known)]

    limit = min(day, known) if known else day
    return Company(
        day,
        {each["id"]: each for each in rows("people")},
        {each["id"]: each for each in rows("training-sessions")},
        rows("attendance"),
        rows("absences"),
        rows("acknowledgements"),
        rows("exemptions"),
        [(number, at) for number, at in published if at <= limit],
    )


def offered(world: Company, times: int, months: int) -> Outcome:
    """Whether the programme was offered often enough in the window that ends on the day."""
    if not world.sessions:
        return "unknown", None
    recorded = [each["day"] for each in world.sessions.values()]
    start = min([*recorded, *(each["joined"] for each in world.people.values())])

    def old_enough(day: date) -> bool:
        return relative(day, -months) >= start

    def number(day: date) -> int:
        return sum(relative(day, -months) < each <= day for each in world.offered())

    if number(world.day) >= times:
        return "satisfied", None
    if not old_enough(world.day):
        return "unknown", None
    since = world.day
    while old_enough(since - DAY) and number(since - DAY) < times:
        since -= DAY
    return "not-satisfied", max(since, min(recorded))


@dataclass
class Case:
    """One person and the terms, for the rules of attendance."""

    world: Company
    person: str
    months: int
    grace: int
    long: int

    def attended(self) -> list[date]:
        return self._days("attended")

    def excused(self) -> list[date]:
        return [day for day in self._days("excused") if day not in self.attended()]

    def _days(self, outcome: str) -> list[date]:
        found = set()
        for each in self.world.attendance:
            session = self.world.sessions.get(each["session"])
            mine = each["person"] == self.person and each["outcome"] == outcome
            if mine and session and not session["cancelled"]:
                found.add(session["day"])
        return sorted(found)

    def away(self) -> list[tuple[date, date]]:
        """Long absences: runs of days away, long enough or without an end."""
        days, endless = set(), set()
        for each in self.world.absences:
            if each["person"] == self.person:
                last = each["until"] or self.world.day
                span = {each["start"] + n * DAY for n in range((last - each["start"]).days + 1)}
                days |= span
                endless |= span if each["until"] is None else set()
        runs: list[list[date]] = []
        for day in sorted(days):
            if runs and runs[-1][-1] + DAY == day:
                runs[-1].append(day)
            else:
                runs.append([day])
        return [
            (run[0], run[-1])
            for run in runs
            if len(run) >= self.long or any(day in endless for day in run)
        ]

    def offered(self) -> list[date]:
        """The days offered to this person."""
        away = self.away()
        return [
            day
            for day in self.world.offered()
            if not any(first <= day <= last for first, last in away)
        ]

    def covered(self, a: date) -> date:
        end = a
        while relative(end + DAY, -self.months) < a:
            end += DAY
        for first, last in self.away():
            if last > a and first <= end + DAY:
                end += DAY * (last - max(first, a + DAY) + DAY).days
        return end

    def starting(self, x: date) -> date:
        cap = relative(x, self.months)
        later = [day for day in self.offered() if day >= x]
        first = min(later[0], cap) if later else cap
        return max(x + DAY * self.grace, first, self.world.offered()[0])

    def run(self, due: date, excuses: Iterable[date], away: Iterable[tuple[date, date]],
            after: date | None) -> date:  # fmt: skip
        events: list[tuple[date, Callable[[date], date]]] = []
        events += [(day, lambda due, e=day: self.excuse(due, e, after)) for day in excuses]
        events += [
            (first, lambda due, f=first, t=last: self.back(due, f, t)) for first, last in away
        ]
        for _, move in sorted(events, key=lambda event: event[0]):
            due = max(due, move(due))
        return due

    def excuse(self, due: date, e: date, after: date | None) -> date:
        before = [day for day in self.offered() if day < e]
        if e > due or e not in self.offered():
            return due
        if before and before[-1] in self.excused() and (after is None or before[-1] > after):
            return due
        later = [day for day in self.offered() if day > e]
        cap = relative(e, self.months)
        return min(later[0], cap) if later else cap

    def back(self, due: date, first: date, last: date) -> date:
        return max(last, self.starting(last + DAY)) if first <= due + DAY else due

    def due(self) -> date:
        joined = self.world.people[self.person]["joined"]
        excuses, away = self.excused(), self.away()
        due = self.run(
            self.starting(joined),
            [day for day in excuses if day >= joined],
            [each for each in away if each[1] >= joined],
            None,
        )
        if self.attended():
            a = self.attended()[-1]
            again = self.run(
                self.covered(a),
                [day for day in excuses if day > a],
                [each for each in away if each[1] > a],
                a,
            )
            due = max(due, again)
        return due


def attended(world: Company, person: str, months: int, grace: int, long: int) -> Outcome:
    """The state of one person on the day, and since when it is broken."""
    if not world.offered():
        return "unknown", None
    case = Case(world, person, months, grace, long)
    if case.attended() and world.day <= case.covered(case.attended()[-1]):
        return "satisfied", None
    if any(first <= world.day <= last for first, last in case.away()):
        return "not-applicable", None
    due = case.due()
    if world.day <= due:
        return "not-applicable", None
    ended = [last + DAY for _, last in case.away() if last < world.day]
    return "not-satisfied", max([due + DAY, *ended])


def accepted(world: Company, person: str, grace: int) -> Outcome:
    """Whether the person accepted the newest version, or a deadline passed."""
    mine = [each for each in world.accepted if each["person"] == person]
    highest = max((each["version"] for each in mine), default=0)
    number = world.published[-1][0]
    if highest >= number:
        return "satisfied", next(each["day"] for each in mine if each["version"] == highest)
    for place, (version, at) in enumerate(world.published):
        deadline = max(world.people[person]["joined"], at) + DAY * grace
        replaced = [day for _, day in world.published[place + 1 : place + 2]]
        if version > highest and deadline < world.day and all(deadline < day for day in replaced):
            return "not-satisfied", deadline + DAY
    return "not-applicable", None


def exempted(world: Company, clause: str, subject: str, outcome: Outcome) -> Outcome:
    """Exempt instead of not satisfied, where consent for that day is on record."""
    granted = [
        each
        for each in world.exemptions
        if each["clause"] == clause
        and each["subject"] == subject
        and each["start"] <= world.day <= each["until"]
    ]
    if outcome[0] != "not-satisfied" or not granted:
        return outcome
    return "exempt", max(granted, key=lambda each: (each["until"], each["id"]))["start"]

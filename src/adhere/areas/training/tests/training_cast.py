"""The small cast of this area's tests: worlds without a database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from adhere.areas.training.checks import Attended, Offered, attended, offered
from adhere.areas.training.facts import Absence, Attendance, Session
from adhere.core.checking import Fact, Person, Subject, Verdict, World

ZONE = ZoneInfo("Europe/Brussels")
TODAY = date(2026, 11, 22)
COMPANY = Subject("company", "company", "Polderpolis")


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def person(key: str, joined: date = date(2020, 1, 6), left: date | None = None, role="employee"):
    return Person(key, at(joined), at(joined), key.title(), "", role, "", (), joined, left, "en")


def session(key: str, day: date, *, programme: str = "security", cancelled: bool = False):
    starts = at(day)
    return Session(key, starts, starts, programme, f"Session {key}", starts, at(day, 11), cancelled)


def outcome(at_session: Session, who: str, what: str = "attended"):
    moment = at_session.starts_at
    return Attendance(f"{at_session.key}:{who}", moment, moment, at_session.key, who, what)


def absence(who: str, start: date, until: date | None):
    return Absence(f"{who}:{start}", at(start), at(start), who, start, until)


def world(*facts: Fact, day: date = TODAY) -> World:
    """What is known by the end of a day; later facts are not in it, as the house promises."""
    kinds: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda each: each.happened_at):
        if fact.happened_at < at(day + timedelta(days=1), 0):
            kinds.setdefault(fact.kind, []).append(fact)
    return World(day, COMPANY, kinds, ZONE)


def verdict_of(who: str, *facts: Fact, day: date = TODAY, **parameters: object) -> Verdict:
    """The verdict on one person."""
    found = {
        verdict.subject.id: verdict
        for verdict in attended.judge(Attended(**parameters), world(*facts, day=day))
    }
    return found[who]


def company_verdict(*facts: Fact, day: date = TODAY, **parameters: object) -> Verdict:
    (found,) = offered.judge(Offered(**parameters), world(*facts, day=day))
    return found

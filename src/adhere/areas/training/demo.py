"""The training of the fictitious company: two years of sessions, and violations on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from adhere.areas.training.models import ABSENT, ATTENDED, EXCUSED, Plan, SignUp
from adhere.areas.training.records import ABSENCES, ATTENDANCE, SESSIONS
from adhere.core.models import Person
from adhere.core.recording import Origin, record

SOURCE, PROGRAMME = "demo", "security"
# Days before today on which sessions were held, oldest first, and what they were about.
HELD = (
    (690, "Spot the phish"),
    (560, "Your desk, your screen, your badge"),
    (500, "Visitors and strangers"),
    (330, "Data that leaves the house"),
    (200, "Passwords, passkeys and accounts"),
    (75, "What our security policy asks of you"),
)
CANCELLED, COMING = (420, "Secure code, hands on"), (-24, "Spot the phish, once more")
A, N, X = ATTENDED, ABSENT, EXCUSED
# Outcomes of the planted ones, session by session as in HELD, and what makes it a violation.
PLANTED = {
    "never": ((N, N, N, N, N, N), "never attended a session"),
    "too old": ((A, A, N, N, N, N), "last attended more than a year ago"),
    "contractor": ((A, A, A, N, N, N), "a contractor who missed every session for a year"),
    "excused": ((A, A, A, N, X, N), "excused once, then missed the next session too"),
}
AWAY = (("parental-leave", 260, 60), ("parental-leave", 40, -80), ("other", 150, 132))


def fill(random: Random, today: date) -> Iterator[dict[str, str]]:
    """Record two years of training; yields each violation that was put in."""
    days = [_weekday(today, ago) for ago, _title in HELD]
    cast = _cast(random, today)
    away = _away(random, today, set(cast.values()))
    _sessions(days, today)
    _absences(away, today)
    for number, day in enumerate(days):
        _attendance(random, number, days, {person: part for part, person in cast.items()}, away)
        _plan(day)
    _coming(random, today)
    for part, person in cast.items():
        yield {
            "policy": "work-behaviours",
            "check": "training.attended",
            "subject": person,
            "state": "not-satisfied",
            "why": PLANTED[part][1],
        }


def _weekday(today: date, ago: int) -> date:
    """A working day on or before that many days ago."""
    day = today - timedelta(days=ago)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), timezone.get_default_timezone())


def _key(day: date) -> str:
    return f"{PROGRAMME}-{day.isoformat()}"


def _long_here(today: date) -> list[Person]:
    """People without a part of their own who were there for all of it."""
    since = today - timedelta(days=HELD[0][0] + 20)
    people = Person.objects.filter(joined__lt=since, left=None).order_by("pk")
    return [person for person in people if not {"security", "front-desk"} & set(person.teams)]


def _cast(random: Random, today: date) -> dict[str, str]:
    people = _long_here(today)
    employees = [person.pk for person in people if person.role == "employee" and person.supervisor]
    contractors = [person.pk for person in people if person.role == "contractor"]
    if len(employees) < len(PLANTED) + len(AWAY) or not contractors:
        return {}
    never, too_old, excused = random.sample(employees, 3)
    parts = {"never": never, "too old": too_old, "contractor": random.choice(contractors)}
    return {**parts, "excused": excused}


def _away(random: Random, today: date, taken: set[str]) -> dict[str, tuple[date, date, str]]:
    free = [person.pk for person in _long_here(today) if person.pk not in taken]
    people = random.sample(free, min(len(AWAY), len(free)))
    return {
        person: (today - timedelta(days=first), today - timedelta(days=last), reason)
        for person, (reason, first, last) in zip(people, AWAY, strict=False)
    }


def _session(day: date, title: str, hour: int, *, key: str = "", **more: Any) -> dict[str, Any]:
    return {
        "key": key or _key(day),
        "programme": PROGRAMME,
        "title": title,
        "starts_at": _at(day, hour),
        "ends_at": _at(day, hour + 2),
        "cancelled": False,
        **more,
    }


def _sessions(days: Sequence[date], today: date) -> None:
    """Each planned five weeks ahead; one was moved by a week, one was cancelled."""
    for number, (day, (_ago, title)) in enumerate(zip(days, HELD, strict=True)):
        row = _session(day, title, 10 if number % 2 else 14)
        if number == 2:
            first = day - timedelta(days=7)
            _record(SESSIONS, [_session(first, title, 14, key=row["key"])], day, -35)
            _record(SESSIONS, [row], day, -12)
        else:
            _record(SESSIONS, [row], day, -35)
    day = _weekday(today, CANCELLED[0])
    _record(SESSIONS, [_session(day, CANCELLED[1], 10)], day, -35)
    _record(SESSIONS, [_session(day, CANCELLED[1], 10, cancelled=True)], day, -3)


def _record(kind: Any, rows: Sequence[dict[str, Any]], day: date, after: int) -> None:
    moment = _at(day + timedelta(days=after), 17)
    record(kind, rows, Origin(SOURCE, _trainer(), min(moment, timezone.now())))


def _trainer() -> str:
    people = Person.objects.filter(left=None).order_by("pk")
    return next((person.pk for person in people if "security" in person.teams), "")


def _absences(away: dict[str, tuple[date, date, str]], today: date) -> None:
    for person, (start, until, reason) in sorted(away.items()):
        row = {"person": person, "start": start, "until": until, "reason": reason}
        _record(ABSENCES, [row], start, -1)


def _attendance(
    random: Random,
    number: int,
    days: Sequence[date],
    parts: dict[str, str],
    away: dict[str, tuple[date, date, str]],
) -> None:
    day = days[number]
    at_work = Person.objects.filter(joined__lte=day).exclude(left__lt=day).order_by("pk")
    rows = []
    for person in at_work:
        start, until, _reason = away.get(person.pk, (date.max, date.min, ""))
        if start <= day <= until:
            continue
        outcome = _outcome(random, number)
        if person.pk in parts:
            outcome = PLANTED[parts[person.pk]][0][number]
        row = {"session": _key(day), "person": person.pk, "outcome": outcome}
        rows.append(row | {"at": _at(day, 10 if number % 2 else 14)})
    _record(ATTENDANCE, rows, day, 0)


def _outcome(random: Random, number: int) -> str:
    """Most come; to the latest session everybody, so that only planted ones are behind."""
    drawn = random.random()
    if number == len(HELD) - 1 or drawn < 0.86:
        return ATTENDED
    return EXCUSED if drawn < 0.93 else ABSENT


def _plan(day: date, capacity: int | None = None) -> None:
    place = "Auditorium, Korenlei 999" if capacity is None else "Training room, second floor"
    trainer = Person.objects.filter(pk=_trainer()).first()
    defaults = {"place": place, "trainer": trainer, "capacity": capacity}
    Plan.objects.update_or_create(session=_key(day), defaults=defaults)


def _coming(random: Random, today: date) -> None:
    """A session still to come, with more people signed up than it has places."""
    day = _weekday(today, COMING[0])
    _record(SESSIONS, [_session(day, COMING[1], 10)], today, -20)
    _plan(day, capacity=12)
    people = list(Person.objects.filter(joined__lte=today, left=None).order_by("pk"))
    for person in random.sample(people, min(14, len(people))):
        SignUp.objects.get_or_create(
            session=_key(day), person=person, defaults={"at": timezone.now()}
        )

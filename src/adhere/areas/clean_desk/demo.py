"""The rounds of the fictitious company: two floors over a year, and violations on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from adhere.areas.clean_desk.models import HELD, KEYS, OWNER, PAPERS, SKIPPED, Notice, Rota
from adhere.areas.clean_desk.records import INSPECTIONS, ROUNDS, WORKPLACES
from adhere.areas.clean_desk.walking import key_for
from adhere.core.models import Person
from adhere.core.recording import Origin, record

SOURCE = "demo"
WEEKS = 50  # of rounds before today
SAMPLE = 14  # workplaces of a large floor that one round looks at
FLOORS = {"1": ("engineering",), "2": ("sales", "support", "management")}
ARCHIVE = "0"  # a floor that is not walked any more, on purpose
SKIP = 9  # weeks ago, when a round was skipped
Row = dict[str, Any]


def fill(random: Random, today: date) -> Iterator[dict[str, str]]:
    """Record a year of rounds; yields each violation that was put in."""
    places = _places(today)
    _record(WORKPLACES, list(places.values()), today - timedelta(days=7 * WEEKS + 30), "")
    walkers = [person.pk for person in _here() if "security" in person.teams]
    _rotas(today, walkers)
    days = [_evening(today, weeks) for weeks in range(WEEKS, 0, -1)]
    for floor in FLOORS:
        _rounds(random, floor, places, days, walkers)
    yield from _plant(random, places, days[-1], walkers)
    yield from _forgotten(today, walkers)


def _here() -> list[Person]:
    return list(Person.objects.filter(left=None).order_by("pk"))


def _evening(today: date, weeks: int) -> date:
    """The Thursday of a week before this one."""
    return today - timedelta(days=today.weekday() + 7 * weeks - 3)


def _places(today: date) -> dict[str, Row]:
    """A workplace for each person of both floors who has been here for a year."""
    since = today - timedelta(days=7 * WEEKS + 30)
    found: dict[str, Row] = {}
    for floor, teams in FLOORS.items():
        people = [each for each in _here() if each.joined < since]
        sitting = [each for each in people if set(teams) & set(each.teams)]
        for number, person in enumerate(sitting, 1):
            place = f"{floor}-{number:02}"
            found[place] = _workplace(place, floor, since, person.pk)
    return found


def _workplace(place: str, floor: str, since: date, owner: str = "") -> Row:
    return {"place": place, "floor": floor, "desk_of": owner, "since": since, "until": None}


def _rotas(today: date, walkers: Sequence[str]) -> None:
    for floor in FLOORS:
        Rota.objects.create(
            floor=floor,
            weekdays=[3],
            starts=_evening(today, WEEKS),
            inspectors=list(walkers),
            sample=SAMPLE if floor == "1" else None,
        )


def _record(kind: Any, rows: Sequence[Row], day: date, recorder: str) -> None:
    moment = min(datetime.combine(day, time(19), timezone.get_default_timezone()), timezone.now())
    record(kind, rows, Origin(SOURCE, recorder, moment))


def _rounds(
    random: Random,
    floor: str,
    places: dict[str, Row],
    days: Sequence[date],
    walkers: Sequence[str],
) -> None:
    """A round a week; the first floor is large, so each round takes the next part of it."""
    names = [place for place, row in places.items() if row["floor"] == floor]
    size = SAMPLE if floor == "1" else len(names)
    for number, day in enumerate(days):
        inspector = walkers[number % len(walkers)]
        ended = {"floor": floor, "day": day, "inspector": inspector, "outcome": HELD}
        if number == len(days) - SKIP and floor == "2":
            row = {**ended, "outcome": SKIPPED, "unseen": names, "reason": "Evacuation exercise"}
            _record(ROUNDS, [row], day, inspector)
            continue
        start = number * size % len(names)
        chosen = sorted([*names[start:], *names[:start]][:size])
        careless = 0.06 if number < len(days) - 8 else 0.0
        rows = [
            _inspection(places[place], day, minute, inspector, random) | _left(random, careless)
            for minute, place in enumerate(chosen)
            if places[place]["desk_of"] != inspector
        ]
        _record(INSPECTIONS, rows, day, inspector)
        seen = {row["place"] for row in rows}
        unseen = [place for place in names if place not in seen]
        _record(ROUNDS, [{**ended, "unseen": unseen, "reason": ""}], day, inspector)


def _left(random: Random, careless: float) -> Row:
    """What somebody leaves now and then."""
    if random.random() >= careless:
        return {}
    return {"desk_clear": False, "found": [PAPERS if random.random() < 0.8 else KEYS]}


def _inspection(workplace: Row, day: date, minute: int, inspector: str, random: Random) -> Row:
    """What a round finds at a desk in order."""
    at = datetime.combine(day, time(18, 15 + minute), timezone.get_default_timezone())
    return {
        "key": key_for(workplace["place"], day),
        "happened_at": at,
        "inspector": inspector,
        "place": workplace["place"],
        "desk_of": workplace["desk_of"],
        "desk_clear": True,
        "screen_locked": "yes" if random.random() < 0.5 else "none",
        "note": "",
        "found": [],
    }


def _plant(
    random: Random, places: dict[str, Row], day: date, walkers: Sequence[str]
) -> Iterator[dict[str, str]]:
    """Two desks that last week's round found not in order, told to their owners."""
    papers = {"desk_clear": False, "screen_locked": "none", "found": [PAPERS]}
    cases = (
        ("2-02", papers | {"note": "Offers of two clients lay on top."}, "papers were left out"),
        ("2-05", {"screen_locked": "no"}, "a device was left unlocked"),
    )
    for place, left, why in cases:
        owner = places[place]["desk_of"]
        inspector = next(each for each in walkers if each != owner)
        row: Row = {**_inspection(places[place], day, 40, inspector, random), **left}
        _record(INSPECTIONS, [row], day, inspector)
        Notice.objects.create(
            inspection=row["key"],
            person_id=owner,
            part=OWNER,
            made_at=row["happened_at"] + timedelta(hours=1),
        )
        if "found" in left:
            yield _told("inspected", place, why, clause="clear-desk")
            yield _told("cleared_at_end", place, why)
        else:
            yield _told("inspected", place, why, clause="locked")


def _forgotten(today: date, walkers: Sequence[str]) -> Iterator[dict[str, str]]:
    """The archive: on no rota, walked once and never again."""
    since = today - timedelta(days=300)
    place = f"{ARCHIVE}-01"
    archive = _workplace(place, ARCHIVE, since)
    _record(WORKPLACES, [archive], since, "")
    day = _evening(today, 20)
    row = _inspection(archive, day, 0, walkers[0], Random(place))
    _record(INSPECTIONS, [row], day, walkers[0])
    yield _told("rounds_held", ARCHIVE, "the archive is on no rota")
    yield _told("all_seen", place, "nobody has looked at the archive for months")


def _told(check: str, subject: str, why: str, **clause: str) -> dict[str, str]:
    return {
        "policy": "work-behaviours",
        **clause,
        "check": f"clean_desk.{check}",
        "subject": subject,
        "why": why,
    }

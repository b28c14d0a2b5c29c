"""A round as it is walked: what is looked at, ticked, taken back, finished or skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from adhere.areas.clean_desk.models import (
    FOUND,
    HELD,
    SCREENS,
    SKIPPED,
    InspectionRecord,
    Rota,
    RoundRecord,
    WorkplaceRecord,
    current,
)
from adhere.areas.clean_desk.planning import places_of
from adhere.areas.clean_desk.records import (
    INSPECTIONS,
    ROUNDS,
    WORKPLACES,
    validate_inspections,
    validate_rounds,
    validate_workplaces,
)
from adhere.core.models import Person
from adhere.core.recording import Origin, day_of, key_of, record, retract, start_of
from adhere.errors import Problem

CORRECT_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Desk:
    """A workplace on the page of a round: who sits there, and what was found so far."""

    place: str
    owner: Person | None
    found: InspectionRecord | None

    @property
    def state(self) -> dict[str, Any]:
        """What the page's buttons show as pressed."""
        row = self.found
        return {
            "seen": row is not None,
            "clear": row is not None and row.desk_clear,
            "found": row.found if row else [],
            "screen": row.screen_locked if row else "",
            "note": row.note if row else "",
        }


@dataclass(frozen=True)
class Walk:
    """A round of a floor: the desks to look at, the others, and how it ended."""

    floor: str
    day: date
    desks: Sequence[Desk]
    others: Sequence[Desk]
    ended: RoundRecord | None

    @property
    def seen(self) -> int:
        return sum(desk.found is not None for desk in (*self.desks, *self.others))

    @property
    def unseen(self) -> list[str]:
        return [desk.place for desk in (*self.desks, *self.others) if desk.found is None]

    @property
    def total(self) -> int:
        return len(self.desks) + len(self.others)


def key_for(place: str, day: date) -> str:
    """The id of what a round found at a workplace; a second look on one day corrects the first."""
    return f"{day.isoformat()}:{place}"


def walk_of(floor: str, day: date) -> Walk:
    """A round as it stands; with a sample, those not looked at for longest come first."""
    places = places_of(floor, day)
    owners = Person.objects.in_bulk([each.desk_of for each in places if each.desk_of])
    keys = [key_for(each.place, day) for each in places]
    found = {row.place: row for row in current(InspectionRecord).filter(key__in=keys)}
    desks = [Desk(each.place, owners.get(each.desk_of), found.get(each.place)) for each in places]
    rota = Rota.objects.filter(pk=floor).first()
    chosen = _sampled(places, day, rota.sample if rota else None)
    return Walk(
        floor,
        day,
        [desk for desk in desks if desk.place in chosen],
        [desk for desk in desks if desk.place not in chosen],
        current(RoundRecord).filter(floor=floor, day=day).first(),
    )


def _sampled(places: Sequence[WorkplaceRecord], day: date, sample: int | None) -> set[str]:
    names = [each.place for each in places]
    if sample is None or sample >= len(names):
        return set(names)
    earlier = current(InspectionRecord).filter(place__in=names, happened_at__lt=start_of(day))
    last = dict(earlier.values_list("place").annotate(last=Max("happened_at")))
    never = start_of(date(1900, 1, 2))
    return set(sorted(names, key=lambda place: (last.get(place, never), place))[:sample])


def tick(walk: Walk, place: str, said: Mapping[str, Any], recorder: str) -> InspectionRecord:
    """Record what was found at a workplace. ``said`` has found, screen, note and at.

    A ``Problem`` for an unknown workplace, one's own desk, a day not come or long past.
    """
    now = timezone.now()
    desk = desk_of(walk, place)
    _refuse_day(walk, now)
    if desk.owner and desk.owner.pk == recorder:
        raise Problem("nobody inspects their own desk", field="place", expected="a colleague")
    found = sorted(set(said.get("found") or ()))
    row = {
        "key": key_for(place, walk.day),
        "happened_at": _moment(walk, said.get("at"), desk.found, now),
        "inspector": desk.found.inspector if desk.found else recorder,
        "place": place,
        "desk_of": desk.owner.pk if desk.owner else "",
        "desk_clear": not found,
        "screen_locked": said.get("screen") or "none",
        "note": str(said.get("note") or "").strip()[:1000],
        "found": found,
    }
    if row["screen_locked"] not in SCREENS:
        raise Problem(
            "this says nothing of a device", field="screen", expected=" or ".join(SCREENS)
        )
    validate_inspections([(0, row)], now)
    record(INSPECTIONS, [row], Origin("page", recorder, now))
    return InspectionRecord.objects.get(key=row["key"], superseded_by=None)


def desk_of(walk: Walk, place: str) -> Desk:
    """A workplace of a round by its name; a ``Problem`` where it has none such."""
    found = next((desk for desk in (*walk.desks, *walk.others) if desk.place == place), None)
    if found is None:
        raise Problem(
            f"no workplace “{place}” is registered on floor {walk.floor}",
            field="place",
            expected="a workplace of this floor, or the missing one added first",
        )
    return found


def _refuse_day(walk: Walk, now: datetime) -> None:
    today = day_of(now)
    if walk.day > today:
        raise Problem("this round is still to come", expected=f"{walk.day} or later")
    if walk.day < today - CORRECT_WITHIN:
        raise Problem("this round is long over", expected="corrections within seven days")


def _moment(walk: Walk, said: Any, known: InspectionRecord | None, now: datetime) -> datetime:
    """When it was seen: as the phone says, where that fits the day; a correction keeps its time."""
    if known:
        return known.happened_at
    try:
        at = datetime.fromisoformat(str(said)) if said else now
    except ValueError:
        at = now
    if at.tzinfo is None or at > now or day_of(at) != walk.day:
        at = now if day_of(now) == walk.day else start_of(walk.day) + timedelta(hours=23)
    return at.replace(microsecond=0)


def take_back(walk: Walk, place: str, recorder: str) -> None:
    """Say that a workplace was not looked at after all."""
    if desk_of(walk, place).found:
        _refuse_day(walk, timezone.now())
        retract(INSPECTIONS, [key_for(place, walk.day)], Origin("page", recorder))


def toggled(desk: Desk, act: str) -> dict[str, Any]:
    """What one button changes, for a browser without script."""
    state = desk.state
    found = set(state["found"])
    if act in FOUND:
        found ^= {act}
    elif act == "clear":
        found = set()
    screen = act.removeprefix("screen-") if act.startswith("screen-") else state["screen"]
    return {"found": sorted(found), "screen": screen, "note": state["note"]}


@transaction.atomic
def finish(walk: Walk, recorder: str) -> None:
    """Record that a round was held, and what nobody looked at."""
    if not walk.seen:
        raise Problem(
            "nothing was looked at", expected="a tick, or the round skipped with a reason"
        )
    _end(walk, HELD, walk.unseen, "", recorder)


def skip(walk: Walk, reason: str, recorder: str) -> None:
    """Record that a round did not take place, and why."""
    if walk.seen:
        raise Problem("some workplaces were looked at", expected="the round to be finished")
    _end(walk, SKIPPED, walk.unseen, " ".join(reason.split()), recorder)


def reopen(walk: Walk, recorder: str) -> None:
    """Take back that a round has ended; what was ticked stays."""
    if walk.ended:
        _refuse_day(walk, timezone.now())
        row = {"floor": walk.floor, "day": walk.day}
        retract(ROUNDS, [key_of(ROUNDS, row)], Origin("page", recorder))


def _end(walk: Walk, outcome: str, unseen: Iterable[str], reason: str, recorder: str) -> None:
    now = timezone.now()
    if not recorder or not Person.objects.filter(pk=recorder).exists():
        raise Problem("this account belongs to nobody who works here", expected="an inspector")
    row = {
        "floor": walk.floor,
        "day": walk.day,
        "inspector": recorder,
        "outcome": outcome,
        "unseen": sorted(unseen),
        "reason": reason,
    }
    validate_rounds([(0, row)], now)
    record(ROUNDS, [row], Origin("page", recorder, now))


def register(values: Mapping[str, Any], recorder: str) -> None:
    """Record a workplace or a change of it."""
    now = timezone.now()
    row = {"desk_of": "", "until": None, **values}
    validate_workplaces([(0, row)], now)
    record(WORKPLACES, [row], Origin("page", recorder, now))


def register_found(place: str, floor: str, day: str, recorder: str) -> None:
    """Record a workplace that a round came upon; a ``Problem`` where it is known already."""
    known = current(WorkplaceRecord).filter(place=place).first()
    if known:
        raise Problem(
            f"“{place}” is registered already, on floor {known.floor}",
            field="place",
            expected="the name of another workplace, or its floor corrected",
        )
    register({"place": place, "floor": floor, "since": date.fromisoformat(day)}, recorder)


def end_rounds_before(day: date) -> list[Walk]:
    """Finish the rounds of the last seven days that were walked and never finished."""
    since = start_of(day - CORRECT_WITHIN)
    rows = current(InspectionRecord).filter(
        happened_at__gte=since, happened_at__lt=start_of(day), source="page"
    )
    floor_of = dict(current(WorkplaceRecord).values_list("place", "floor"))
    walked: dict[tuple[str, date], str] = {
        (floor_of[row.place], day_of(row.happened_at)): row.inspector
        for row in rows
        if row.place in floor_of
    }
    done = []
    for (floor, when), inspector in sorted(walked.items()):
        walk = walk_of(floor, when)
        if not walk.ended:
            finish(walk, inspector)
            done.append(walk)
    return done

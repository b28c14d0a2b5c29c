"""Making, moving and cancelling sessions, and signing up for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from adhere.areas.training.models import Plan, SignUp, TrainingSession, current
from adhere.areas.training.records import SESSIONS, validate_sessions
from adhere.core.locking import wait_for_turn
from adhere.core.models import Person
from adhere.core.recording import Origin, day_of, record
from adhere.errors import Problem

_NO_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Place:
    """Where somebody stands in the list of a session: 1 is first; ``waiting`` past capacity."""

    number: int
    waiting: bool


def session_of(key: str) -> TrainingSession | None:
    """The session as it stands now."""
    found: TrainingSession | None = current(TrainingSession).filter(key=key).first()
    return found


def plan_of(key: str) -> Plan:
    """Its arrangements, with none made where there are none."""
    return Plan.objects.select_related("trainer").filter(pk=key).first() or Plan(session=key)


def row_of(session: TrainingSession) -> dict[str, Any]:
    """The session's own values, as ``record`` takes them."""
    names = ("key", "programme", "title", "starts_at", "ends_at", "cancelled")
    return {name: getattr(session, name) for name in names}


@transaction.atomic
def arrange(values: dict[str, Any], plan: dict[str, Any], recorder: str, key: str = "") -> str:
    """Record a new session or, with ``key``, a corrected one; returns its id."""
    now = timezone.now()
    chosen = key or _free_id(values["programme"], values["starts_at"])
    row = {"cancelled": False, **values, "key": chosen}
    validate_sessions([(0, row)], now)
    record(SESSIONS, [row], Origin("page", recorder, now))
    Plan.objects.update_or_create(session=chosen, defaults=plan)
    return chosen


def cancel(session: TrainingSession, recorder: str) -> None:
    """Record that a session does not take place."""
    row = {**row_of(session), "cancelled": True}
    now = timezone.now()
    validate_sessions([(0, row)], now)
    record(SESSIONS, [row], Origin("page", recorder, now))


def _free_id(programme: str, starts_at: datetime) -> str:
    stem = f"{_NO_ID.sub('-', programme.lower()).strip('-')}-{day_of(starts_at).isoformat()}"
    taken = set(TrainingSession.objects.filter(key__startswith=stem).values_list("key", flat=True))
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


@transaction.atomic
def sign_up(session: TrainingSession, person: Person) -> Place:
    """Put a person on the list; twice changes nothing. A ``Problem`` where that is too late."""
    wait_for_turn("training/sign-ups")
    if session.cancelled:
        raise Problem("this session was cancelled", expected="another session")
    if session.ends_at <= timezone.now():
        raise Problem("this session is over", expected="a session still to come")
    SignUp.objects.get_or_create(
        session=session.key, person=person, defaults={"at": timezone.now()}
    )
    place = place_of(session.key, person.pk)
    if place is None:
        raise Problem("nobody is signed up", expected="to try once more")
    return place


def undo_sign_up(session: TrainingSession, person: str) -> None:
    """Take a person off the list, while the session has not begun."""
    if session.starts_at <= timezone.now() and not session.cancelled:
        raise Problem("this session has begun", expected="a session still to come")
    SignUp.objects.filter(session=session.key, person=person).delete()


def place_of(session: str, person: str) -> Place | None:
    """Where a person stands in the list, if at all."""
    ids = list(SignUp.objects.filter(session=session).values_list("person", flat=True))
    if person not in ids:
        return None
    number = ids.index(person) + 1
    capacity = plan_of(session).capacity
    return Place(number, capacity is not None and number > capacity)


def sequence_of(sessions: Iterable[str]) -> dict[str, int]:
    """How often each session was corrected: the SEQUENCE of its calendar entry."""
    keys = TrainingSession.objects.filter(key__in=list(sessions)).values_list("key", flat=True)
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, -1) + 1
    return counts


def door_open(session: TrainingSession, now: datetime) -> bool:
    """Whether people can come in: half an hour before until half an hour after."""
    margin = timedelta(minutes=30)
    return not session.cancelled and session.starts_at - margin <= now <= session.ends_at + margin

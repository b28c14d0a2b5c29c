"""Recording who came: by the trainer's list, or by the code at the door."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils import timezone

from adhere.areas.training.arranging import door_open, plan_of
from adhere.areas.training.models import (
    ATTENDED,
    EXCUSED,
    OUTCOMES,
    Attendance,
    TrainingSession,
    current,
)
from adhere.areas.training.records import ATTENDANCE, validate_attendance
from adhere.core.models import Person
from adhere.core.recording import Origin, key_of, record, retract
from adhere.errors import Problem

CODE_LASTS: Final = timedelta(seconds=75)
ANSWER_WITHIN: Final = timedelta(minutes=5)
_CODE, _SEEN = "adhere.training.door", "adhere.training.door.seen"


def outcomes_of(session: str) -> dict[str, Attendance]:
    """What is recorded of each person at a session."""
    return {row.person: row for row in current(Attendance).filter(session=session)}


def take(session: TrainingSession, person: str, outcome: str, recorder: str) -> None:
    """Record an outcome as the trainer saw it; an empty one takes back what was recorded.

    Nobody records their own attendance but the session's trainer, who was there by necessity.
    """
    if outcome and outcome not in OUTCOMES:
        raise Problem(f"“{outcome}” is no outcome", field="outcome", expected=" or ".join(OUTCOMES))
    if person == recorder and plan_of(session.key).trainer_id != recorder:
        raise Problem(
            "nobody records their own attendance", field="person", expected="another member"
        )
    now = timezone.now()
    row = {"session": session.key, "person": person, "outcome": outcome, "at": session.starts_at}
    if not outcome:
        retract(ATTENDANCE, [key_of(ATTENDANCE, row)], Origin("page", recorder, now))
        return
    if outcome == EXCUSED:
        row["at"] = min(session.starts_at, now)
    elif now < session.starts_at - timedelta(minutes=30):
        raise Problem("the session has not begun", expected="attendance from its beginning on")
    validate_attendance([(0, row)], now)
    record(ATTENDANCE, [row], Origin("page", recorder, now))


def door_code(session: TrainingSession) -> str:
    """A code for the door; good for 75 seconds, so that a picture of it is of no use later."""
    return TimestampSigner(salt=_CODE).sign_object(session.key)


def read_code(code: str, now: datetime, session: TrainingSession) -> None:
    """Refuse a code that is stale, foreign or not for now."""
    _open(_CODE, code, session.key, CODE_LASTS)
    _refuse_closed(session, now)


def seen_code(session: TrainingSession, person: str) -> str:
    """What a person who scanned in time gets, to answer with within five minutes."""
    return TimestampSigner(salt=_SEEN).sign_object([session.key, person])


def come_in(session: TrainingSession, person: Person, seen: str) -> bool:
    """Record that a person is at the door; False where it was recorded already."""
    now = timezone.now()
    _open(_SEEN, seen, [session.key, person.pk], ANSWER_WITHIN)
    _refuse_closed(session, now)
    known = outcomes_of(session.key).get(person.pk)
    if known and known.outcome == ATTENDED:
        return False
    row = {"session": session.key, "person": person.pk, "outcome": ATTENDED, "at": now}
    validate_attendance([(0, row)], now)
    record(ATTENDANCE, [row], Origin("qr", person.pk, now))
    return True


def _open(salt: str, code: str, wanted: object, lasts: timedelta) -> None:
    try:
        found = TimestampSigner(salt=salt).unsign_object(code, max_age=lasts)
    except SignatureExpired:
        raise Problem("this code is too old", expected="the code that the door shows now") from None
    except (BadSignature, ValueError):
        raise Problem("this is no code of ours", expected="the code that the door shows") from None
    if found != wanted:
        raise Problem("this code is for something else", expected="the code of this session")


def _refuse_closed(session: TrainingSession, now: datetime) -> None:
    if not door_open(session, now):
        raise Problem(
            "the door of this session is closed",
            expected="half an hour before its start to half an hour after its end",
        )

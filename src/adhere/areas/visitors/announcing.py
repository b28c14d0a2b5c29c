"""Announcing visits: once or recurring, changed and cancelled."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from adhere.areas.visitors.models import Announcement, Invited
from adhere.core.recording import day_of, start_of
from adhere.errors import Problem

# Without letters and digits that look alike on paper.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
EVERY = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
}
MOST = 50


@dataclass(frozen=True)
class Guest:
    """Somebody to invite; ``email`` may be empty."""

    name: str
    email: str
    language: str


def rule_of(every: str, last: date | None) -> str:
    """The RRULE of a choice of ``EVERY`` until the end of a day; empty for one visit."""
    if not every:
        return ""
    if last is None:
        raise Problem("a visit that recurs has no end", field="until", expected="its last day")
    end = datetime.combine(last, time(23, 59, 59), timezone.get_default_timezone())
    return f"{EVERY[every]};UNTIL={end.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@transaction.atomic
def announce(
    values: Mapping[str, Any], guests: Sequence[Guest], by: str, known: Announcement | None = None
) -> Announcement:
    """Announce a visit, or change a known one. A ``Problem`` where it cannot be."""
    now = timezone.now()
    _possible(values, guests, now)
    if known is None:
        found = Announcement.objects.create(**values, made_by=by, made_at=now)
    else:
        for name, value in values.items():
            setattr(known, name, value)
        known.sequence += 1
        known.save()
        found = known
    _invite(found, guests, now)
    return found


def _possible(values: Mapping[str, Any], guests: Sequence[Guest], now: datetime) -> None:
    if not guests:
        raise Problem("nobody is invited", field="people", expected="one visitor or more")
    if len(guests) > MOST:
        raise Problem(f"{len(guests)} visitors", field="people", expected=f"at most {MOST}")
    if values["ends_at"] <= values["starts_at"]:
        raise Problem("it ends before it starts", field="ends", expected="a later time")
    start, host = values["starts_at"], values["host"]
    if start < start_of(day_of(now)):
        raise Problem("that day is past", field="day", expected="today or later")
    if host.left and host.left < day_of(start):
        message = f"{host.name} no longer works here then"
        raise Problem(message, field="host", expected="a host who works here")
    if values.get("rule") and not any(_times(values["rule"], start, start, start + FAR)):
        raise Problem("it never takes place", field="until", expected="a day after the first")


FAR = timedelta(days=3660)


def _invite(announcement: Announcement, guests: Sequence[Guest], now: datetime) -> None:
    """Bring the invited up to these; who is on the list already keeps the code."""
    left = {(each.name, each.email): each for each in standing(announcement)}
    for guest in guests:
        known = left.pop((guest.name, guest.email), None)
        if known is None:
            announcement.invited.create(
                name=guest.name, email=guest.email, language=guest.language, code=new_code()
            )
        elif known.language != guest.language:
            known.language = guest.language
            known.save()
    for gone in left.values():
        gone.removed_at = now
        gone.save()


def standing(announcement: Announcement) -> list[Invited]:
    """Who is invited, without those taken off the list."""
    return list(announcement.invited.filter(removed_at=None))


def cancel(announcement: Announcement) -> None:
    """Call it off; twice changes nothing."""
    _turn(announcement, timezone.now())


def restore(announcement: Announcement) -> None:
    """Take the cancelling back, while it still lies ahead."""
    if ended(announcement, timezone.now()):
        raise Problem("that day is past", expected="a new announcement")
    _turn(announcement, None)


def _turn(announcement: Announcement, at: datetime | None) -> None:
    if bool(announcement.cancelled_at) != bool(at):
        announcement.cancelled_at = at
        announcement.sequence += 1
        announcement.save()


def new_code() -> str:
    """Six letters and digits that no other invitation has."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(6))
        if not Invited.objects.filter(code=code).exists():
            return code


def _times(rule: str, start: datetime, after: datetime, before: datetime) -> list[datetime]:
    local = start.astimezone(timezone.get_default_timezone())
    found: list[datetime] = rrulestr(rule, dtstart=local).between(after, before, inc=True)
    return found


def takes_place(announcement: Announcement, day: date) -> bool:
    """Whether it is for that day."""
    if announcement.cancelled_at or announcement.refused_at:
        return False
    if not announcement.rule:
        return day_of(announcement.starts_at) == day
    last = start_of(day + timedelta(days=1)) - timedelta(microseconds=1)
    return bool(_times(announcement.rule, announcement.starts_at, start_of(day), last))


def next_time(announcement: Announcement, now: datetime) -> datetime | None:
    """When it takes place next, today included; None where it is over."""
    today = start_of(day_of(now))
    if not announcement.rule:
        return announcement.starts_at if announcement.starts_at >= today else None
    rule = rrulestr(announcement.rule, dtstart=timezone.localtime(announcement.starts_at))
    found: datetime | None = rule.after(today, inc=True)
    return found


def last_day(announcement: Announcement) -> date:
    """The last day it takes place."""
    if not announcement.rule:
        return day_of(announcement.starts_at)
    found = _times(announcement.rule, announcement.starts_at, announcement.starts_at,
                   announcement.starts_at + FAR)  # fmt: skip
    return day_of(found[-1]) if found else day_of(announcement.starts_at)


def ended(announcement: Announcement, now: datetime) -> bool:
    """Whether no visit of it is still to come."""
    return last_day(announcement) < day_of(now)


def expected_on(day: date) -> list[Invited]:
    """Everybody announced for a day, walk-ins that were approved included."""
    rows = Announcement.objects.filter(
        Q(rule="", starts_at__gte=start_of(day)) | ~Q(rule=""),
        starts_at__lt=start_of(day + timedelta(days=1)),
        cancelled_at=None,
        refused_at=None,
    ).filter(Q(walk_in=False) | ~Q(approved_at=None))
    chosen = [each.pk for each in rows if takes_place(each, day)]
    people = Invited.objects.filter(announcement__in=chosen, removed_at=None)
    return list(people.select_related("announcement__host").order_by("name"))


def guests_of(invited: Iterable[Invited]) -> list[Guest]:
    """The invited as they were typed in."""
    return [Guest(each.name, each.email, each.language) for each in invited]

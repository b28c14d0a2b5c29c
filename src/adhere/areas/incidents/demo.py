"""The incidents of the fictitious company: two years of them, and violations on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from adhere.areas.incidents.models import Handling
from adhere.core import incidents
from adhere.core.models import Person
from adhere.core.recording import Origin

SOURCE: Final = "demo"
POLICY: Final = "work-behaviours"
STRANGER: Final = "unrecognised-person"
PLACES: Final = ("Reception", "Lift, ground floor", "Second floor", "Server room", "Car park")
CLOSED: Final = 3  # days until an incident of the demonstration is closed


@dataclass(frozen=True)
class Told:
    """One incident. ``supervisor`` and ``security`` are minutes until they were told, or None."""

    name: str
    ago: int
    sort: str
    description: str
    severity: str = "low"
    place: str = ""
    supervisor: int | None = 4
    security: int | None = 3
    subject: str = ""
    told_after: int | None = None
    more: dict[str, str] = field(default_factory=dict)


def _stranger(name: str, ago: int, answer: str, description: str, **known: Any) -> Told:
    return Told(name, ago, STRANGER, description, "medium", more={"answer": answer}, **known)


_PULLED: Final = {"action": "switched off the rack by its main switch"}
OF_TWO_YEARS: Final = (
    Told("leaflets", 655, "prohibited-activity", "Sold tickets by the company's mail.", "medium",
         subject="long-ago", more={"clause": f"{POLICY}/fraudulent-offers"}),
    _stranger("courier", 610, "answered", "A courier who had lost the way.", place=PLACES[0]),
    Told("phone", 540, "lost-device", "A work phone was left in a train.", "high"),
    Told("first-crash", 470, "crash", "The build server went down.", "medium", subject="careful",
         told_after=1, more=_PULLED),
    _stranger("window", 380, "unanswered", "Said to clean windows; no firm knew him.",
              place=PLACES[2]),
    Told("wrong-list", 300, "data-exposure", "A list of clients went to a wrong address.", "high"),
    _stranger("tailgate", 260, "unanswered", "Walked in behind somebody, then left.",
              place=PLACES[1], supervisor=47),
    Told("rack", 210, "crash", "All test servers went down.", "medium", subject="again",
         told_after=2, more=_PULLED),
    Told("laptop", 150, "lost-device", "A laptop was stolen from a car; its disk is encrypted.",
         "high"),
    _stranger("garage", 120, "unanswered", "Took pictures of the bikes.", place=PLACES[4],
              security=None),
    Told("directory", 95, "prohibited-activity", "Sent the list of staff to a recruiter.", "high",
         subject="talker", more={"clause": f"{POLICY}/personnel-lists"}),
    Told("rack-again", 60, "crash", "All test servers went down again.", "high", subject="again",
         told_after=1, more=_PULLED),
    _stranger("visitor", 35, "answered", "A guest without a badge; the host was near.",
              place=PLACES[2]),
    Told("door", 20, "other", "The back door did not close by itself."),
)  # fmt: skip
# What each planted incident breaks: the check, who or what it is found of, and why.
PLANTED: Final = (
    ("visitors.supervisor_told", "", "tailgate", "the supervisor was told after 47 minutes"),
    ("visitors.security_told", "", "garage", "the security team was never told"),
    ("conduct.no_repeated_crash", "", "again", "did the same again after being told"),
    ("conduct.no_prohibited_activity", "", "talker", "gave away the list of staff"),
    ("conduct.nothing_reported", "personnel-lists", "talker", "gave away the list of staff"),
)


def fill(random: Random, today: date) -> Iterator[dict[str, str]]:
    """Record two years of incidents; yields each violation that was put in."""
    cast = _cast(random, today)
    if not cast:
        return
    Handling.objects.update_or_create(pk=1, defaults={"places": "\n".join(PLACES)})
    for each in OF_TWO_YEARS:
        _record(each, cast, random, today)
    for check, clause, whom, why in PLANTED:
        named = {"clause": clause} if clause else {}
        subject = cast.get(whom) or _key(whom)
        yield {"policy": POLICY, "check": check, "subject": subject, "why": why, **named}


def _key(name: str) -> str:
    return f"demo-{name}"


def _cast(random: Random, today: date) -> dict[str, str]:
    """Who plays which part: people who were there for all of it, and the security team."""
    since = today - timedelta(days=OF_TWO_YEARS[0].ago + 20)
    there = Person.objects.filter(joined__lt=since, left=None).order_by("pk")
    people = [each for each in there if each.supervisor]
    team = [each.pk for each in people if "security" in each.teams]
    others = [each.pk for each in people if each.pk not in team]
    parts = ("long-ago", "careful", "again", "talker", "reporter one", "reporter two")
    if len(others) < len(parts) or not team:
        return {}
    return dict(zip(parts, random.sample(others, len(parts)), strict=True)) | {"team": team[0]}


def _record(told: Told, cast: dict[str, str], random: Random, today: date) -> None:
    day = today - timedelta(days=told.ago)
    clock = time(random.randrange(9, 17), random.randrange(60))
    at = datetime.combine(day, clock, timezone.get_default_timezone())
    reporter = cast[random.choice(("reporter one", "reporter two"))]
    key, team = _key(told.name), cast["team"]
    known = {"description": told.description, "place": told.place, "severity": told.severity}
    known |= {"subject": cast.get(told.subject, ""), **told.more}
    incidents.report(told.sort, Origin(SOURCE, reporter, at), key=key, reporter=reporter, **known)
    _notify(key, at, told)
    incidents.note(key, "taken", _by(team, at + timedelta(minutes=55)))
    if told.told_after is not None:
        _tell(key, team, at + timedelta(days=told.told_after))
    closed = at + timedelta(days=CLOSED)
    incidents.change(key, "closed", _by(team, closed), "Looked into and settled.", closed_at=closed)


def _by(person: str, at: datetime) -> Origin:
    return Origin(SOURCE, person, at)


def _notify(key: str, at: datetime, told: Told) -> None:
    steps = (
        ("security", "told-security", "security_notified_at"),
        ("supervisor", "told-supervisor", "supervisor_notified_at"),
    )
    for who, event, name in steps:
        minutes = getattr(told, who)
        if minutes is not None:
            moment = at + timedelta(minutes=minutes)
            incidents.change(key, event, _by("", moment), "", **{name: moment})


def _tell(key: str, team: str, at: datetime) -> None:
    incidents.note(key, "subject-told", _by(team, at), "Please shut servers down one by one.")
    later = at + timedelta(hours=3)
    subject = incidents.newest(key).subject
    incidents.change(key, "subject-confirmed", _by(subject, later), subject_told_at=later)

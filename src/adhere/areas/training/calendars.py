"""Calendar files (RFC 5545): one session, or all that a person signed up for."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from adhere.areas.training.arranging import sequence_of
from adhere.areas.training.models import Feed, Plan, SignUp, TrainingSession, current
from adhere.core.models import Controller, Person


def calendar_of(sessions: Iterable[TrainingSession], name: str) -> bytes:
    """A calendar with one entry a session; a cancelled one stays, marked so."""
    chosen = list(sessions)
    keys = [session.key for session in chosen]
    plans = Plan.objects.select_related("trainer").in_bulk(keys)
    sequences = sequence_of(keys)
    calendar = Calendar()
    calendar.add("prodid", "-//Adhere//Training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for session in chosen:
        calendar.add_component(_event(session, plans, sequences[session.key]))
    return bytes(calendar.to_ical())


def _event(session: TrainingSession, plans: Mapping[str, Plan], sequence: int) -> Event:
    event = Event()
    plan = plans.get(session.key)
    host = urlsplit(settings.URL).hostname or "localhost"
    event.add("uid", f"training-{session.key}@{host}")
    event.add("sequence", sequence)
    event.add("dtstamp", session.recorded_at)
    event.add("last-modified", session.recorded_at)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", session.title)
    event.add("status", "CANCELLED" if session.cancelled else "CONFIRMED")
    event.add("url", f"{settings.URL}{reverse('training:session', args=[session.key])}")
    if plan and plan.place:
        event.add("location", plan.place)
    if plan and plan.trainer:
        event.add("description", f"{session.programme}, {plan.trainer.name}")
    return event


def make_feed(person: Person, now: datetime | None = None) -> str:
    """A new secret address for a person's calendar; an earlier one stops working."""
    secret = secrets.token_urlsafe(32)
    defaults = {"secret_sha256": _digest(secret), "made_at": now or timezone.now()}
    Feed.objects.update_or_create(person=person, defaults=defaults)
    return f"{settings.URL}{reverse('training:feed', args=[secret])}"


def feed_of(secret: str) -> Feed | None:
    """Whose calendar an address is, while the person works here."""
    feed = Feed.objects.select_related("person").filter(secret_sha256=_digest(secret)).first()
    left = feed.person.left if feed else None
    return feed if left is None or left >= timezone.localdate() else None


def feed_calendar(feed: Feed) -> bytes:
    """All sessions that the person signed up for, past ones included."""
    keys = SignUp.objects.filter(person=feed.person).values_list("session", flat=True)
    sessions = current(TrainingSession).filter(key__in=list(keys)).order_by("starts_at", "pk")
    return calendar_of(sessions, f"{Controller.current().name}: training")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

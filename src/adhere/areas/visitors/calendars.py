"""The calendar file of an invitation (RFC 5545, RFC 5546), and its code as a picture."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vRecur

from adhere.areas.visitors.models import Invited
from adhere.core.models import Controller


def calendar_of(invited: Invited) -> bytes:
    """A request to come, or its cancelling, with the same UID through all changes."""
    announcement = invited.announcement
    off = bool(announcement.cancelled_at or announcement.refused_at or invited.removed_at)
    calendar = Calendar()
    calendar.add("prodid", "-//Adhere//Visitors//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "REQUEST")
    event = Event()
    event.add("uid", f"visit-{invited.pk}@{urlsplit(settings.URL).hostname or 'localhost'}")
    event.add("sequence", announcement.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", timezone.localtime(announcement.starts_at))
    event.add("dtend", timezone.localtime(announcement.ends_at))
    if announcement.rule:
        event.add("rrule", vRecur.from_ical(announcement.rule))
    event.add("summary", f"{Controller.current().name}: {announcement.host.name}")
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("description", invited.code)
    if announcement.place:
        event.add("location", announcement.place)
    if announcement.host.email:
        event.add("organizer", vCalAddress(f"mailto:{announcement.host.email}"))
    if invited.email:
        event.add("attendee", vCalAddress(f"mailto:{invited.email}"))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def picture_of(text: str) -> bytes:
    """A QR code as PNG."""
    file = BytesIO()
    segno.make(text, error="m").save(file, kind="png", scale=8, border=4)
    return file.getvalue()

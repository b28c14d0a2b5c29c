"""Requests by how they stand, as the database finds them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from adhere.core.models import Decision, Request
from adhere.core.recording import start_of

Rows = QuerySet[Request, Any]


def standing(rows: Rows, state: str, today: date) -> Rows:
    """Those that stand like this on a day; the same words as ``requesting.status``."""
    over = {"ended": "end", "refused": "refuse", "withdrawn": "withdraw"}
    if state in over:
        return rows.filter(decisions__decision=over[state])
    left = rows.exclude(decisions__decision__in=over.values())
    if state == "expired":
        return left.filter(until__lt=today)
    given = left.filter(until__gte=today).alias(consents=_consents())
    if state == "consented":
        return given.filter(consents__gte=F("persons"))
    return given.filter(consents__lt=F("persons"))


def in_force_on(rows: Rows, day: date) -> Rows:
    """Those consented to by the end of a day that hold on it: not over, and not ended by then."""
    night = start_of(day + timedelta(days=1))
    ended = Request.objects.filter(decisions__decision="end", decisions__at__lt=night)
    found = rows.filter(start__lte=day, until__gte=day).exclude(pk__in=ended.values("pk"))
    given = found.alias(consents=_consents(decisions__at__lt=night))
    return given.filter(consents__gte=F("persons"))


def open_for(person: str, today: date) -> Rows:
    """The open requests that a member of the security team may decide."""
    rows = standing(Request.objects.all(), "open", today)
    others = rows.exclude(requested_by=person).exclude(subject=person)
    return others.exclude(decisions__in=Decision.objects.filter(by=person, decision="consent"))


def _consents(**when: Any) -> Count:
    """How many have consented, each once: joins never multiply them."""
    return Count("decisions", filter=Q(decisions__decision="consent", **when), distinct=True)

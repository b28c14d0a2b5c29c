"""The first page: how every policy stands, what changed lately, what I owe."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from adhere.console.access import account_of, everyone, oversees
from adhere.console.owing import owed_by
from adhere.console.standing import standings
from adhere.console.timing import Moment, moment_of
from adhere.core.models import FindingRecord, Run

LATELY = timedelta(days=14)
SHOWN = 8


@everyone
def home(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    if not oversees(request):
        return redirect("me") if account.person else render(request, "console/nothing_yours.html")
    moment = moment_of(request)
    owed = owed_by(account.person, timezone.localdate()) if account.person else []
    context: dict[str, Any] = {
        "moment": moment,
        "standings": standings(moment),
        "owed": owed,
        "run": Run.objects.first(),
        "changes": changes(moment),
        "today": timezone.localdate(),
    }
    return render(request, "console/home.html", context)


def changes(moment: Moment) -> list[FindingRecord]:
    """What turned broken or was mended in the last days, newest first."""
    if moment.past:
        return []
    after = timezone.now() - LATELY
    turned = FindingRecord.objects.filter(first_seen__gt=after, resolved_at=None)
    return list(turned.filter(state="not-satisfied").order_by("-first_seen", "-pk")[:SHOWN])

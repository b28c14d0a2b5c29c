"""One's own page: what I owe, and how I stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from adhere.console.access import account_of, everyone
from adhere.console.owing import owed_by
from adhere.console.standing import open_findings
from adhere.console.words import WORST_FIRST
from adhere.core.models import Acknowledgement


@everyone
def me(request: HttpRequest) -> HttpResponse:
    person = account_of(request).person
    if person is None:
        return render(request, "console/nothing_yours.html")
    findings = sorted(
        open_findings(person.pk), key=lambda row: (WORST_FIRST.index(row.state), row.policy)
    )
    accepted = Acknowledgement.objects.filter(person=person.pk, superseded_by=None, retracted=False)
    counts = {state: sum(row.state == state for row in findings) for state in WORST_FIRST}
    return render(
        request,
        "console/me.html",
        {
            "person": person,
            "owed": owed_by(person, timezone.localdate()),
            "findings": findings,
            "counts": counts,
            "accepted": accepted.order_by("-happened_at"),
            "today": timezone.localdate(),
        },
    )

"""Lists: one's own requests, those to decide, and the registers for auditors."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from adhere.areas.requests.listings import MINE, QUEUE, REGISTERS
from adhere.areas.requests.views.common import known_sort
from adhere.areas.requests.words import REGISTERS as WORDS
from adhere.areas.requests.words import SORTS
from adhere.console.access import OVERSEERS, account_of, everyone, oversees, roles
from adhere.console.lists import list_page
from adhere.core.models import Request
from adhere.core.request_lists import open_for, standing


@everyone
def mine(request: HttpRequest) -> HttpResponse:
    """What the person asked for, and what frees them."""
    own = account_of(request).person_id
    concerned = Q(requested_by=own) | Q(subject=own)
    rows = Request.objects.filter(concerned) if own else Request.objects.none()
    decides = account_of(request).has_role("security")
    waiting = open_for(own or "", timezone.localdate()).count() if decides else 0
    context = {
        "sorts": SORTS.items(),
        "asks": own is not None and not account_of(request).only_audits,
        "decides": decides or account_of(request).has_role("auditor"),
        "waiting": waiting,
        "registers": WORDS if oversees(request) else {},
    }
    return list_page(MINE, request, rows, "requests/mine.html", **context)


@roles("security")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this member of the security team; for an auditor, all that is open."""
    own, today = account_of(request).person_id, timezone.localdate()
    rows = open_for(own, today) if own else standing(Request.objects.all(), "open", today)
    return list_page(QUEUE, request, rows, "requests/queue.html")


@roles(*OVERSEERS)
def register(request: HttpRequest, sort: str) -> HttpResponse:
    """Everything asked for of one kind, with what was decided."""
    title, lead = WORDS[known_sort(sort)]
    rows = Request.objects.filter(sort=sort)
    context = {"title": title, "lead": lead, "sort": sort, "registers": WORDS}
    return list_page(REGISTERS[sort], request, rows, "requests/register.html", **context)

"""Who is in the building now: a list for the assembly point that outlives the network."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from adhere.areas.visitors import arriving
from adhere.areas.visitors.models import AccountedFor
from adhere.areas.visitors.views.common import DESK, at_desk, recorder_of
from adhere.console.access import roles
from adhere.core.models import Person

FILES = ("visitors/evacuation.js", "visitors/evacuation.css", "console/tokens.css",
         "console/app.css", "console/components.css", "console/pages.css",
         "console/console.js", "console/vendor/htmx.min.js", "console/icon.svg")  # fmt: skip


@roles(*DESK)
@require_safe
def evacuation(request: HttpRequest) -> HttpResponse:
    """The list; ``rows.json`` keeps it fresh while there is a network."""
    context = {"rows": _rows(), "runs": at_desk(request), "now": timezone.now()}
    return render(request, "visitors/evacuation.html", context)


def _rows() -> list[dict[str, Any]]:
    found = list(arriving.inside())
    hosts = Person.objects.in_bulk([row.host for row in found])
    ticks = AccountedFor.objects.in_bulk([row.key for row in found])
    return [
        {
            "key": row.key,
            "visitor": row.visitor,
            "company": row.company,
            "host": hosts[row.host].name if row.host in hosts else row.host,
            "badge": row.badge,
            "arrived": f"{timezone.localtime(row.arrived_at):%Y-%m-%d %H:%M}",
            "present": row.key in ticks and ticks[row.key].present,
        }
        for row in found
    ]


@roles(*DESK)
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The same as JSON."""
    return _answer()


def _answer() -> HttpResponse:
    response = JsonResponse({"rows": _rows()})
    response.headers["Cache-Control"] = "no-store"
    return response


@roles(*DESK)
@require_POST
def ticks(request: HttpRequest) -> HttpResponse:
    """Ticks made meanwhile, perhaps without a network; of two on one visitor the later holds."""
    try:
        found = [_tick(each) for each in json.loads(request.body)["ticks"]]
    except (ValueError, KeyError, TypeError) as error:
        message = {
            "error": f"no ticks: {error}",
            "expected": '{"ticks":[{"visit","present","at"}]}',
        }
        return JsonResponse(message, status=400)
    inside = set(arriving.inside().values_list("key", flat=True))
    by, now = recorder_of(request), timezone.now()
    with transaction.atomic():
        for visit, present, at in found:
            known = AccountedFor.objects.filter(pk=visit).first()
            if visit in inside and (known is None or known.at <= at):
                values = {"present": present, "at": min(at, now), "by": by}
                AccountedFor.objects.update_or_create(visit=visit, defaults=values)
    return _answer()


def _tick(each: Any) -> tuple[str, bool, datetime]:
    at = datetime.fromisoformat(each["at"])
    if at.tzinfo is None or not isinstance(each["present"], bool):
        raise ValueError("a tick has a time with an offset, and says true or false")
    return str(each["visit"]), each["present"], at


@roles(*DESK)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this page alone: it keeps the page and its files."""
    context = {"files": json.dumps([static(name) for name in FILES])}
    response = render(request, "visitors/worker.js", context, content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response

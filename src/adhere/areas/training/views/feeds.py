"""Calendar files, and the personal address that calendars read."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from adhere.areas.training import calendars
from adhere.areas.training.models import Feed
from adhere.areas.training.views.common import found_session, person_of
from adhere.console.access import everyone, public

TYPE = "text/calendar; charset=utf-8"


@everyone
@require_safe
def session_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """One session as a calendar file."""
    session = found_session(key)
    response = HttpResponse(calendars.calendar_of([session], session.title), content_type=TYPE)
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", session.key)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@public
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's sessions; whoever holds the secret address may read it."""
    found = calendars.feed_of(secret)
    if found is None:
        raise Http404("no such calendar")
    response = HttpResponse(calendars.feed_calendar(found), content_type=TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@everyone
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Make the secret address, shown this once; or revoke it."""
    person = person_of(request)
    if request.POST.get("revoke"):
        Feed.objects.filter(person=person).delete()
        messages.success(request, _("The calendar address no longer works."))
        return redirect("training:mine")
    address = calendars.make_feed(person)
    webcal = re.sub(r"^https?", "webcal", address)
    response = render(request, "training/feed.html", {"address": address, "webcal": webcal})
    response.headers["Cache-Control"] = "no-store"
    return response

"""The list of incidents, one of them, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.incidents import acting, people, telling
from adhere.areas.incidents.finding import clauses, people_offered, places
from adhere.areas.incidents.forms import DetailsForm
from adhere.areas.incidents.listing import LISTING, state_of
from adhere.areas.incidents.models import Handling, Photo
from adhere.areas.incidents.seeing import inside, supervises, visible
from adhere.areas.incidents.showing import deadlines, details, events
from adhere.areas.incidents.timeline import course_of
from adhere.areas.incidents.views.common import found_incident, me, told, tried
from adhere.areas.incidents.words import MARKS
from adhere.console.access import account_of, everyone, roles
from adhere.console.lists import list_page
from adhere.core.models import Incident, IncidentEvent
from adhere.errors import Problem


@everyone
def index(request: HttpRequest) -> HttpResponse:
    """Every incident that the account may see, newest first."""
    account = account_of(request)
    context = {"handles": account.has_role("security", "administrator", "auditor")}
    return list_page(LISTING, request, visible(account), "incidents/index.html", **context)


@everyone
def incident(request: HttpRequest, key: str) -> HttpResponse:
    """One incident: what is known, its timeline, and what can be done next."""
    found = _opened(request, found_incident(request, key))
    account = account_of(request)
    lines = list(IncidentEvent.objects.filter(incident=key).select_related("photo"))
    course = course_of(lines)
    full = inside(account, found)
    ids = {found.reporter, found.subject, course.holder, *(each.by for each in lines)}
    ids |= {each.text for each in lines if each.kind == "assigned"}
    names = people.names(ids)
    context = {
        "incident": found,
        "course": course,
        "state": state_of(found, course),
        "names": names,
        "full": full,
        "events": events(lines, names, full=full),
        "details": details(found, names),
        "deadlines": deadlines(course, timezone.now()) if full else [],
        "photo": any(hasattr(each, "photo") for each in lines),
        "marks": list(MARKS.items()),
        "aware": timezone.localtime(lines[0].at if lines else found.recorded_at),
        "candidates": people.team("security"),
        **_rights(request, found),
    }
    return render(request, "incidents/incident.html", context)


def _opened(request: HttpRequest, found: Incident) -> Incident:
    """Who opens the page has been told, from then on at least."""
    account = account_of(request)
    if found.retracted or request.method != "GET":
        return found
    if supervises(account, found):
        telling.opened(found, telling.SUPERVISOR, account.person)
    if account.has_role("security") and account.person_id != found.subject:
        telling.opened(found, telling.SECURITY, account.person)
    return Incident.objects.get(key=found.key, superseded_by=None)


def _rights(request: HttpRequest, found: Incident) -> dict[str, bool]:
    account = account_of(request)
    about = bool(found.subject) and account.person_id == found.subject
    handles = account.has_role("security") and not about
    return {
        "handles": handles,
        "takes": handles or supervises(account, found),
        "notifies": handles or (account.has_role("data-protection") and not about),
    }


@everyone
def photo(request: HttpRequest, key: str) -> HttpResponse:
    """The picture that came with a report."""
    found = found_incident(request, key)
    kept = Photo.objects.filter(event__incident=found.key).order_by("-pk").first()
    if kept is None:
        raise Http404("no picture")
    response = HttpResponse(bytes(kept.jpeg), content_type="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    return response


@everyone
@require_POST
def act(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """One step, by those who may take it."""
    found = found_incident(request, key)
    step = _STEPS.get(what)
    if step is None:
        raise Http404("no such step")
    right, does, said = step
    if not _rights(request, found)[right]:
        raise PermissionDenied
    tried(request, lambda: does(key, me(request), request.POST), said())
    return redirect("incidents:incident", key=key)


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text) if text else timezone.now()
    except ValueError:
        found = None
    if found is None:
        raise Problem("this is no time", field="aware", expected="a day and a time")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


Does = Callable[[str, str, Any], object]
# What each step asks for, what it does, and what the page says then.
_STEPS: dict[str, tuple[str, Does, Callable[[], str]]] = {
    "take": (
        "takes",
        lambda key, by, given: acting.take(key, by),
        lambda: _("You have it in hand now."),
    ),
    "assign": (
        "handles",
        lambda key, by, given: acting.assign(key, by, given.get("to", "")),
        lambda: _("Handed on."),
    ),
    "note": (
        "takes",
        lambda key, by, given: acting.add_note(key, by, given.get("text", "")),
        lambda: _("Noted."),
    ),
    "tell": (
        "handles",
        lambda key, by, given: acting.tell(key, by, given.get("text", "")),
        lambda: _("They are told; it counts once they confirm it."),
    ),
    "told-in-person": (
        "handles",
        lambda key, by, given: acting.told_in_person(key, by, given.get("text", "")),
        lambda: _("Recorded."),
    ),
    "mark": (
        "notifies",
        lambda key, by, given: acting.mark(
            key, by, given.get("mark", ""), _moment(given.get("aware", ""))
        ),
        lambda: _("The deadlines run."),
    ),
    "unmark": (
        "notifies",
        lambda key, by, given: acting.unmark(key, by, given.get("mark", "")),
        lambda: _("The deadlines are gone."),
    ),
    "meet": (
        "notifies",
        lambda key, by, given: acting.meet(key, by, given.get("duty", ""), given.get("text", "")),
        lambda: _("Marked as done."),
    ),
    "close": (
        "handles",
        lambda key, by, given: acting.close(key, by, given.get("reason", "")),
        lambda: _("Closed."),
    ),
    "unfound": (
        "handles",
        lambda key, by, given: acting.unfound(key, by, given.get("reason", "")),
        lambda: _("It counts no more."),
    ),
    "reopen": (
        "handles",
        lambda key, by, given: acting.reopen(key, by, given.get("reason", "")),
        lambda: _("It is open again."),
    ),
}


@roles("security")
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Say more closely what it is."""
    found = found_incident(request, key)
    if not _rights(request, found)["handles"] and request.method == "POST":
        raise PermissionDenied
    initial = {
        "who": found.subject,
        **{
            name: getattr(found, name)
            for name in ("severity", "clause", "action", "place", "answer")
        },
    }
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acting.describe(key, me(request), **form.fields_of_incident())
        except Problem as problem:
            form.add_error(None, told(problem))
        else:
            return redirect("incidents:incident", key=key)
    context = {
        "form": form,
        "incident": found,
        "places": places(Handling.current().places.splitlines()),
        "people": people_offered(),
        "clauses": clauses(),
    }
    return render(request, "incidents/edit.html", context)

"""Rounds: what is due, the page that an inspector ticks on a phone, its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.clean_desk import walking
from adhere.areas.clean_desk.forms import NewDesk
from adhere.areas.clean_desk.listings import ROUNDS, round_rows
from adhere.areas.clean_desk.models import Photo, Rota
from adhere.areas.clean_desk.photos import keep_photo
from adhere.areas.clean_desk.planning import photos_on, planned
from adhere.areas.clean_desk.telling import tell_round
from adhere.areas.clean_desk.views.common import (
    PLANNERS,
    found_walk,
    recorder_of,
    told,
    walks_here,
)
from adhere.console.access import account_of, everyone, oversees
from adhere.console.lists import list_page
from adhere.errors import Problem

AHEAD = timedelta(days=14)
BEHIND = timedelta(days=14)


@everyone
def index(request: HttpRequest) -> HttpResponse:
    """What is due, for those who walk; every round that ended, for those who oversee."""
    today = timezone.localdate()
    mine = account_of(request).person_id
    rotas = {rota.floor: rota for rota in Rota.objects.all()}
    walked = oversees(request) or any(mine in rota.inspectors for rota in rotas.values())
    if not walked:
        return redirect("clean_desk:mine")
    plans = account_of(request).has_role(*PLANNERS)
    rounds = [
        {
            "planned": each,
            "may_walk": plans or mine in rotas[each.floor].inspectors,
            "mine": each.inspector is not None and each.inspector.pk == mine,
            "missed": each.day < today,
        }
        for each in planned(today - BEHIND, today + AHEAD, list(rotas.values()))
        if not each.outcome
    ]
    context = {
        "today": today,
        "missed": [each for each in rounds if each["missed"]],
        "coming": [each for each in rounds if not each["missed"]],
        "plans": plans,
        "oversees": oversees(request),
        "has_person": mine is not None,
    }
    rows = round_rows()
    if not oversees(request):
        rows = rows.filter(inspector=mine)
    return list_page(ROUNDS, request, rows, "clean_desk/rounds.html", **context)


@everyone
def walk(request: HttpRequest, day: str, floor: str) -> HttpResponse:
    """The desks of a round, to be ticked."""
    chosen = found_walk(request, day, floor)
    keys = [walking.key_for(desk.place, chosen.day) for desk in (*chosen.desks, *chosen.others)]
    pictured = set(Photo.objects.filter(inspection__in=keys).values_list("inspection", flat=True))
    context: dict[str, Any] = {
        "walk": chosen,
        "day": chosen.day.isoformat(),
        "can_tick": walks_here(request, floor) and chosen.day <= timezone.localdate(),
        "photos": photos_on(floor),
        "pictured": {key.partition(":")[2] for key in pictured},
        "own": account_of(request).person_id or "",
        "new_desk": NewDesk(),
        "missed": chosen.day < timezone.localdate(),
    }
    return render(request, "clean_desk/walk.html", context)


@everyone
@require_POST
def tick(request: HttpRequest, day: str, floor: str) -> HttpResponse:
    """One tick: as the script sends it, whole; or one button of a page without script."""
    chosen = found_walk(request, day, floor)
    place, act = request.POST.get("place", ""), request.POST.get("act", "")
    try:
        _apply(request, chosen, place, act)
    except Problem as problem:
        if _wants_json(request):
            return JsonResponse({"problem": told(problem)}, status=409)
        messages.error(request, told(problem))
    if _wants_json(request):
        return JsonResponse({"saved": place})
    return redirect("clean_desk:round", day=day, floor=floor)


def _apply(request: HttpRequest, chosen: walking.Walk, place: str, act: str) -> None:
    recorder = recorder_of(request)
    if act == "back":
        walking.take_back(chosen, place, recorder)
        return
    said: dict[str, Any] = {
        "found": request.POST.getlist("found"),
        "screen": request.POST.get("screen", ""),
        "note": request.POST.get("note", ""),
        "at": request.POST.get("at", ""),
    }
    if act != "set":
        said = walking.toggled(walking.desk_of(chosen, place), act) | {"note": said["note"]}
    row = walking.tick(chosen, place, said, recorder)
    if "photo" in request.FILES:
        if not photos_on(chosen.floor):
            raise Problem("photos are off on this floor", expected="a note instead")
        keep_photo(row, request.FILES.getlist("photo")[0].read(), recorder)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


@everyone
@require_POST
def end(request: HttpRequest, day: str, floor: str) -> HttpResponse:
    """Finish a round, skip it with a reason, or open it again."""
    chosen, act = found_walk(request, day, floor), request.POST.get("act", "")
    recorder = recorder_of(request)
    try:
        if act == "finish":
            walking.finish(chosen, recorder)
            tell_round.enqueue(floor, day)
            messages.success(request, _("The round is finished. Who left something is told."))
            return redirect("clean_desk:rounds")
        if act == "skip":
            walking.skip(chosen, request.POST.get("reason", ""), recorder)
            messages.success(request, _("The round is skipped; the reason is recorded."))
            return redirect("clean_desk:rounds")
        walking.reopen(chosen, recorder)
        messages.success(request, _("The round is open again."))
    except Problem as problem:
        messages.error(request, told(problem))
    return redirect("clean_desk:round", day=day, floor=floor)


@everyone
@require_POST
def add_desk(request: HttpRequest, day: str, floor: str) -> HttpResponse:
    """Register a workplace that was found on a round."""
    found_walk(request, day, floor)
    form = NewDesk(request.POST)
    try:
        if form.is_valid():
            place = " ".join(form.cleaned_data["place"].split())
            walking.register_found(place, floor, day, recorder_of(request))
            messages.success(request, _("The workplace is added; the security team sees it too."))
    except Problem as problem:
        messages.error(request, told(problem))
    return redirect("clean_desk:round", day=day, floor=floor)

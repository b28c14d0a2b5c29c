"""The plan: which floor is walked when, and by whom."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.clean_desk.forms import RotaForm
from adhere.areas.clean_desk.models import Rota
from adhere.areas.clean_desk.planning import at_work_on, floors, places_of, planned
from adhere.areas.clean_desk.views.common import PLANNERS
from adhere.console.access import OVERSEERS, account_of, roles

AHEAD = timedelta(days=28)


@roles(*OVERSEERS)
def plan(request: HttpRequest) -> HttpResponse:
    """Every floor with its rota, and the rounds of the coming four weeks."""
    today = timezone.localdate()
    rotas = list(Rota.objects.order_by("floor"))
    here = at_work_on(today)
    planless = [floor for floor in floors() if floor not in {rota.floor for rota in rotas}]
    context = {
        "rotas": [
            {
                "rota": rota,
                "days": ", ".join(str(WEEKDAYS[day]) for day in sorted(rota.weekdays)),
                "people": [here[each].name for each in rota.inspectors if each in here],
                "places": len(places_of(rota.floor, today)),
            }
            for rota in rotas
        ],
        "planless": planless,
        "floors": bool(floors()),
        "coming": planned(today, today + AHEAD, rotas),
        "plans": account_of(request).has_role(*PLANNERS),
    }
    return render(request, "clean_desk/plan.html", context)


@roles(*PLANNERS)
def create(request: HttpRequest) -> HttpResponse:
    """Plan the rounds of a floor."""
    form = RotaForm(request.POST or None, initial={"floor": request.GET.get("floor", "")})
    return _form(request, form, None)


@roles(*PLANNERS)
def edit(request: HttpRequest, floor: str) -> HttpResponse:
    """Change the rounds of a floor from now on."""
    rota = get_object_or_404(Rota, pk=floor)
    return _form(request, RotaForm(request.POST or None, known=rota), rota)


def _form(request: HttpRequest, form: RotaForm, rota: Rota | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        floor = rota.floor if rota else values.pop("floor")
        Rota.objects.update_or_create(pk=floor, defaults=values)
        messages.success(request, _("The plan is recorded."))
        return redirect("clean_desk:plan")
    return render(request, "clean_desk/rota_form.html", {"form": form, "rota": rota})


@roles(*PLANNERS)
@require_POST
def remove(request: HttpRequest, floor: str) -> HttpResponse:
    """No longer plan rounds of a floor; what was found stays."""
    get_object_or_404(Rota, pk=floor).delete()
    messages.success(request, _("Rounds of this floor are no longer planned."))
    return redirect("clean_desk:plan")

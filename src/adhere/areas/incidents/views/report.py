"""Reporting: in ten seconds, or with everything; and what the reporter keeps of it."""

from __future__ import annotations

import json

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from adhere.areas.incidents import filing, tokens
from adhere.areas.incidents.finding import clauses, last_place, people_offered, places
from adhere.areas.incidents.forms import QuickForm, ReportForm
from adhere.areas.incidents.models import Handling
from adhere.areas.incidents.receipts import receipt_of
from adhere.areas.incidents.views.common import told
from adhere.console.access import account_of, everyone, public
from adhere.core.models import Incident, IncidentEvent
from adhere.errors import Problem


@everyone
@never_cache
def quick(request: HttpRequest) -> HttpResponse:
    """Somebody unrecognised: where, and one of three buttons."""
    form = QuickForm(request.POST or None, request.FILES or None, initial=_fresh(request))
    handling = Handling.current()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        known = {"sort": filing.STRANGER, "answer": given["answer"], "place": given["place"]}
        return _file(request, form, known)
    context = {"form": form, "places": places(handling.places.splitlines()), "handling": handling}
    return render(request, "incidents/quick.html", context)


@everyone
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """One form for all kinds."""
    form = ReportForm(request.POST or None, request.FILES or None, initial=_fresh(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _file(request, form, form.fields_of_incident())
        except Problem as problem:
            form.add_error(None, told(problem))
    handling = Handling.current()
    context = {
        "form": form,
        "places": places(handling.places.splitlines()),
        "people": people_offered(),
        "clauses": clauses(),
    }
    return render(request, "incidents/report.html", context)


def _fresh(request: HttpRequest) -> dict[str, str]:
    place = last_place(account_of(request).person_id or "")
    kind = request.GET.get("kind", "")
    return {"once": tokens.once(), "place": place, "sort": kind}


def _file(request: HttpRequest, form: forms.Form, known: dict[str, object]) -> HttpResponse:
    once = tokens.read(tokens.ONCE, form.cleaned_data["once"])
    if once is None:
        messages.error(request, _("This page was open for too long: please send it once more."))
        return redirect(request.path)
    nameless = form.cleaned_data.get("anonymous") and Handling.current().anonymous
    reporter = "" if nameless else account_of(request).person_id or ""
    filing.file(once[0], reporter, form.cleaned_data["photo"], **known)
    return redirect("incidents:receipt", token=tokens.make(tokens.RECEIPT, once[0]))


def _key(token: str) -> str:
    found = tokens.read(tokens.RECEIPT, token)
    if found is None or not Incident.objects.filter(key=found[0]).exists():
        raise Http404("no such receipt")
    return found[0]


@public
@never_cache
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The number of a report, how it stands, and its receipt; for whoever holds the address."""
    key = _key(token)
    incident = Incident.objects.get(key=key, superseded_by=None)
    kinds = set(IncidentEvent.objects.filter(incident=key).values_list("kind", flat=True))
    context = {
        "incident": incident,
        "token": token,
        "may_withdraw": filing.may_withdraw(key, timezone.now()),
        "taken": bool(kinds & {"taken", "assigned"}),
        "quick": incident.sort == filing.STRANGER,
        "take_within": Handling.current().take_within,
    }
    return render(request, "incidents/receipt.html", context)


@public
@never_cache
def receipt_file(request: HttpRequest, token: str) -> HttpResponse:
    """The signed receipt, as ``adhere verify`` takes it."""
    key = _key(token)
    try:
        text = json.dumps(receipt_of(key), ensure_ascii=False)
    except Problem as problem:
        messages.error(request, told(problem))
        return redirect("incidents:receipt", token=token)
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="report-{key}.json"'
    return response


@public
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take a report back, sent by mistake."""
    try:
        filing.withdraw(_key(token))
    except Problem as problem:
        messages.error(request, told(problem))
    return redirect("incidents:receipt", token=token)

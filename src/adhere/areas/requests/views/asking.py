"""Asking for consent: from scratch, by a ready-made kind, or again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adhere.areas.requests import telling
from adhere.areas.requests.forms import (
    AskForm,
    clause_choices,
    initial_for,
    initial_of,
    subjects_for,
    template_choices,
)
from adhere.areas.requests.views.common import found_request, known_sort, person_of, told
from adhere.areas.requests.words import ASKING, TEMPLATES
from adhere.console.access import everyone
from adhere.core.recording import Origin
from adhere.core.requesting import ask
from adhere.errors import Problem


@everyone
def ask_for(request: HttpRequest, sort: str) -> HttpResponse:
    """Ask for an exemption, a change or software."""
    known_sort(sort)
    template = request.GET.get("template", "")
    template = template if template in TEMPLATES and sort == "exemption" else ""
    return _form(request, sort, template, initial_for(template))


@everyone
def renew(request: HttpRequest, key: str) -> HttpResponse:
    """Ask again for what was consented to before; linked to it."""
    before = found_request(request, key)
    return _form(request, before.sort, before.template, initial_of(before), before.key)


def _form(
    request: HttpRequest, sort: str, template: str, initial: dict[str, Any], renews: str = ""
) -> HttpResponse:
    person = person_of(request)
    form = AskForm(sort, request.POST or None, template=template, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask(sort, Origin("page", person.pk), **form.given(), renews=renews)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, told(problem))
        else:
            telling.tell_deciders.enqueue(made.key)
            messages.success(request, _("The security team has your request."))
            return redirect("requests:request", key=made.key)
    context = {
        "form": form,
        "sort": sort,
        "title": _("Renew") if renews else ASKING[sort],
        "renews": renews,
        "template": TEMPLATES.get(template, ""),
        "templates": [] if renews else template_choices(sort),
        "subjects": subjects_for(person),
    }
    return render(request, "requests/ask.html", context)


@everyone
@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """The clauses that hold the words looked for, with those already chosen on top."""
    words = request.GET.get("words", "").replace("\x00", "")[:200]
    form = AskForm("exemption", request.GET)
    field: Any = form.fields["clauses"]
    field.choices = clause_choices(words, request.GET.getlist("clauses"))
    return render(request, "requests/clauses.html", {"form": form})

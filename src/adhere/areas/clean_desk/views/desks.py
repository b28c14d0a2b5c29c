"""Workplaces: the register, one's history, one's own desk, what is open, photos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from adhere.areas.clean_desk import finding, walking
from adhere.areas.clean_desk.forms import WorkplaceForm
from adhere.areas.clean_desk.listings import FINDINGS, WORKPLACES, found_rows, workplace_rows
from adhere.areas.clean_desk.models import (
    OWNER,
    InspectionRecord,
    Notice,
    Photo,
    WorkplaceRecord,
    current,
)
from adhere.areas.clean_desk.telling import what_lay_open
from adhere.areas.clean_desk.views.common import PLANNERS, found_workplace, recorder_of, told
from adhere.console.access import OVERSEERS, account_of, everyone, oversees, roles
from adhere.console.lists import list_page
from adhere.core.models import Person
from adhere.errors import Problem

SHOWN = 100
LATEST = 5


@roles(*OVERSEERS)
def findings(request: HttpRequest) -> HttpResponse:
    """What rounds found, and what of it is still open."""
    return list_page(FINDINGS, request, found_rows(), "clean_desk/findings.html")


@roles(*OVERSEERS)
def workplaces(request: HttpRequest) -> HttpResponse:
    """The register of workplaces."""
    plans = account_of(request).has_role(*PLANNERS)
    return list_page(
        WORKPLACES, request, workplace_rows(), "clean_desk/workplaces.html", plans=plans
    )


@roles(*PLANNERS)
def create(request: HttpRequest) -> HttpResponse:
    """Register a workplace."""
    return _form(request, WorkplaceForm(request.POST or None), None)


@roles(*PLANNERS)
def edit(request: HttpRequest, place: str) -> HttpResponse:
    """Change a workplace, or say that it is given up."""
    known = found_workplace(place)
    return _form(request, WorkplaceForm(request.POST or None, known=known), known)


def _form(request: HttpRequest, form: WorkplaceForm, known: WorkplaceRecord | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        place = known.place if known else form.cleaned_data["place"]
        try:
            walking.register({**form.cleaned_data, "place": place}, recorder_of(request))
        except Problem as problem:
            form.add_error(None, told(problem))
        else:
            messages.success(request, _("The workplace is recorded."))
            return redirect("clean_desk:desk", place=place)
    return render(request, "clean_desk/workplace_form.html", {"form": form, "workplace": known})


@everyone
def desk(request: HttpRequest, place: str) -> HttpResponse:
    """What rounds found at one workplace: for who oversees, and for whose desk it is."""
    workplace = current(WorkplaceRecord).filter(place=place).first()
    rows = finding.with_names(finding.newest_of(place))
    mine = account_of(request).person_id
    owner = workplace is not None and bool(mine) and workplace.desk_of == mine
    if not oversees(request):
        if not owner:
            raise PermissionDenied
        rows = rows.filter(desk_of=mine)
    if workplace is None and not rows:
        raise Http404("no such workplace")
    context = {
        "place": place,
        "workplace": workplace,
        "owner": Person.objects.filter(pk=workplace.desk_of).first() if workplace else None,
        "rows": _lines(rows[:SHOWN]),
        "plans": account_of(request).has_role(*PLANNERS),
        "oversees": oversees(request),
    }
    return render(request, "clean_desk/desk.html", context)


def _lines(rows: Iterable[InspectionRecord]) -> list[dict[str, Any]]:
    """Each inspection with what it found in words, and whether there is a photo."""
    listed = list(rows)
    pictured = set(Photo.objects.filter(pk__in=[row.key for row in listed]).values_list("pk"))
    return [
        {"row": row, "found": what_lay_open(row), "photo": (row.key,) in pictured} for row in listed
    ]


@everyone
def mine(request: HttpRequest) -> HttpResponse:
    """One's own desks and how rounds found them; what one is asked to put right."""
    person = account_of(request).person
    if person is None:
        raise Http404("this account belongs to nobody who works here")
    today = timezone.localdate()
    notices = Notice.objects.filter(person=person, answered_at=None)
    asked = {each.inspection: each for each in notices}
    found = _lines(finding.still_open(asked).values())
    context = {
        "person": person,
        "desks": [
            {"workplace": each, "rows": _lines(_own(each.place, person.pk))}
            for each in finding.desks_of(person.pk, today)
        ],
        "asked": [
            {**line, "pk": notice.pk, "own": notice.part == OWNER}
            for line in found
            for notice in [asked[line["row"].key]]
        ],
    }
    return render(request, "clean_desk/mine.html", context)


def _own(place: str, person: str) -> QuerySet[Any]:
    return finding.with_names(finding.newest_of(place)).filter(desk_of=person)[:LATEST]


@everyone
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what was found is put right, or talked over."""
    notice = get_object_or_404(Notice, pk=pk, person=account_of(request).person_id)
    notice.answered_at = timezone.now()
    notice.save(update_fields=["answered_at"])
    messages.success(request, _("Thank you. The next round looks again."))
    return redirect("clean_desk:mine")


@everyone
@require_safe
def photo(request: HttpRequest, key: str) -> HttpResponse:
    """A photo, for the security team, whose desk it is, and who took it."""
    row = current(InspectionRecord).filter(key=key).first()
    if row is None:
        raise Http404("no such photo")
    account = account_of(request)
    mine = account.person_id is not None and account.person_id in {row.desk_of, row.inspector}
    if not (mine or account.has_role(*PLANNERS)):
        raise PermissionDenied
    found = get_object_or_404(Photo, pk=key)
    response = HttpResponse(bytes(found.image), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response

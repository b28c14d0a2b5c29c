"""The visitors' book of the front desk: who came, corrections, badges, who is inside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from adhere.areas.visitors import arriving
from adhere.areas.visitors.announcing import expected_on
from adhere.areas.visitors.forms import VisitForm, visit_initial
from adhere.areas.visitors.labels import label
from adhere.areas.visitors.listings import BADGES, VISITS
from adhere.areas.visitors.models import Badge, Signed, Stay, VisitRecord, visits
from adhere.areas.visitors.views.common import DESK, SETTERS, at_desk, recorder_of, told
from adhere.console.access import account_of, everyone, roles
from adhere.console.lists import list_page
from adhere.core.models import Person
from adhere.errors import Problem


@roles(*DESK)
def book(request: HttpRequest) -> HttpResponse:
    """Every visit, newest first, and how many are expected and inside."""
    today = timezone.localdate()
    signed = set(Stay.objects.filter(visit__endswith=str(today)).values_list("invited", flat=True))
    context: dict[str, Any] = {
        "inside": arriving.inside().count(),
        "expected": [each for each in expected_on(today) if each.pk not in signed],
        "runs": at_desk(request),
        "report": _report_url(),
        "sets": account_of(request).has_role(*SETTERS, "auditor"),
    }
    return list_page(VISITS, request, visits(), "visitors/book.html", **context)


def _report_url() -> str:
    """Where an unrecognised person is reported, if the house has such a page."""
    try:
        return reverse("incidents:quick")
    except NoReverseMatch:
        return ""


def found_visit(key: str) -> VisitRecord:
    """The visit of an address, or no page."""
    found: VisitRecord | None = visits().filter(key=key).first()
    if found is None:
        raise Http404("no such visit")
    return found


def _open_to(request: HttpRequest, visit: VisitRecord) -> None:
    own = account_of(request).person_id == visit.host != ""
    if not (own or at_desk(request) or account_of(request).has_role("auditor")):
        raise PermissionDenied


@everyone
def visit(request: HttpRequest, key: str) -> HttpResponse:
    """One visit: the host sees it, the front desk corrects it."""
    chosen = found_visit(key)
    _open_to(request, chosen)
    form = VisitForm(request.POST or None, initial=visit_initial(chosen))
    if request.method == "POST":
        if not at_desk(request):
            raise PermissionDenied
        if form.is_valid() and _corrected(request, chosen, form):
            return redirect("visitors:visit", key=key)
    stay = Stay.objects.filter(pk=key).first()
    context = {
        "visit": chosen,
        "stay": stay,
        "host": Person.objects.filter(pk=chosen.host).first(),
        "signed": Signed.objects.filter(visit=key).first(),
        "form": form,
        "runs": at_desk(request),
        "own": account_of(request).person_id == chosen.host,
    }
    return render(request, "visitors/visit.html", context)


def _corrected(request: HttpRequest, chosen: VisitRecord, form: VisitForm) -> bool:
    try:
        arriving.correct(chosen, recorder_of(request), **form.changes())
    except Problem as problem:
        form.add_error(problem.field if problem.field in form.fields else None, told(problem))
        return False
    messages.success(request, _("The visit is corrected; what stood before stays on record."))
    return True


@everyone
@require_POST
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Sign a visitor out, take that back, or note that the host met them."""
    chosen = found_visit(key)
    _open_to(request, chosen)
    what = request.POST.get("what")
    try:
        if what == "seen":
            Stay.objects.filter(pk=key).update(seen_at=timezone.now())
            messages.success(request, _("Thank you: you are not reminded any more."))
        elif what == "undo" and at_desk(request):
            changed = {"left_at": None, "badge_returned": None}
            arriving.correct(chosen, recorder_of(request), **changed)
            messages.success(request, _("The visitor counts as inside again."))
        elif what in {"out", "out-badge"}:
            returned = what == "out-badge"
            arriving.sign_out(chosen, recorder_of(request), returned=returned)
            messages.success(request, _("The visitor is signed out."))
    except Problem as problem:
        messages.error(request, told(problem))
    return redirect("visitors:visit", key=key)


@roles(*DESK)
@require_safe
def signature(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """The drawn signature, or the photo."""
    signed = get_object_or_404(Signed, visit=key)
    data = signed.drawn if what == "signature" else signed.photo
    if not data:
        raise Http404("none was taken")
    kind = "image/png" if what == "signature" else "image/jpeg"
    response = HttpResponse(bytes(data), content_type=kind)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@roles(*DESK)
def badges(request: HttpRequest) -> HttpResponse:
    """The badges of the desk: on the board, out, lost; adding one."""
    if request.method == "POST":
        number = request.POST.get("number", "").strip()[:40]
        if not number:
            messages.error(request, _("A badge needs a number."))
        elif Badge.objects.get_or_create(pk=number)[1]:
            messages.success(request, _("The badge is added."))
        else:
            messages.error(request, _("There is a badge with that number."))
        return redirect("visitors:badges")
    runs = {"runs": at_desk(request)}
    return list_page(BADGES, request, Badge.objects.all(), "visitors/badges.html", **runs)


@roles(*DESK)
def badge(request: HttpRequest, number: str) -> HttpResponse:
    """One badge: who had it; lost or found again."""
    chosen = get_object_or_404(Badge, pk=number)
    if request.method == "POST":
        chosen.lost = not chosen.lost
        chosen.save()
        return redirect("visitors:badge", number=number)
    worn = visits().filter(badge=number).order_by("-arrived_at")[:50]
    context = {"badge": chosen, "worn": worn, "runs": at_desk(request)}
    return render(request, "visitors/badge.html", context)


def label_response(visit: VisitRecord, stay: Stay) -> HttpResponse:
    """The badge to print."""
    response = HttpResponse(label(visit, stay), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="badge.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@roles(*DESK)
@require_safe
def print_badge(request: HttpRequest, key: str) -> HttpResponse:
    """The badge as PDF, for the label printer."""
    return label_response(found_visit(key), get_object_or_404(Stay, pk=key))

"""Announcing visits: everyone their own, the front desk and the security team for others too."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.visitors import announcing, arriving, telling
from adhere.areas.visitors.forms import AnnouncementForm, initial_of
from adhere.areas.visitors.listings import ANNOUNCEMENTS
from adhere.areas.visitors.models import Announcement
from adhere.areas.visitors.views.common import at_desk, recorder_of, told
from adhere.console.access import account_of, everyone
from adhere.console.lists import list_page
from adhere.console.mailing import can_mail
from adhere.errors import Problem


def _reads(request: HttpRequest) -> bool:
    return at_desk(request) or account_of(request).has_role("auditor")


def _own(request: HttpRequest, announcement: Announcement) -> bool:
    person = account_of(request).person_id
    return person is not None and announcement.host_id == person


def _found(request: HttpRequest, pk: int, *, change: bool = False) -> Announcement:
    announcement = get_object_or_404(Announcement.objects.select_related("host"), pk=pk)
    allowed = at_desk(request) if change else _reads(request)
    if not (allowed or _own(request, announcement)):
        raise PermissionDenied
    return announcement


@everyone
def index(request: HttpRequest) -> HttpResponse:
    """The own announcements; those who run the desk and auditors see everybody's."""
    rows = Announcement.objects.select_related("host")
    if not _reads(request):
        rows = rows.filter(host=account_of(request).person_id or "")
    context = {"at_desk": _reads(request)}
    return list_page(
        ANNOUNCEMENTS, request, rows.distinct(), "visitors/announcements.html", **context
    )


@everyone
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """One announcement with its visitors and their codes."""
    found = _found(request, pk)
    context = {
        "announcement": found,
        "invited": announcing.standing(found),
        "over": announcing.ended(found, timezone.now()),
        "next": announcing.next_time(found, timezone.now()),
        "may": at_desk(request) or _own(request, found),
        "mails": can_mail(),
    }
    return render(request, "visitors/announcement.html", context)


@everyone
def create(request: HttpRequest) -> HttpResponse:
    """Announce a visit."""
    now = timezone.localtime()
    initial = {"host": account_of(request).person_id, "day": now.date()}
    return _form(request, AnnouncementForm(request.POST or None, initial=initial), None)


@everyone
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an announcement; who stays invited keeps the code."""
    known = _found(request, pk, change=True)
    form = AnnouncementForm(request.POST or None, initial=initial_of(known))
    return _form(request, form, known)


def _form(request: HttpRequest, form: AnnouncementForm, known: Announcement | None) -> HttpResponse:
    if not at_desk(request):
        # Everybody announces own visits only.
        form.fields["host"].disabled = True
    if request.method == "POST" and form.is_valid():
        before = {each.pk for each in announcing.standing(known)} if known else set()
        try:
            values = form.values()
            people = form.cleaned_data["people"]
            made = announcing.announce(values, people, recorder_of(request), known)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, told(problem))
        else:
            telling.invite.enqueue(made.pk)
            for gone in before - {each.pk for each in announcing.standing(made)}:
                telling.uninvite.enqueue(gone)
            messages.success(request, _("The visit is announced."))
            return redirect("visitors:announcement", pk=made.pk)
    return render(request, "visitors/announcement_form.html", {"form": form, "known": known})


@everyone
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a visit off, or take that back; the invited are told."""
    found = _found(request, pk, change=True)
    try:
        if request.POST.get("undo"):
            announcing.restore(found)
            messages.success(request, _("The visit takes place after all."))
        else:
            announcing.cancel(found)
            messages.success(request, _("The visit is cancelled."))
    except Problem as problem:
        messages.error(request, told(problem))
    else:
        telling.invite.enqueue(found.pk)
    return redirect("visitors:announcement", pk=pk)


@everyone
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody unannounced: the host lets them in, or not."""
    found = _found(request, pk)
    if not found.walk_in:
        return redirect("visitors:announcement", pk=pk)
    entered = any(each.stays.exists() for each in announcing.standing(found))
    if request.method == "POST":
        _found(request, pk, change=True)
        if not entered:
            arriving.decide(found, let_in=request.POST.get("let_in") == "yes")
            messages.success(request, _("The front desk is told."))
        return redirect("visitors:walk-in", pk=pk)
    context = {
        "announcement": found,
        "invited": announcing.standing(found),
        "entered": entered,
        "may": at_desk(request) or _own(request, found),
    }
    return render(request, "visitors/walk_in.html", context)

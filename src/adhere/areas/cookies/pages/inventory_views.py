"""The inventory: its list, one tracker with its history, changes, and what publishing would do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.cookies import changing, explaining, inventory, republishing
from adhere.areas.cookies.consents import naming
from adhere.areas.cookies.models import Review, Tracker
from adhere.areas.cookies.pages.forms import TrackerForm, initial_of, kind_choices, told
from adhere.areas.cookies.pages.listings import TRACKERS
from adhere.areas.cookies.purposes import all_purposes, words_of
from adhere.areas.cookies.readers import KEEPERS
from adhere.areas.cookies.records import TRACKERS as KIND
from adhere.areas.cookies.retention import said
from adhere.console.access import account_of, roles
from adhere.console.lists import list_page
from adhere.core.recording import Origin, key_of, retract
from adhere.errors import Problem


def recorder(request: HttpRequest) -> str:
    """Who records what a page sends."""
    account = account_of(request)
    return account.person_id or account.email


def may_change(request: HttpRequest) -> bool:
    return account_of(request).has_role(*KEEPERS)


@roles(*KEEPERS)
def index(request: HttpRequest) -> HttpResponse:
    """Every tracker in use."""
    rows = Tracker.objects.filter(superseded_by=None, retracted=False)
    context = {
        "changes": may_change(request),
        "pending": len(republishing.pending()),
        "reviewed": Review.objects.filter(superseded_by=None, retracted=False)
        .order_by("-at")
        .first(),
    }
    return list_page(TRACKERS, request, rows, "cookies/inventory/index.html", **context)


@roles(*KEEPERS)
def tracker(request: HttpRequest, pk: int) -> HttpResponse:
    """One tracker and everything ever recorded of it."""
    chosen = get_object_or_404(Tracker, pk=pk)
    history = Tracker.objects.filter(key=chosen.key).order_by("-pk").select_related("entry")
    newest_row = history[0]
    language = naming.language()
    purposes = {each.slug: words_of(each, language)["title"] for each in all_purposes()}
    context = {
        "tracker": newest_row,
        "history": history,
        "days": inventory.days_of(newest_row),
        "purpose": purposes.get(newest_row.purpose, newest_row.purpose),
        "stands": not newest_row.retracted,
        "kind": dict(kind_choices()).get(newest_row.tracker_kind, newest_row.tracker_kind),
        "retention": said(newest_row.retention, language),
        "may_change": may_change(request),
    }
    return render(request, "cookies/inventory/tracker.html", context)


@roles(*KEEPERS)
def create(request: HttpRequest) -> HttpResponse:
    """Add a tracker."""
    return _form(request, TrackerForm(request.POST or None), None)


@roles(*KEEPERS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a tracker."""
    chosen = get_object_or_404(Tracker, pk=pk, superseded_by=None, retracted=False)
    return _form(request, TrackerForm(request.POST or None, initial=initial_of(chosen)), chosen)


def _form(request: HttpRequest, form: TrackerForm, chosen: Tracker | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            stored = changing.store(form.values(), recorder(request), chosen)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, told(problem))
        else:
            messages.success(request, _("Recorded. Visitors see it once it is published."))
            return redirect("cookies:tracker", pk=stored.pk)
    context = {"form": form, "tracker": chosen}
    return render(request, "cookies/inventory/tracker_form.html", context)


@roles(*KEEPERS)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """A tracker is no longer used."""
    chosen = get_object_or_404(Tracker, pk=pk, superseded_by=None)
    retract(KIND, [chosen.key], Origin("page", recorder(request)))
    messages.success(request, _("Taken out. Visitors see it once it is published."))
    return redirect("cookies:publish")


@roles(*KEEPERS)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a change back before it is published."""
    try:
        changing.undo(request.POST.get("key", ""), recorder(request))
    except Problem as problem:
        messages.error(request, told(problem))
    else:
        messages.success(request, _("Undone."))
    return redirect("cookies:publish")


@roles(*KEEPERS)
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Somebody looked through the inventory."""
    changing.review(recorder(request))
    messages.success(request, _("Recorded: you have looked through the inventory today."))
    return redirect("cookies:inventory")


@roles(*KEEPERS)
def publish(request: HttpRequest) -> HttpResponse:
    """What publishing would change, and which purposes it asks again; then publish."""
    if request.method == "POST":
        return _published(request)
    context: dict[str, Any] = {"may_change": may_change(request)}
    try:
        found = republishing.preview()
        context |= {"preview": found, "changes": _shown(found.changes)}
    except Problem as problem:
        open_page = problem.field == "company" and account_of(request).has_role("administrator")
        context |= {"problem": told(problem), "company": reverse("company") if open_page else ""}
    return render(request, "cookies/inventory/publish.html", context)


def _shown(changes: tuple[explaining.Change, ...]) -> list[dict[str, Any]]:
    language = naming.language()
    titles = inventory.titles(language)
    return [
        {
            "kind": each.kind,
            "key": _key(each.row),
            "text": explaining.explained([each], language, titles),
        }
        for each in changes
    ]


def _key(row: Any) -> str:
    names = {"name": row.name, "tracker_kind": row.kind, "domain": row.domain}
    return key_of(KIND, names)


def _published(request: HttpRequest) -> HttpResponse:
    try:
        done = republishing.republish()
    except Problem as problem:
        messages.error(request, told(problem))
        return redirect("cookies:publish")
    if done.version is None and not done.notices:
        messages.info(request, _("Everything was published already."))
    else:
        told_ = (
            [_("Version %(number)s of the policy") % {"number": done.version}]
            if done.version
            else []
        )
        told_ += [
            _("notice %(number)s of %(site)s") % {"number": number, "site": site}
            for site, number in done.notices.items()
        ]
        messages.success(request, _("Published: %(what)s.") % {"what": ", ".join(told_)})
    return redirect("cookies:publish")

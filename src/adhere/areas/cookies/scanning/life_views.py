"""A tracker's life over the scans, and what people know better about trackers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.cookies.models import Site
from adhere.areas.cookies.pages.forms import told
from adhere.areas.cookies.pages.inventory_views import may_change, recorder
from adhere.areas.cookies.readers import KEEPERS
from adhere.areas.cookies.scan_models import Correction, Scan, TrackerSeen
from adhere.areas.cookies.scanning import naming
from adhere.areas.cookies.scanning.forms import CorrectionForm
from adhere.areas.cookies.scanning.listing import CORRECTIONS
from adhere.areas.cookies.scanning.matching import row_of
from adhere.areas.cookies.scanning.proposing import standing
from adhere.areas.cookies.scanning.records import CORRECTIONS as KIND
from adhere.areas.cookies.scanning.shape import Seen
from adhere.console.access import roles
from adhere.console.lists import list_page
from adhere.core.recording import Origin, record, retract
from adhere.errors import Problem
from adhere.scanner.knowledge.names import matches


@roles(*KEEPERS)
def life(request: HttpRequest, pk: int) -> HttpResponse:
    """When a tracker came, in which states, by whom it was set, and how it changed."""
    row = get_object_or_404(TrackerSeen, pk=pk)
    same = {name: getattr(row, name) for name in ("site", "kind", "name", "domain")}
    rows = list(
        TrackerSeen.objects.filter(**same).select_related("scan").order_by("scan__started", "pk")
    )
    last = rows[-1]
    since = Scan.objects.filter(site=row.site, started__gte=rows[0].scan.started)
    scans = list(since.defer("report").order_by("started", "pk"))
    context = {
        "tracker": last,
        "site": Site.objects.filter(pk=row.site).first(),
        "first": rows[0].scan,
        "seen_in": len(rows),
        "scans": len(scans),
        "there": last.scan_id == scans[-1].pk,
        "purpose": naming.purpose_titles().get(last.purpose, last.purpose),
        "lifetime": naming.lifetime(last.lifetime_seconds) if last.kind == "cookie" else "",
        "states": list(dict.fromkeys(naming.state_name(s) for each in rows for s in each.states)),
        "setters": list(dict.fromkeys(each.set_by for each in rows if each.set_by)),
        "row": row_of(Seen(last.kind, last.name, last.domain), standing(row.site)),
        "corrections": _corrections(last),
        "events": _events(rows, scans),
        "may_change": may_change(request),
    }
    return render(request, "cookies/scans/life.html", context)


def _corrections(tracker: TrackerSeen) -> list[Correction]:
    return [
        each
        for each in Correction.objects.filter(superseded_by=None, retracted=False)
        if matches(each.name, tracker.name) and each.domain in ("", tracker.domain)
    ]


def _events(rows: list[TrackerSeen], scans: list[Scan]) -> list[dict[str, Any]]:
    """Each scan in which something about it was new, the newest first."""
    seen = {each.scan_id: each for each in rows}
    events: list[dict[str, Any]] = []
    said = ""
    for scan in scans:
        text = _said(seen.get(scan.pk))
        if text != said:
            came = scan.pk in seen
            title = (_("First seen") if not events else _("Seen")) if came else _("Not seen")
            url = reverse("cookies:scan", args=[scan.pk])
            state = "not-satisfied" if came and "before" in seen[scan.pk].states else ""
            events.append(
                {"at": scan.started, "title": title, "text": text, "url": url, "state": state}
            )
        said = text
    return events[::-1]


def _said(row: TrackerSeen | None) -> str:
    if row is None:
        return ""
    states = ", ".join(map(naming.state_name, row.states))
    lifetime = naming.lifetime(row.lifetime_seconds) if row.kind == "cookie" else ""
    return " · ".join(filter(None, (states, lifetime, row.vendor, row.set_by)))


@roles(*KEEPERS)
def corrections(request: HttpRequest) -> HttpResponse:
    """Everything that a person knows better."""
    rows = Correction.objects.filter(superseded_by=None, retracted=False)
    context = {"may_change": may_change(request)}
    return list_page(CORRECTIONS, request, rows, "cookies/scans/corrections.html", **context)


@roles(*KEEPERS)
def correct(request: HttpRequest) -> HttpResponse:
    """Say what a tracker is; what was said of it before stays on record."""
    names = ("name", "domain", "vendor", "purpose")
    form = CorrectionForm(
        request.POST or None, initial={name: request.GET.get(name, "") for name in names}
    )
    if request.method == "POST" and form.is_valid():
        try:
            record(KIND, [form.cleaned_data], Origin("page", recorder(request)))
        except Problem as problem:
            form.add_error(None, told(problem))
        else:
            messages.success(request, _("Recorded. The next scan goes by it."))
            return redirect("cookies:corrections")
    return render(request, "cookies/scans/correct.html", {"form": form})


@roles(*KEEPERS)
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """One correction with everything that was ever said of the same tracker."""
    chosen = get_object_or_404(Correction, pk=pk)
    history = list(Correction.objects.filter(key=chosen.key).order_by("-pk"))
    purposes = naming.purpose_titles()
    rows = [(each, purposes.get(each.purpose, each.purpose)) for each in history]
    context = {"correction": history[0], "rows": rows, "may_change": may_change(request)}
    return render(request, "cookies/scans/correction.html", context)


@roles(*KEEPERS)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A correction no longer holds."""
    chosen = get_object_or_404(Correction, pk=pk, superseded_by=None)
    retract(KIND, [chosen.key], Origin("page", recorder(request)))
    messages.success(request, _("Taken back. The next scan goes by the data again."))
    return redirect("cookies:corrections")

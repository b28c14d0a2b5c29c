"""The pages of scans: all of them, those of a website, one of them, and what changed since."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.cookies.models import Site
from adhere.areas.cookies.pages.forms import told
from adhere.areas.cookies.pages.inventory_views import may_change, recorder
from adhere.areas.cookies.readers import KEEPERS
from adhere.areas.cookies.scan_models import Scan, ScanJob, TrackerSeen
from adhere.areas.cookies.scanning import asking, files, showing
from adhere.areas.cookies.scanning.differing import changes
from adhere.areas.cookies.scanning.forms import OtherScanForm, PlanForm
from adhere.areas.cookies.scanning.listing import LIVES, SCANS, lives, scans
from adhere.areas.cookies.scanning.naming import EVERY, LOOKS, RULES, SEVERITIES, state_name
from adhere.areas.cookies.scanning.proposing import propose, standing
from adhere.areas.cookies.scanning.shape import Found, report_of
from adhere.console.access import roles
from adhere.console.lists import list_page
from adhere.errors import Problem


@roles(*KEEPERS)
def index(request: HttpRequest) -> HttpResponse:
    """Every scan, and each website with its last one."""
    sites = [
        {
            "site": each,
            "scan": asking.newest(each.slug),
            "every": EVERY[asking.plan_of(each.slug).every],
            "job": asking.running(each.slug),
        }
        for each in Site.objects.filter(active=True)
    ]
    context = {"sites": sites, "may_change": may_change(request)}
    return list_page(SCANS, request, scans(), "cookies/scans/index.html", **context)


@roles(*KEEPERS)
def website(request: HttpRequest, slug: str) -> HttpResponse:
    """A website: when it is scanned, and everything it was ever seen with."""
    site = get_object_or_404(Site, pk=slug)
    plan = asking.plan_of(slug)
    first = {name: getattr(plan, name) for name in ("every", "url", "max_pages")}
    form = PlanForm(request.POST or None, initial=first, site=site)
    if request.method == "POST" and form.is_valid():
        form.store(plan)
        messages.success(request, _("Recorded."))
        return redirect("cookies:scans-of", slug=slug)
    last = ScanJob.objects.filter(site=slug).exclude(ended_at=None).first()
    context = {
        "site": site,
        "form": form,
        "every": EVERY[plan.every],
        "start": asking.start_of(site),
        "scan": asking.newest(slug),
        "job": asking.running(slug),
        "failed": last if last and last.failure else None,
        "may_change": may_change(request),
    }
    return list_page(LIVES, request, lives(slug), "cookies/scans/website.html", **context)


@roles(*KEEPERS)
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Scan a website now, in the background."""
    try:
        job = asking.ask(get_object_or_404(Site, pk=slug), recorder(request))
    except Problem as problem:
        messages.error(request, told(problem))
        return redirect("cookies:scans-of", slug=slug)
    return redirect("cookies:scan-progress", pk=job.pk)


@roles(*KEEPERS)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a scan is; the page asks again by itself until it is done."""
    job = get_object_or_404(ScanJob, pk=pk)
    site = Site.objects.filter(pk=job.site).first()
    htmx = getattr(request, "htmx", None)
    part = htmx and htmx.target == "progress"
    name = "cookies/scans/progress_part.html" if part else "cookies/scans/progress.html"
    return render(request, name, {"job": job, "site": site, "state": state_name(job.state)})


@roles(*KEEPERS)
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """One scan: the verdict, what was reached, what was found and what was seen."""
    found = get_object_or_404(Scan.objects.select_related("entry"), pk=pk)
    report = report_of(found.report)
    lines = showing.lines_of(found, report, standing(found.site))
    context = {
        **_about(found),
        "report": report,
        "seconds": round((found.finished - found.started).total_seconds()),
        "states": showing.states_of(report),
        "reached": len(report.states),
        "groups": showing.groups_of(report, lines),
        "lines": lines,
        "pictures": files.pictures(pk),
        "formats": _formats(pk),
        "earlier": asking.newest(found.site, found.started),
        "may_change": may_change(request),
    }
    return render(request, "cookies/scans/scan.html", context)


def _formats(pk: int) -> list[tuple[str, str]]:
    titles = {"html": _("Report to read"), "sarif": "SARIF", "har": _("Traffic (HAR)")}
    return [("json", "JSON"), *((kind, titles[kind]) for kind in files.papers(pk))]


@roles(*KEEPERS)
def declared(request: HttpRequest, pk: int) -> HttpResponse:
    """What is declared beside what was seen."""
    found = get_object_or_404(Scan, pk=pk)
    report, rows = report_of(found.report), standing(found.site)
    sides = showing.sides_of(report, showing.lines_of(found, report, rows), rows)
    context = {**_about(found), "sides": sides, "may_change": may_change(request)}
    return render(request, "cookies/scans/declared.html", context)


def _about(found: Scan) -> dict[str, Any]:
    return {"scan": found, "site": Site.objects.filter(pk=found.site).first()}


@roles(*KEEPERS)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since another scan of the same website, the one before unless chosen."""
    found = get_object_or_404(Scan, pk=pk)
    form = OtherScanForm(request.GET if "other" in request.GET else None, scan=found)
    other = asking.newest(found.site, found.started)
    if form.is_valid():
        other = form.cleaned_data["other"]
    else:
        form = OtherScanForm(initial={"other": other and other.pk}, scan=found)
    context = {**_about(found), "form": form, "other": other}
    if other:
        earlier, later = sorted((other, found), key=lambda each: (each.started, each.pk))
        context |= _compared(earlier, later)
    return render(request, "cookies/scans/compare.html", context)


def _compared(earlier: Scan, later: Scan) -> dict[str, Any]:
    differing = changes(report_of(earlier.report), report_of(later.report))
    return {
        "earlier": earlier,
        "later": later,
        "changes": differing,
        "found": list(map(_told, differing.found)),
        "settled": list(map(_told, differing.settled)),
        "reached": list(map(state_name, differing.reached)),
        "missed": list(map(state_name, differing.missed)),
    }


def _told(found: Found) -> dict[str, Any]:
    return {
        "title": RULES.get(found.rule, found.rule),
        "severity": SEVERITIES.get(found.severity, found.severity),
        "look": LOOKS.get(found.severity, ""),
        "why": found.why,
    }


@roles(*KEEPERS)
@require_POST
def propose_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a row of the inventory for a tracker that was seen, and open it."""
    row = get_object_or_404(TrackerSeen, pk=pk)
    report = report_of(row.scan.report)
    place = (row.kind, row.name, row.domain)
    seen = next(e for e in report.trackers if (e.kind[:20], e.name[:300], e.domain[:253]) == place)
    proposal, _new = propose(row.scan, seen)
    if proposal.decided:
        proposal.decided, proposal.decided_by = "", ""
        proposal.save(update_fields=["decided", "decided_by"])
    return redirect("cookies:proposal", pk=proposal.pk)

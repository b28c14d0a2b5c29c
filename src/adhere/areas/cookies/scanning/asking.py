"""Asks for scans: by hand, and by each website's plan."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone

from adhere.areas.cookies.models import Site
from adhere.areas.cookies.scan_models import Scan, ScanJob, ScanPlan
from adhere.areas.cookies.scanning import files
from adhere.areas.cookies.scanning.jobs import LONGEST, scan_website
from adhere.core.durations import Duration
from adhere.errors import Problem

PERIODS = {"daily": Duration(1, "d"), "weekly": Duration(7, "d"), "monthly": Duration(1, "mo")}
MOST_PAGES = 500


def plan_of(site: str) -> ScanPlan:
    """A website's plan; one that says never where none is kept."""
    return ScanPlan.objects.filter(pk=site).first() or ScanPlan(site=site)


def start_of(site: Site) -> str:
    """The page where a website's scans begin."""
    return plan_of(site.slug).url or f"{(site.origins or [''])[0]}/"


def checked_start(url: str, site: Site) -> str:
    """An address of the website itself, or a ``Problem``."""
    parts = urlsplit(url.strip())
    if url.strip() and f"{parts.scheme}://{parts.netloc}".lower() not in site.origins:
        expected = f"an address below {' or '.join(site.origins)}"
        raise Problem(f"“{url}” is no page of this website", field="url", expected=expected)
    return url.strip()


def running(site: str) -> ScanJob | None:
    """The scan of a website that is under way or waits; one that never ended is let go."""
    lost = Q(begun_at__lt=timezone.now() - LONGEST)
    return ScanJob.objects.filter(site=site, ended_at=None).exclude(lost).first()


def ask(site: Site, by: str = "") -> ScanJob:
    """Ask the background for a scan of a website; the one that is under way if there is one."""
    known = running(site.slug)
    if known:
        return known
    url = start_of(site)
    if not urlsplit(url).netloc:
        raise Problem("this website has no address", field="url", expected="an address, first")
    pages = plan_of(site.slug).max_pages
    job = ScanJob.objects.create(
        site=site.slug, url=url, max_pages=pages, by=by, asked_at=timezone.now()
    )
    scan_website.enqueue(job=job.pk)
    return job


def due(plan: ScanPlan, today: date) -> bool:
    """Whether a plan asks for a scan today."""
    period = PERIODS.get(plan.every)
    return period is not None and (plan.asked_on is None or period.after(plan.asked_on) <= today)


def daily(today: date) -> None:
    """Ask for the scans that are due, and let go of files whose time is up."""
    sites = {each.slug: each for each in Site.objects.filter(active=True)}
    for plan in ScanPlan.objects.filter(pk__in=sites):
        if due(plan, today):
            ask(sites[plan.site])
            plan.asked_on = today
            plan.save(update_fields=["asked_on"])
    files.purge(timezone.now())


def newest(site: str, before: datetime | None = None) -> Scan | None:
    """A website's last scan, or the last before a moment."""
    scans = Scan.objects.filter(site=site)
    if before:
        scans = scans.filter(started__lt=before)
    return scans.order_by("-started", "-pk").first()

"""Keeps a scan: its report with a leaf in the ledger, what it saw, and what it proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from adhere.areas.cookies.scan_models import LONGEST_HOST, LONGEST_NAME, Scan, TrackerSeen
from adhere.areas.cookies.scanning import files
from adhere.areas.cookies.scanning.proposing import propose_new
from adhere.areas.cookies.scanning.shape import Report, Seen, report_of, script_of
from adhere.core.recording import make_entry

KIND = "scans"


@dataclass(frozen=True)
class Done:
    """What a scan gave. ``report`` is its JSON; ``papers`` are what ``files.PAPERS`` names."""

    report: str
    started: datetime
    finished: datetime
    browser: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    papers: Mapping[str, bytes] = field(default_factory=dict)


def store(site: str, done: Done, by: str = "") -> Scan:
    """Keep a scan, its trackers and files; new trackers are proposed. All of it, or nothing."""
    report = report_of(done.report)
    with transaction.atomic():
        scan = _kept(site, done, report, by)
        rows = [_seen(scan, each) for each in report.trackers]
        TrackerSeen.objects.bulk_create(rows, batch_size=500)
        propose_new(scan, report)
        files.write(scan.pk, done.pictures, done.papers)
    return scan


def _kept(site: str, done: Done, report: Report, by: str) -> Scan:
    mark = sha256(done.report.encode()).hexdigest()
    told = {"site": site, "url": report.url, "started": done.started, "sha256": mark, "by": by}
    entry = make_entry(KIND, told, "", done.finished)
    entry.save()
    counts = {
        severity: sum(each.severity == severity for each in report.findings)
        for severity in ("error", "warning", "note")
    }
    return Scan.objects.create(
        site=site,
        url=report.url[:500],
        started=done.started,
        finished=done.finished,
        report=done.report,
        sha256=mark,
        errors=counts["error"],
        warnings=counts["warning"],
        notes=counts["note"],
        browser=done.browser[:100],
        by=by,
        entry=entry,
    )


def _seen(scan: Scan, each: Seen) -> TrackerSeen:
    lifetime = each.lifetime_seconds
    return TrackerSeen(
        scan=scan,
        site=scan.site,
        kind=each.kind[:20],
        name=each.name[:LONGEST_NAME],
        domain=each.domain[:LONGEST_HOST],
        party=each.party[:10],
        vendor=each.vendor[:200],
        purpose=each.purpose[:40],
        lifetime_seconds=None if lifetime is None else int(lifetime),
        set_by=script_of(each.set_by)[:500],
        first_state=each.first_state[:60],
        states=list(each.states),
    )

"""A scan in the JSON shape that others build on."""

from __future__ import annotations

from typing import Any

import msgspec

from adhere.scanner.knowledge.known import Known
from adhere.scanner.redacting import address
from adhere.scanner.reports.report import Report
from adhere.scanner.rules.finding import place
from adhere.scanner.rules.seen import Host, Tracker


def as_json(report: Report) -> dict[str, Any]:
    """Values that JSON knows: strings, numbers, lists and objects."""
    saw, seen = report.saw, report.seen
    return {
        "url": address(saw.url),
        "started": saw.started.isoformat(timespec="seconds"),
        "seconds": saw.seconds,
        "pages": _pages(report),
        "states": [state for state in saw.states if state in seen.reached],
        "unreached": [
            {"state": each.state, "why": each.why, "screenshot": each.screenshot}
            for each in seen.unreached.values()
        ],
        "canary": msgspec.to_builtins(saw.canary),
        "dialog": _dialog(report),
        "trackers": [_tracker(each, report) for each in seen.trackers],
        "requests": [_host(each) for each in seen.all_hosts],
        "findings": msgspec.to_builtins(report.findings),
        "not_judged": report.unjudged,
        "notes": list(report.saw.notes),
    }


def _pages(report: Report) -> list[dict[str, Any]]:
    """One for each address; ``ms`` is what all its states took together."""
    found: dict[str, dict[str, Any]] = {}
    for page in report.saw.pages:
        url = address(page.url)
        one = found.setdefault(url, {"url": url, "ms": 0, "status": page.status, "failed": ""})
        one["ms"] += page.ms
        one["failed"] = one["failed"] or page.failed
    return list(found.values())


def _dialog(report: Report) -> dict[str, Any]:
    dialog = report.saw.dialog
    return {
        "found": dialog.found,
        "product": dialog.product or None,
        "accept_clicks": dialog.accept_clicks,
        "refuse_clicks": dialog.refuse_clicks,
        "withdraw_clicks": report.seen.withdraw_clicks,
        "screenshots": _screenshots(report),
    }


def _screenshots(report: Report) -> dict[str, str]:
    """The name of each picture by what it is called after, a state."""
    named = [one.screenshot for one in report.saw.choices] + list(report.saw.screenshots)
    return {name.rpartition(".")[0]: name for name in named if name}


def _tracker(tracker: Tracker, report: Report) -> dict[str, Any]:
    by = next((place(one) for one in tracker.records if one.set_by), "")
    return {
        "kind": tracker.kind,
        "name": tracker.name,
        "domain": tracker.domain,
        "party": "third" if tracker.third_party else "first",
        **_whose(tracker.known),
        "lifetime_seconds": tracker.lifetime,
        "set_by": by or None,
        "first_state": tracker.states[0],
        "states": list(tracker.states),
        "declared": tracker.row is not None if report.seen.declaration else None,
    }


def _host(host: Host) -> dict[str, Any]:
    return {
        "host": host.host,
        "party": "third" if host.third_party else "first",
        "canonical": host.cloaked or None,
        **_whose(host.known),
        "states": list(host.states),
        "count": len(host.requests),
    }


def _whose(known: Known) -> dict[str, Any]:
    return {"vendor": known.vendor or None, "purpose": known.purpose, "source": known.by or None}

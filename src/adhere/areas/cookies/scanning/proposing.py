"""A tracker that a scan saw and no row declares becomes a proposed row; a person accepts it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from adhere.areas.cookies import inventory
from adhere.areas.cookies.models import KINDS, Proposal, Site, Tracker
from adhere.areas.cookies.purposes import all_purposes
from adhere.areas.cookies.scan_models import Scan
from adhere.areas.cookies.scanning.matching import covers
from adhere.areas.cookies.scanning.shape import Report, Seen
from adhere.documents.inventory import COLUMNS

DAY, MONTH = 86_400, 30.4375
_KINDS = {"service-worker": "cache"}
_UNKNOWN = ("", "unknown")


def standing(site: str) -> list[Tracker]:
    """The rows of the inventory that a website uses."""
    return inventory.of_site(inventory.current(), site)


def undeclared(report: Report, rows: list[Tracker]) -> list[Seen]:
    """The trackers of a report that no row declares."""
    return [each for each in report.trackers if not any(covers(row, each) for row in rows)]


def propose_new(scan: Scan, report: Report) -> int:
    """Propose a row for each tracker that is not declared; how many are new."""
    missing = undeclared(report, standing(scan.site))
    return sum(propose(scan, each)[1] for each in missing)


def propose(scan: Scan, seen: Seen) -> tuple[Proposal, bool]:
    """The proposal for a tracker of a scan, and whether it is new.

    One that waits, or that a person has set aside, is not made a second time.
    """
    cells = cells_of(seen, scan.site)
    known = Proposal.objects.filter(
        values__name=cells["name"],
        values__kind=cells["kind"],
        values__domain=cells["domain"],
        values__has_key="scan",
    ).exclude(decided="accepted")
    found = known.order_by("-pk").first()
    if found:
        return found, False
    values = {**cells, "scan": scan.pk, "drafts": drafts(seen)}
    made = Proposal.objects.create(
        document=scan.url[:300], line=0, values=values, proposed_at=timezone.now()
    )
    return made, True


def cells_of(seen: Seen, site: str) -> dict[str, str]:
    """The import cells of a tracker; what a scan cannot know is empty."""
    known = {each.slug for each in all_purposes()}
    purpose = seen.purpose if seen.purpose in known else ""
    kind = _KINDS.get(seen.kind, seen.kind)
    language = Site.objects.filter(pk=site).values_list("language", flat=True).first() or "en"
    texts = drafts(seen)
    said = {
        "name": seen.name[:120],
        "kind": kind if kind in KINDS else "other",
        "domain": seen.domain[:150],
        "party": seen.party,
        "vendor": "" if seen.vendor in _UNKNOWN else seen.vendor[:200],
        "purpose": purpose,
        # Nobody but a person says that something is strictly necessary.
        "strictly_necessary": "" if purpose in ("", "necessary") else "no",
        "retention": retention(seen),
    }
    return {**{name: said[name] for name in COLUMNS}, "reason": texts.get(language, texts["en"])}


def retention(seen: Seen) -> str:
    """How long it was written to stay, in the words of an inventory; empty where none was."""
    if seen.lifetime_seconds is None:
        return "session" if seen.kind in ("cookie", "session-storage") else ""
    days = seen.lifetime_seconds / DAY
    if days < 1:
        return "1 day"
    return f"{round(days)} days" if days < 60 else f"{round(days / MONTH)} months"


@cache
def _texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        Path(__file__).with_name("drafts.json").read_text(encoding="utf-8")
    )
    return found


def drafts(seen: Seen) -> dict[str, str]:
    """What could be said of a tracker, by language, from its purpose and vendor."""
    return {language: _draft(words, seen) for language, words in _texts().items()}


def _draft(words: dict[str, Any], seen: Seen) -> str:
    text = str(words.get(seen.purpose, words[""]))
    if seen.vendor in _UNKNOWN:
        return text
    return f"{text} {words['vendor'].format(vendor=seen.vendor)}"

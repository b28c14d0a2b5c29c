"""The scanner as the console uses it: a question made beforehand, a report afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from django.conf import settings

from adhere.areas.cookies.models import Site
from adhere.areas.cookies.pages.fetching import OWN
from adhere.areas.cookies.scan_models import Correction
from adhere.areas.cookies.scanning.matching import declared_of
from adhere.areas.cookies.scanning.policy_page import PolicyPage, looked_at
from adhere.areas.cookies.scanning.proposing import standing
from adhere.areas.cookies.scanning.storing import Done
from adhere.scanner.declared import Declaration
from adhere.scanner.knowledge.corrections import Correction as Said
from adhere.scanner.knowledge.knowing import Knowledge
from adhere.scanner.observations import Observations
from adhere.scanner.options import Options
from adhere.scanner.reports.html import as_html
from adhere.scanner.reports.json import as_json
from adhere.scanner.reports.report import Report
from adhere.scanner.reports.sarif import as_sarif
from adhere.scanner.rules.seen import Seen

if TYPE_CHECKING:
    from adhere.scanner.scanning import Progress


@dataclass(frozen=True)
class Question:
    """What to scan, and what is declared and known of it; no database is asked after this."""

    url: str
    options: Options
    declared: Declaration
    knowledge: Knowledge


def declaration(site: str) -> Declaration:
    """The inventory of a website, as the scanner takes it."""
    return Declaration(tuple(map(declared_of, standing(site))), place="inventory")


def knowledge() -> Knowledge:
    """The data that ships, and what people here know better."""
    rows = Correction.objects.filter(superseded_by=None, retracted=False)
    return Knowledge.with_data(
        corrections=[
            Said(each.purpose, each.reason, each.name, each.domain, each.vendor, each.recorder)
            for each in rows
        ]
    )


def prepared(site: Site, url: str, max_pages: int) -> Question:
    """All that a scan needs to know. Private addresses are reached only if they are our own."""
    host = urlsplit(url).hostname or ""
    own = host in OWN or host == urlsplit(settings.URL).hostname
    options = Options(max_pages=max_pages, har=True, private=(host,) if own else ())
    return Question(url, options, declaration(site.slug), knowledge())


def run(question: Question, tell: Callable[[Progress], None]) -> Done:
    """Scan, and look at the policy's page. Raises ``Problem`` where it cannot be done."""
    from adhere.scanner.scanning import scan  # only the background work loads a browser's driver

    saw = scan(question.url, question.options, tell)
    places = [link for page in saw.pages for link in page.policy_links]
    return told(saw, question, looked_at(dict.fromkeys((*saw.dialog.links, *places))))


def told(saw: Observations, question: Question, page: PolicyPage) -> Done:
    """What a scan saw, judged and written down in every form that is kept."""
    begun = saw.started.astimezone(UTC)
    report = Report(Seen(saw, question.declared, question.knowledge))
    said = {
        **as_json(report),
        "links": page.links,
        "version_shown": page.version,
        "privacy_linked": page.privacy,
    }
    papers = {"html": as_html(report).encode(), "sarif": msgspec.json.encode(as_sarif(report))}
    if saw.har:
        papers["har"] = msgspec.json.encode(saw.har)
    return Done(
        msgspec.json.encode(said).decode(),
        begun,
        begun + timedelta(seconds=saw.seconds),
        saw.canary.browser if saw.canary else "",
        saw.screenshots,
        papers,
    )

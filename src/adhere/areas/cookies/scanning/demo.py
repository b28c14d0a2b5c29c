"""Three scans of the demonstration website: written by hand, judged as any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from msgspec.structs import replace

from adhere.areas.cookies.models import Site
from adhere.areas.cookies.notices import POLICY
from adhere.areas.cookies.scanning import engine
from adhere.areas.cookies.scanning.policy_page import PolicyPage
from adhere.areas.cookies.scanning.storing import store
from adhere.core.models import PolicyVersion
from adhere.scanner.observations import (
    Button,
    Canary,
    Choice,
    Dialog,
    Observations,
    Page,
    Script,
    Storage,
    Stored,
)

BEGAN, NEXT, LAST = 44, 16, 2  # days ago
DAY = 86_400
PURPOSES = ("preferences", "analytics", "marketing", "embeds")
STATES = (
    "before", "ignored", "refused", "accepted", *(f"purpose:{each}" for each in PURPOSES),
    "withdrawn", "gpc",
)  # fmt: skip
AGREED = ("accepted",)
_SIGNS = ("the dialog is gone", "the banner's own interface says so")
# name, kind, domain ("" is the website's own), seconds it lives, states
Row = tuple[str, Storage, str, int | None, tuple[str, ...]]
ALWAYS: tuple[Row, ...] = (
    ("adhere_consent", "cookie", "", 180 * DAY, ("refused", *STATES[3:9])),
    ("adhere_receipt", "local-storage", "", None, ("refused", *STATES[3:9])),
    ("polder_session", "cookie", "", None, STATES),
    ("polder_layout", "cookie", "", 365 * DAY, (*AGREED, "purpose:preferences")),
    ("tally_id", "cookie", "stats.example.net", 390 * DAY, (*AGREED, "purpose:analytics")),
    ("tally_session", "cookie", "stats.example.net", 1800, (*AGREED, "purpose:analytics")),
    ("loud_uid", "cookie", "ads.example.org", 760 * DAY, (*AGREED, "purpose:marketing")),
)
DESPITE: Row = ("tally_id", "cookie", "stats.example.net", 390 * DAY, ("refused",))
REPLAY: Row = (
    "replay_id",
    "cookie",
    "replay.example.net",
    30 * DAY,
    (*AGREED, "purpose:analytics"),
)
EARLY: Row = ("replay_id", "cookie", "replay.example.net", 30 * DAY, ("before",))
SPARK: Row = ("spark_id", "cookie", "spark.example.net", 90 * DAY, AGREED)
PLANTED = (
    ("cookies.nothing_before_consent", ("lawful-use", "analytical", "banner-first"),
     "replay_id is stored before anybody has answered"),
    ("cookies.declared", ("inventory-third",), "spark_id came in and nobody declared it"),
    ("cookies.lifetimes_kept", ("persistent",), "loud_uid lives for longer than thirteen months"),
)  # fmt: skip


def fill(site: Site, today: datetime) -> Iterator[dict[str, str]]:
    """Keep the scans of the last weeks; yields each violation that the newest shows."""
    for ago, more in (
        (BEGAN, (DESPITE, REPLAY)),
        (NEXT, (REPLAY,)),
        (LAST, (REPLAY, EARLY, SPARK)),
    ):
        moment = today - timedelta(days=ago) + timedelta(hours=8)
        saw = _saw((*ALWAYS, *more), moment)
        question = engine.prepared(site, saw.url, 3)
        store(site.slug, engine.told(saw, question, _policy(moment)), "anna.peeters")
    for check, clauses, why in PLANTED:
        for clause in clauses:
            yield {"policy": POLICY, "clause": clause, "check": check, "subject": site.slug,
                   "state": "not-satisfied", "why": why}  # fmt: skip


def _policy(moment: datetime) -> PolicyPage:
    versions = PolicyVersion.objects.filter(policy=POLICY, published_at__lte=moment)
    newest = versions.order_by("-number").first()
    version = str(newest.number) if newest else ""
    return PolicyPage({f"{settings.URL}/policies/": 200}, version, privacy=True)


def _saw(rows: Sequence[Row], at: datetime) -> Observations:
    start = f"{settings.URL}/demo/"
    pages = [f"{start}{name}" for name in ("", "company.html", "software.html")]
    policy = f"{settings.URL}/policies/cookies/"
    return Observations(
        url=start,
        started=at.astimezone(UTC),
        seconds=41,
        canary=Canary("chromium-headless-shell 156", {"cookie": True, "third-party-cookie": True}),
        states=list(STATES),
        pages=[
            Page(url, state, 240, 200, policy_links=(policy,)) for state in STATES for url in pages
        ],
        choices=[Choice(each, start, reached=True, signs=_SIGNS, clicks=1) for each in STATES],
        dialog=_dialog(policy),
        stored=[_stored(row, state, start) for state in STATES for row in rows if state in row[4]],
        links={policy: 200},
    )


def _dialog(policy: str) -> Dialog:
    accept = Button(
        "Accept all", "accept", width=160, height=44, colour="#ffffff", background="#0b4f6c",
        font_size=16,
    )  # fmt: skip
    refuse = replace(accept, label="Refuse all", role="refuse")
    return Dialog(
        found=True, product="adhere", language="en", shadow=True, buttons=(accept, refuse),
        links=(policy,), covers=0.3, accept_clicks=1, refuse_clicks=1, withdraw_clicks=2,
    )  # fmt: skip


def _stored(row: Row, state: str, page: str) -> Stored:
    name, kind, domain, lifetime, _states = row
    own = urlsplit(settings.URL).hostname or "localhost"
    script = f"https://{domain}/tag.js" if domain else f"{settings.URL}/e/demo/banner.js"
    return Stored(
        kind, name, domain or own, state, page, 0.4, "script", value="example", lifetime=lifetime,
        secure=True, same_site="Lax", third_party=bool(domain), set_by=Script(script, 12, 3),
    )  # fmt: skip

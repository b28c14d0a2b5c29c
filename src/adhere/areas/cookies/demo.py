"""The demonstration website: its inventory, its notices, and what visitors answered to them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from adhere.areas.cookies.consents.counting import catch_up
from adhere.areas.cookies.consents.keeping import new_row
from adhere.areas.cookies.consents.proving import known_from
from adhere.areas.cookies.edging.making import Wanted
from adhere.areas.cookies.edging.notices import KnownNotice
from adhere.areas.cookies.models import ConsentRecord, Notice, Site, Vendor
from adhere.areas.cookies.records import REVIEWS, TRACKERS
from adhere.areas.cookies.republishing import republish
from adhere.areas.cookies.scanning.demo import fill as scans
from adhere.core.models import Entry
from adhere.core.recording import Origin, record

SLUG, SOURCE = "demo", "demo"
BEGAN, CHANGED, FORGOTTEN = 140, 60, 4  # days ago
REVIEWED = 430
ANSWERS = 900
# name, kind, domain ("" is the website's own), vendor, purpose, necessary, retention, reason
FIRST: tuple[tuple[str, str, str, str, str, bool, str, str], ...] = (
    ("adhere_consent", "cookie", "", "Polder", "necessary", True, "6 months",
     "Keeps the answer to the banner, so that it is honoured"),
    ("adhere_receipt", "local-storage", "", "Polder", "necessary", True, "6 months",
     "Keeps the visitor's own copy of the receipt"),
    ("polder_session", "cookie", "", "Polder", "necessary", True, "session",
     "Keeps a visitor signed in"),
    ("polder_basket", "local-storage", "", "Polder", "necessary", True, "30 days", ""),
    ("polder_layout", "cookie", "", "Polder", "preferences", False, "1 year", ""),
    ("tally_id", "cookie", "stats.example.net", "Tally", "analytics", False, "13 months",
     "Counts visits and pages"),
    ("tally_session", "cookie", "stats.example.net", "Tally", "analytics", False, "30 minutes",
     "Tells one visit from the next"),
    ("loud_uid", "cookie", "ads.example.org", "Loud & Co", "marketing", False, "25 months",
     "Shows advertisements that fit"),
    ("loud_pixel", "pixel", "ads.example.org", "Loud & Co", "marketing", False, "session",
     "Measures advertisements"),
    ("film_player", "iframe", "films.example.com", "Filmhuis", "embeds", False, "180 days",
     "Shows films"),
)  # fmt: skip
LATER = ("replay_id", "cookie", "replay.example.net", "Replay", "analytics", False, "30 days",
         "Shows where visitors get stuck")  # fmt: skip
UNPUBLISHED = ("chat_id", "cookie", "chat.example.org", "Babbel", "preferences", False,
               "180 days", "Keeps a conversation together")  # fmt: skip
PLANTED = (
    ("cookies.notice_current", SLUG, "a tracker came in that no notice shows yet"),
    ("cookies.inventory_complete", "polder_basket", "necessary, and nobody says why"),
    ("cookies.retention_limited", "loud_uid", "is kept for longer than thirteen months"),
    ("cookies.inventory_reviewed", "company", "nobody has looked through it for over a year"),
)


def fill(random: Random, today: date) -> Iterator[dict[str, str]]:
    """Record the website, its inventory and its answers; yields each violation put in."""
    began, changed = _at(today, BEGAN), _at(today, CHANGED)
    _site(began)
    _trackers(FIRST, began - timedelta(hours=1))
    _vendors()
    republish(began)
    _trackers((LATER,), changed - timedelta(hours=1))
    republish(changed)
    _trackers((UNPUBLISHED,), _at(today, FORGOTTEN))
    review = {"at": _at(today, REVIEWED), "reviewer": "anna", "note": ""}
    record(REVIEWS, [review], Origin(SOURCE, at=_at(today, REVIEWED)))
    _answers(random, began, _at(today, 0))
    catch_up()
    keys = {each[0]: f"{each[0]}:{each[1]}:{each[2] or _host()}" for each in FIRST}
    for check, subject, why in PLANTED:
        yield {
            "policy": "cookies",
            "check": check,
            "subject": keys.get(subject, subject),
            "state": "not-satisfied",
            "why": why,
        }
    yield from scans(Site.objects.get(pk=SLUG), _at(today, 0))


def _at(today: date, ago: int) -> datetime:
    day = today - timedelta(days=ago)
    return datetime.combine(day, time(1 if not ago else 11), timezone.get_default_timezone())


def _host() -> str:
    return urlsplit(settings.URL).hostname or "localhost"


def _site(at: datetime) -> None:
    Site.objects.create(
        slug=SLUG,
        title="Polder, the demonstration",
        origins=[settings.URL],
        language="en",
        languages=[],
        settings={"privacy_url": "/policies/", "rights_url": "/policies/cookies/"},
        created_at=at,
    )


def _trackers(rows: Sequence[tuple[Any, ...]], at: datetime) -> None:
    names = ("name", "tracker_kind", "domain", "vendor", "purpose", "strictly_necessary",
             "retention", "reason")  # fmt: skip
    values = [dict(zip(names, row, strict=True)) for row in rows]
    for each in values:
        each["party"] = "third" if each["domain"] else "first"
        each["domain"] = each["domain"] or _host()
        each["site"] = ""
    record(TRACKERS, values, Origin(SOURCE, at=at))


def _vendors() -> None:
    for name, country in (("Tally", "DE"), ("Loud & Co", "US"), ("Filmhuis", "NL")):
        Vendor.objects.filter(name=name).update(country=country, url="https://www.example.com/")


def _answers(random: Random, began: datetime, until: datetime) -> None:
    """Answers of strangers over the months, each to the notice that stood at its time."""
    known = [
        known_from(row)
        for row in Notice.objects.filter(site=SLUG, language__in=("nl", "en", "fr", "de"))
    ]
    span = (until - began).total_seconds()
    moments = sorted(began + timedelta(seconds=random.random() * span) for _ in range(ANSWERS))
    rows: list[ConsentRecord] = []
    last: list[tuple[str, str, dict[str, bool]]] = []
    for at in moments:
        language = random.choices(("nl", "fr", "en", "de"), (55, 20, 18, 7))[0]
        standing = [n for n in known if n.language == language and n.published_at <= at]
        notice = max(standing, key=lambda each: each.number)
        back = last.pop(random.randrange(len(last))) if last and random.random() < 0.04 else None
        rows.append(_answer(random, notice, at.astimezone(UTC), back))
        if back is None and rows[-1].method == "accept":
            last.append((rows[-1].subject, rows[-1].pk, rows[-1].purposes))
    Entry.objects.bulk_create([each.entry for each in rows])
    for each in rows:
        each.entry = each.entry  # takes the id that the entry has just been given
    ConsentRecord.objects.bulk_create(rows)


def _answer(
    random: Random,
    notice: KnownNotice,
    at: datetime,
    back: tuple[str, str, dict[str, bool]] | None,
) -> ConsentRecord:
    method = "withdraw" if back else random.choices(("accept", "reject", "save"), (46, 37, 17))[0]
    asked = sorted(notice.asked)
    chosen = dict.fromkeys(asked, method == "accept")
    if method == "save":
        chosen = {slug: random.random() < 0.45 for slug in asked}
    purposes = {**dict.fromkeys(notice.necessary, True), **chosen}
    name = f"{int(at.timestamp() * 1000):012x}{random.randbytes(10).hex()}"
    before = back[2] if back else {}
    withdrawn = [key for key, given in before.items() if given and not purposes.get(key)]
    return new_row(
        Wanted(
            name,
            notice,
            method,
            purposes,
            back[0] if back else random.randbytes(16).hex(),
            back[1] if back else "",
            sha256(secrets.token_bytes(32)).hexdigest(),
            random.choice(("chrome", "firefox", "safari", "edge", "other")),
            at,
            withdrawn,
        )
    )

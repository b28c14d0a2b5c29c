"""Polderpolis and its websites, for the tests of the edge."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

SHOP, CLUB, OTHER = "shop", "club", "bakery"
ORIGIN = "https://shop.polderpolis.example"
ORIGINS = {SHOP: ORIGIN, CLUB: "https://club.example", OTHER: "https://bakery.example"}
ACCEPT = {"preferences": True, "analytics": True, "marketing": True}
REJECT = dict.fromkeys(ACCEPT, False)
EARLY = datetime(2026, 1, 5, 9, tzinfo=UTC)


def content(
    site: str = SHOP, language: str = "en", number: int = 1, **changes: Any
) -> dict[str, Any]:
    """A notice's content, as ``cookies.config`` describes it."""
    purposes = [
        _purpose("necessary", "Needed", True, "aaaaaa"),
        _purpose("preferences", "Préférences", False, "bbbbbb"),
        _purpose("analytics", "Analytics", False, f"{number:06x}"),
        _purpose("marketing", "Marketing", False, "dddddd"),
    ]
    trackers = [
        _tracker("session", "necessary", "Polderpolis", "first", necessary=True),
        _tracker("taal", "preferences", "Polderpolis", "first"),
        _tracker("_meter", "analytics", "Meter & Co", "third"),
        _tracker("_ad", "marketing", "Example Ads, Inc.", "third"),
        _tracker("pixel", "marketing", "Pixel House", "third"),
    ]
    vendors = [
        {"name": name, "url": f"https://{host}", "policy_url": "", "country": "BE", "hosts": [host]}
        for name, host in (("Meter & Co", "meter.example"), ("Example Ads, Inc.", "ads.example"),
                           ("Pixel House", "pixel.example"))
    ]  # fmt: skip
    found: dict[str, Any] = {
        "site": site,
        "number": number,
        "language": language,
        "languages": ["en", "nl"],
        "group": "polder" if site in {SHOP, CLUB} else "",
        "origins": [],
        "cookie_domain": "",
        "settings": {},
        "policy": {"slug": "cookies", "version": number, "language": language, "sha256": "f" * 64},
        "controller": {"name": "Polderpolis nv", "registration": "BE 0123.456.749",
                       "address": "Dijk 1, 9000 Gent", "email": "privacy@polderpolis.example",
                       "website": "https://polderpolis.example"},
        "words": {},
        "purposes": purposes,
        "trackers": trackers,
        "vendors": vendors,
        "links": {"policy": "https://polderpolis.example/cookies", "privacy": "", "rights": "",
                  "contact": ""},
    }  # fmt: skip
    return {**found, **changes}


def _purpose(slug: str, title: str, necessary: bool, mark: str) -> dict[str, Any]:
    text = f"What “{title}” is for."
    return {"slug": slug, "title": title, "text": text, "necessary": necessary, "signals": [],
            "hash": mark}  # fmt: skip


def _tracker(
    name: str, purpose: str, vendor: str, party: str, *, necessary: bool = False
) -> dict[str, Any]:
    return {"name": name, "kind": "cookie", "domain": "", "party": party, "vendor": vendor,
            "purpose": purpose, "strictly_necessary": necessary, "retention": "6 months",
            "reason": "the basket" if necessary else ""}  # fmt: skip


def put_site(slug: str = SHOP, **changes: Any) -> None:
    """A website with a notice in English and one in Dutch."""
    from adhere.areas.cookies.models import Site

    values: dict[str, Any] = {
        "title": slug.title(), "origins": [ORIGINS[slug]], "languages": ["en", "nl"],
        "group": "polder" if slug in {SHOP, CLUB} else "", "created_at": EARLY,
    }  # fmt: skip
    Site.objects.update_or_create(slug=slug, defaults={**values, **changes})


def put_notice(
    site: str = SHOP, language: str = "en", number: int = 1, at: datetime = EARLY, **changes: Any
) -> str:
    """Publish a notice as the inventory does; its SHA-256."""
    from adhere.areas.cookies import config
    from adhere.areas.cookies.models import Notice
    from adhere.core.recording import make_entry

    text = config.content_text(content(site, language, number, **changes))
    sha256 = config.notice_sha256(text)
    entry = make_entry("notices", {"sha256": sha256, "site": site}, "", at)
    entry.save()
    Notice.objects.create(sha256=sha256, site=site, number=number, language=language, content=text,
                          policy_version=1, published_at=at, entry=entry)  # fmt: skip
    return sha256


def body(notice: str, method: str = "accept", /, **changes: Any) -> bytes:
    """What the banner posts."""
    purposes = ACCEPT if method == "accept" else REJECT
    given = {"notice": notice, "language": "en", "method": method, "purposes": purposes, **changes}
    return json.dumps(given).encode()

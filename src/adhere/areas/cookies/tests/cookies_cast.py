"""A small company with a website, its trackers, and what the checks see of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from adhere.areas.cookies import facts
from adhere.areas.cookies.config import content_text, notice_sha256, purpose_hash
from adhere.areas.cookies.retention import said
from adhere.areas.cookies.words import words
from adhere.core.checking import Check, Subject, Verdict, World
from adhere.core.parameters import parse_parameters

TODAY = date(2026, 11, 20)
THEN = datetime(2026, 9, 1, 12, tzinfo=UTC)
COMPANY = Subject("company", "company", "Polder Insurance Software")
SHOP = Subject("website", "shop", "The shop")
HEADER = "name,kind,domain,party,vendor,purpose,strictly_necessary,retention,site,reason"
TRACKERS = f"""{HEADER}
adhere_consent,cookie,shop.example.com,first,Polder,necessary,yes,6 months,,Keeps your answer
visits,cookie,stats.example.net,third,Tally,analytics,no,13 months,,
ads,cookie,ads.example.net,third,Loud & Co,marketing,no,90 days,,
""".encode()


def tracker(name: str, **other: Any) -> facts.Tracker:
    """A tracker of the inventory, all in order unless told otherwise."""
    values: dict[str, Any] = {
        "name": name,
        "tracker_kind": "cookie",
        "domain": "stats.example.net",
        "party": "third",
        "vendor": "Tally",
        "purpose": "analytics",
        "strictly_necessary": False,
        "retention": "13 months",
        "site": "",
        "reason": "",
        **other,
    }
    key = f"{name}:{values['tracker_kind']}:{values['domain']}"
    return facts.Tracker(key, THEN, THEN, **values)


NECESSARY = tracker(
    "adhere_consent",
    domain="shop.example.com",
    party="first",
    vendor="Polder",
    purpose="necessary",
    strictly_necessary=True,
    retention="6 months",
    reason="Keeps your answer",
)
VISITS = tracker("visits")


def site(**other: Any) -> facts.Site:
    values = {"title": "The shop", "languages": ("en", "nl"), "active": True, **other}
    return facts.Site("shop", THEN, THEN, **values)


def content(language: str, trackers: tuple[facts.Tracker, ...], **other: Any) -> dict[str, Any]:
    """What a notice holds."""
    shown = [
        {
            "kind": each.tracker_kind,
            **{
                name: getattr(each, name)
                for name in ("name", "domain", "party", "vendor", "purpose")
            },
            "retention": said(each.retention, language),
            "strictly_necessary": each.strictly_necessary,
            "reason": each.reason,
        }
        for each in trackers
    ]
    vendors = [
        {"name": name, "url": "", "policy_url": "", "country": "", "hosts": []}
        for name in sorted({each.vendor for each in trackers})
    ]
    return {
        "site": "shop",
        "number": 1,
        "language": language,
        "languages": ["en", "nl"],
        "group": "",
        "origins": [],
        "cookie_domain": "",
        "settings": {"months": 6, "theme": {}},
        "policy": None,
        "controller": {"name": "Polder"},
        "words": words("en"),
        "purposes": [
            {
                "slug": slug,
                "title": slug.title(),
                "text": "",
                "necessary": slug == "necessary",
                "signals": [],
                "hash": purpose_hash(slug, shown, vendors),
            }
            for slug in ("necessary", "analytics")
        ],
        "trackers": shown,
        "vendors": vendors,
        "links": {"policy": "/p", "privacy": "/q", "rights": "/r", "contact": ""},
        **other,
    }


def notice(
    language: str = "en",
    trackers: tuple[facts.Tracker, ...] = (NECESSARY, VISITS),
    version: int = 1,
    **other: Any,
) -> facts.Notice:
    """A published notice."""
    held = content(language, trackers, **other)
    sha256 = notice_sha256(content_text(held))
    return facts.Notice(sha256, THEN, THEN, "shop", 1, language, version, held)


def answers(method: str = "accept", **other: Any) -> facts.Answers:
    """Some answers alike to the English notice."""
    values: dict[str, Any] = {
        "site": "shop",
        "notice": notice().key,
        "method": method,
        "purposes": {"necessary": True, "analytics": method == "accept"},
        "count": 12,
        "longest": 184,
        "unproven": 0,
        **other,
    }
    return facts.Answers(f"shop/{method}", THEN, THEN, **values)


def judged(check: Check, *given: Any, **attributes: str) -> list[Verdict]:
    """What a check says of a world of these facts."""
    kinds: dict[str, list[Any]] = {}
    for each in given:
        kinds.setdefault(each.kind, []).append(each)
    assert check.judge is not None
    world = World(TODAY, COMPANY, kinds)
    return list(check.judge(parse_parameters(check.parameters, attributes), world))


def told(check: Check, *given: Any, **attributes: str) -> list[tuple[str, str, str]]:
    """Subject, state and reason of each verdict."""
    return [(each.subject.id, each.state, each.why) for each in judged(check, *given, **attributes)]


def fill_in_the_company() -> None:
    """What the shipped cookie policy says of the company."""
    from adhere.core.models import Controller

    Controller(
        pk=1,
        name="Polder NV",
        registration="0123.000.000",
        address="Korenlei 1\n9000 Gent",
        email="privacy@polder.example",
    ).save()


def ago(days: int) -> datetime:
    return datetime(2026, 11, 20, 12, tzinfo=UTC) - timedelta(days=days)

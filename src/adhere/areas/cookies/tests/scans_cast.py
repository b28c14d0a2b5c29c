"""A scan of the shop, all in order unless told otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from adhere.areas.cookies.scanning import facts
from adhere.areas.cookies.scanning.shape import Asked, Dialog, Found, Report, Seen

from .cookies_cast import ago

STATES = ("before", "ignored", "refused", "accepted", "purpose:analytics", "withdrawn", "gpc")
DIALOG = Dialog(True, "adhere", 1, 1, 1)
CONSENT = Seen(
    "cookie", "adhere_consent", "shop.example.com", "first", "Polder", "necessary",
    184 * 86_400, first_state="refused", states=STATES[2:],
)  # fmt: skip
VISITS = Seen(
    "cookie", "visits", "stats.example.net", "third", "Tally", "analytics",
    365 * 86_400, first_state="accepted", states=("accepted", "purpose:analytics"),
)  # fmt: skip
TALLY = Asked("stats.example.net", "Tally", "analytics", ("accepted", "purpose:analytics"), 2)


def report(*findings: Found, **changes: Any) -> Report:
    values: dict[str, Any] = {
        "url": "https://shop.example.com/",
        "started": "2026-11-19T12:00:00+00:00",
        "states": STATES,
        "dialog": DIALOG,
        "trackers": (CONSENT, VISITS),
        "requests": (TALLY,),
        "findings": findings,
        "links": {"https://www.example.org/help": 200},
        "version_shown": "1",
        "privacy_linked": True,
        **changes,
    }
    return Report(**values)


def scan(*findings: Found, days: int = 1, **changes: Any) -> facts.Scan:
    """A scan of some days ago."""
    at: datetime = ago(days)
    return facts.Scan(f"scan-{days}", at, at, "shop", report(*findings, **changes))


def found(rule: str, subject: str = "", state: str = "", severity: str = "error") -> Found:
    """A finding whose reason is its rule and subject."""
    return Found(rule, severity, subject, state, f"{rule} {subject}".strip() + ".")


def stored(*findings: Found, days: int = 1, pictures: Any = (), **changes: Any) -> Any:
    """A scan kept as the background job keeps it."""
    import msgspec
    from django.utils import timezone

    from adhere.areas.cookies.scanning.storing import Done, store

    begun = timezone.now() - timedelta(days=days)
    held = report(*findings, **{"started": begun.isoformat(), **changes})
    done = Done(
        msgspec.json.encode(held).decode(), begun, begun + timedelta(seconds=5),
        "chromium-headless-shell 156", dict(pictures), {"har": b'{"log":{"entries":[]}}'},
    )  # fmt: skip
    return store("shop", done, "anna")

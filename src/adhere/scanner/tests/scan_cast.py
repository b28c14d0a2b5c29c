"""A small shop as a scan saw it, in order with the law; and its declaration."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from adhere.scanner.declared import Declaration, Declared
from adhere.scanner.knowledge.knowing import Knowledge
from adhere.scanner.observations import (
    Button,
    Canary,
    Choice,
    Dialog,
    Observations,
    Page,
    Probing,
    Request,
    Script,
    Signal,
    Stored,
    Toggle,
)
from adhere.scanner.reports.report import Report
from adhere.scanner.rules.finding import Finding
from adhere.scanner.rules.judging import judge
from adhere.scanner.rules.seen import Seen

URL = "https://shop.example/"
STATES = ["before", "ignored", "refused", "accepted", "withdrawn", "gpc"]
DAY = 86_400
OWN_SCRIPT = Script("https://shop.example/app.js", 12)
GA_SCRIPT = Script("https://www.googletagmanager.com/gtag/js", 3)
IDENTIFIER = "GA1.1.1234567890.1700000001"


def stored(name: str, state: str, /, kind: Any = "cookie", **more: Any) -> Stored:
    more = {"how": "script", "domain": "shop.example", "secure": True, **more}
    more = {"value": IDENTIFIER, "raw": f"{name}={IDENTIFIER}; Secure", **more}
    return Stored(kind, name, state=state, page=URL, at=0.5, **more)


def request(
    host: str, state: str, path: str = "/", /, kind: str = "script", **more: Any
) -> Request:
    more = {"third_party": True, **more}
    return Request(f"https://{host}{path}", host, kind, state, URL, 0.4, **more)


def probing(interface: str, state: str, **more: Any) -> Probing:
    script = Script("https://fp.example/fp.js", 7)
    return Probing(interface, "toDataURL", state, URL, 0.3, **{"set_by": script, **more})


def signal(state: str, **says: bool) -> Signal:
    return Signal("google-consent-mode", state, URL, 0.1, says=says, answered=False)


def button(label: str, role: Any, **more: Any) -> Button:
    look = {"width": 120, "height": 40, "font_size": 16}
    return Button(label, role, **{"colour": "#ffffff", "background": "#004488", **look, **more})


DIALOG = Dialog(
    found=True,
    product="Klaro",
    text="We use cookies",
    language="en",
    buttons=(button("Accept", "accept"), button("Refuse", "refuse")),
    toggles=(Toggle("necessary", True, disabled=True), Toggle("analytics", False)),
    links=("https://shop.example/cookies",),
    accept_clicks=1,
    refuse_clicks=1,
    withdraw_clicks=2,
)


def shop() -> Observations:
    """Asks first, measures after consent alone, and stops when it is withdrawn."""
    made = ("refused", "accepted", "withdrawn")
    signs = ("the dialog is gone", "the consent cookie says so")
    return Observations(
        URL,
        datetime(2026, 11, 22, 9, tzinfo=UTC),
        seconds=4.2,
        canary=Canary("Chromium 156", {"third-party-cookie": True}),
        states=list(STATES),
        pages=[Page(URL, state, 300, 200, policy_links=(URL + "cookies",)) for state in STATES],
        choices=[Choice(state, URL, True, signs=signs, clicks=1) for state in made],
        dialog=DIALOG,
        stored=[
            *(stored("PHPSESSID", each, how="header", http_only=True) for each in STATES),
            *(stored("klaro", each, lifetime=180 * DAY) for each in made),
            stored("_ga", "accepted", lifetime=395 * DAY, set_by=GA_SCRIPT),
        ],
        requests=[
            *(request("shop.example", each, kind="document", third_party=False) for each in STATES),
            *(request("cdn.jsdelivr.net", each, "/npm/x.js") for each in STATES),
            request("www.google-analytics.com", "accepted", "/g/collect", kind="ping"),
        ],
        signals=[signal("before", analytics_storage=False, functionality_storage=True)],
        links={URL + "cookies": 200},
    )


def declared() -> Declaration:
    rows = (
        Declared("klaro", purpose="necessary", strictly_necessary=True, retention_days=(180, 180)),
        Declared("PHPSESSID", purpose="necessary", strictly_necessary=True, retention_days=(0, 0)),
        Declared(
            "_ga",
            vendor="Google Analytics",
            purpose="analytics",
            strictly_necessary=False,
            retention_days=(395, 395),
            line=9,
        ),
    )
    return Declaration(rows, "policy.md", "Google Analytics measures visits.")


def row(name: str, **changes: Any) -> Declaration:
    """The declaration with one row changed."""
    rows = [
        msgspec.structs.replace(one, **changes) if one.name == name else one
        for one in declared().rows
    ]
    return msgspec.structs.replace(declared(), rows=tuple(rows))


def dialog(saw: Observations, **changes: Any) -> None:
    saw.dialog = msgspec.structs.replace(saw.dialog, **changes)


def seen(
    saw: Observations, told: Declaration | None = None, knowledge: Knowledge | None = None
) -> Seen:
    return Seen(saw, told, knowledge or Knowledge())


def found(saw: Observations, told: Declaration | None = None) -> list[Finding]:
    return judge(seen(saw, told))


def report(saw: Observations, told: Declaration | None = None, **more: Any) -> Report:
    return Report(seen(saw, told), **more)

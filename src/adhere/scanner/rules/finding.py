"""What is wrong with a website, and how one can see that."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from adhere.scanner.observations import Choice, Probing, Request, Signal, Stored
from adhere.scanner.redacting import address, cookie_line, shortened

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Evidence(Struct, frozen=True, omit_defaults=True):
    """One thing that was recorded: ``what`` it was, where and when, and its own words in ``raw``.

    ``at`` is seconds since the page's navigation, ``script`` is `url:line`, ``screenshot`` a name.
    """

    what: str
    state: str = ""
    page: str = ""
    at: float = 0
    script: str = ""
    raw: str = ""
    screenshot: str = ""


class Finding(Struct, frozen=True):
    """``severity`` is how sure this is: an error is certain, a warning is for a person to look at,
    a note is no breach. ``state`` is empty where none is meant. ``advice`` is what to do.
    """

    rule: str
    severity: Severity
    subject: str
    state: str
    why: str
    evidence: tuple[Evidence, ...] = ()
    reference: str = ""
    advice: str = ""


def of_stored(one: Stored) -> Evidence:
    what = f"{one.kind} {one.name} " + ("removed" if one.removed else _HOW[one.how])
    raw = cookie_line(one.raw) if one.kind == "cookie" else shortened(one.value or one.raw)
    return Evidence(what, one.state, address(one.page), one.at, place(one), raw)


def of_request(one: Request) -> Evidence:
    sent = f" with the cookies {', '.join(sorted(one.cookies))}" if one.cookies else ""
    what = f"{one.method} {one.kind} to {one.host}{sent}"
    return Evidence(what, one.state, address(one.page), one.at, place(one), address(one.url))


def of_probing(one: Probing) -> Evidence:
    what = f"{one.interface} read by {one.call}, {one.count} times"
    return Evidence(what, one.state, address(one.page), one.at, place(one))


def of_signal(one: Signal) -> Evidence:
    granted = ", ".join(name for name, on in one.says.items() if on) or "nothing"
    what = f"{one.source} says granted: {granted}"
    return Evidence(what, one.state, address(one.page), one.at, raw=one.raw)


def of_choice(one: Choice) -> Evidence:
    done = "reached" if one.reached else "not reached"
    what = f"state {one.state} {done}" + (f": {one.why}" if one.why else "")
    return Evidence(what, one.state, address(one.page), screenshot=one.screenshot)


def place(one: Stored | Request | Probing) -> str:
    """`url:line` of the script that did it, empty where none did."""
    return f"{address(one.set_by.url)}:{one.set_by.line}" if one.set_by else ""


_HOW = {"header": "written by a response", "script": "written by a script", "found": "found"}

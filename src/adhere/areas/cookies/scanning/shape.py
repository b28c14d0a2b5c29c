"""The report of a scan as INTERFACES.md gives it, read into plain structs."""

from __future__ import annotations

from typing import Any

import msgspec

from adhere.errors import Problem


class Seen(msgspec.Struct, frozen=True):
    """A tracker as a scan saw it. ``lifetime_seconds`` is as written; None is a session's.

    ``states`` are those in which it was there, ``first_state`` where it came first.
    """

    kind: str
    name: str
    domain: str
    party: str = ""
    vendor: str = ""
    purpose: str = ""
    lifetime_seconds: float | None = None
    set_by: Any = None
    first_state: str = ""
    states: tuple[str, ...] = ()
    declared: bool | None = None


class Asked(msgspec.Struct, frozen=True):
    """A host that was asked for something, in these states."""

    host: str
    vendor: str = ""
    purpose: str = ""
    states: tuple[str, ...] = ()
    count: int = 0


class Found(msgspec.Struct, frozen=True):
    """A finding of a scan: the rule, what it is about, in which state, why, and what shows it."""

    rule: str
    severity: str
    subject: str = ""
    state: str = ""
    why: str = ""
    evidence: Any = None
    reference: str = ""
    advice: str = ""


class Dialog(msgspec.Struct, frozen=True):
    """The consent dialog; clicks are None where the thing cannot be done."""

    found: bool = False
    product: str = ""
    accept_clicks: int | None = None
    refuse_clicks: int | None = None
    withdraw_clicks: int | None = None
    screenshots: dict[str, Any] = {}


class Visited(msgspec.Struct, frozen=True):
    """A page that was visited, and how long that took in milliseconds."""

    url: str
    ms: float = 0


class Unreached(msgspec.Struct, frozen=True):
    """A state that was tried in vain."""

    state: str
    why: str = ""
    screenshot: str = ""


class Report(msgspec.Struct, frozen=True):
    """One scan. ``states`` are those reached; what was not reached says nothing.

    ``links`` are where the policy's page leads, by HTTP status; ``version_shown`` is what it calls
    itself; ``privacy_linked`` is None where it could not be read.
    """

    url: str
    started: str
    pages: tuple[Visited, ...] = ()
    states: tuple[str, ...] = ()
    dialog: Dialog = Dialog()
    trackers: tuple[Seen, ...] = ()
    requests: tuple[Asked, ...] = ()
    findings: tuple[Found, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    notes: tuple[str, ...] = ()
    links: dict[str, int] = {}
    version_shown: str = ""
    privacy_linked: bool | None = None


def report_of(text: str | bytes) -> Report:
    """A report from its JSON. Raises ``Problem`` where it is none."""
    try:
        return msgspec.convert(_said(msgspec.json.decode(text)), Report)
    except msgspec.MsgspecError as error:
        raise Problem(f"no report of a scan: {error}", expected="what adhere scan writes") from None


def _said(value: Any) -> Any:
    """What is null stands for nothing said."""
    if isinstance(value, dict):
        return {name: _said(each) for name, each in value.items() if each is not None}
    return [_said(each) for each in value] if isinstance(value, list) else value


def script_of(set_by: Any) -> str:
    """Who set a tracker, in a line: ``https://…/tag.js:12``."""
    if isinstance(set_by, dict):
        line = set_by.get("line")
        return f"{set_by.get('url', '')}:{line}" if line else str(set_by.get("url", ""))
    return str(set_by or "")

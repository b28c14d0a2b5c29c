"""The words that findings are told in."""

from __future__ import annotations

from adhere.scanner.knowledge.known import UNKNOWN, Known
from adhere.scanner.rules.seen import Host, Tracker

_DAY = 86_400
_KINDS = {
    "cookie": "cookie",
    "local-storage": "local storage entry",
    "session-storage": "session storage entry",
    "indexed-db": "IndexedDB database",
    "cache": "cache",
    "service-worker": "service worker",
}
_STATES = {
    "before": "before any choice",
    "ignored": "while the dialog was left unanswered",
    "refused": "after everything was refused",
    "accepted": "after everything was accepted",
    "withdrawn": "after consent was withdrawn",
    "gpc": "although the browser sends Global Privacy Control",
}


def the(tracker: Tracker) -> str:
    """`The cookie “_ga” of Google Analytics (analytics, according to …)`."""
    return f"The {_KINDS[tracker.kind]} “{tracker.name}”{_whose(tracker.known)}"


def the_host(host: Host) -> str:
    hidden = f", which leads to {host.cloaked}," if host.cloaked else ""
    return f"{host.host}{hidden}{_whose(host.known)}"


def when(state: str) -> str:
    """A state as an adverbial."""
    if state.startswith("purpose:"):
        return f"although only “{state.removeprefix('purpose:')}” was agreed to"
    return _STATES[state]


def span(seconds: int) -> str:
    """A lifetime in the unit that fits."""
    if seconds >= _DAY:
        days = round(seconds / _DAY)
        return f"{days} day{'s' * (days != 1)}"
    minutes = max(1, round(seconds / 60))
    return f"{minutes} minute{'s' * (minutes != 1)}"


def _whose(known: Known) -> str:
    if known.purpose == UNKNOWN:
        return f" of {known.vendor}" if known.vendor else " (nobody known)"
    owner = f" of {known.vendor}" if known.vendor else ""
    return f"{owner} ({known.purpose}, says {known.by})"

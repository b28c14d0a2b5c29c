"""What may be stored or sent without consent, and how sure we are of the rest."""

from __future__ import annotations

import re

from adhere.scanner.knowledge.known import UNKNOWN
from adhere.scanner.observations import Request
from adhere.scanner.rules.finding import Severity
from adhere.scanner.rules.seen import Host, Tracker

# What a session, a forgery token, a basket, a language are called. Without a lifetime and on the
# site itself they fall under the exemptions of WP29 Opinion 04/2012.
_OF_A_VISIT = re.compile(
    r"sess|csrf|xsrf|nonce|auth|login|logged|signed|basket|cart|lang|locale|theme", re.IGNORECASE
)
_TELLING = frozenset({"beacon", "ping", "websocket", "eventsource", "document", "subframe"})
_QUIET = frozenset({"delivery", "necessary"})


def exempt(tracker: Tracker) -> bool:
    """Strictly necessary by what is known of it, by its nature, or as declared with nothing
    known against it.
    """
    if tracker.known.purpose != UNKNOWN:
        return tracker.known.purpose == "necessary"
    return bool(tracker.row and tracker.row.strictly_necessary) or _of_a_visit(tracker)


def how_sure(tracker: Tracker) -> Severity:
    """An error where a list or the company itself says that it measures or advertises."""
    said = tracker.row is not None and tracker.row.purpose in {"analytics", "marketing"}
    return "error" if tracker.known.tracking or said else "warning"


def needs_consent(host: Host, requests: list[Request]) -> bool:
    """Whether these requests are more than the delivery of files: known to measure, advertise or
    embed, or sent to nobody known with something that tells who is there.
    """
    if host.known.purpose in _QUIET:
        return False
    return host.known.purpose != UNKNOWN or any(_telling(one) for one in requests)


def how_sure_of(host: Host) -> Severity:
    return "error" if host.known.tracking else "warning"


def _telling(one: Request) -> bool:
    return bool(
        one.kind in _TELLING
        or one.cookies
        or one.body
        or one.method == "POST"
        or (one.kind in {"image", "fetch", "xhr"} and "?" in one.url)
    )


def _of_a_visit(tracker: Tracker) -> bool:
    passing = tracker.kind == "session-storage" or (
        tracker.kind == "cookie" and tracker.lifetime is None
    )
    own = not tracker.third_party
    return passing and own and _OF_A_VISIT.search(tracker.name) is not None

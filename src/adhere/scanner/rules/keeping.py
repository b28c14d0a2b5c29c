"""How long and how safely things are kept, and what comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adhere.scanner.observations import Stored
from adhere.scanner.rules.finding import Finding, of_stored
from adhere.scanner.rules.identifiers import identifying
from adhere.scanner.rules.needs import exempt
from adhere.scanner.rules.seen import Seen, Tracker
from adhere.scanner.rules.wording import span, the

_DAY = 86_400
# 13 months, as the longest of them count.
_LONGEST = 397 * _DAY
_SESSION = re.compile(r"sess(?!.*(csrf|xsrf))|\bsid\b|connect\.sid|auth|remember_", re.IGNORECASE)


def long_lived_tracker(seen: Seen) -> Iterator[Finding]:
    for tracker in seen.trackers:
        lifetime = tracker.lifetime
        if tracker.kind == "cookie" and lifetime and lifetime > _LONGEST and not exempt(tracker):
            longest = max(tracker.records, key=lambda one: one.lifetime or 0)
            why = f"{the(tracker)} is kept {span(lifetime)}, longer than 13 months."
            yield _finding("long-lived-tracker", tracker, why, longest)


def insecure_cookie(seen: Seen) -> Iterator[Finding]:
    """Sent in the clear, or a session that any script can read."""
    for tracker in seen.trackers:
        if tracker.kind != "cookie":
            continue
        written = [one for one in tracker.records if not one.removed and one.how != "found"]
        for one in written:
            if faults := list(_unsafe(one)):
                why = f"{the(tracker)} is {' and '.join(faults)}."
                yield _finding("insecure-cookie", tracker, why, one)
                break


def tracker_respawns(seen: Seen) -> Iterator[Finding]:
    """The very value that was deleted is written again for the same visitor."""
    back: dict[tuple[str, str, str], Stored] = {
        (one.kind, one.name, one.domain): one for one in seen.saw.respawned
    }
    for tracker in seen.trackers:
        if not exempt(tracker) and (again := back.get(tracker.key) or _again(tracker)):
            why = f"{the(tracker)} came back with the same value after it had been deleted."
            yield _finding("tracker-respawns", tracker, why, again)


def _unsafe(one: Stored) -> Iterator[str]:
    over_tls = one.page.startswith("https:")
    if not one.secure and (over_tls or one.same_site.lower() == "none"):
        yield "not Secure: any unencrypted request sends it too"
    if one.how == "header" and not one.http_only and _SESSION.search(one.name):
        yield "not HttpOnly: any script on the page can read the session"


def _again(tracker: Tracker) -> Stored | None:
    values: dict[str, set[str]] = {}
    gone: dict[str, set[str]] = {}
    for one in tracker.records:
        had, lost = values.setdefault(one.state, set()), gone.setdefault(one.state, set())
        if one.removed:
            lost |= had
        elif one.value in lost:
            return one
        elif identifying(one.value):
            had.add(one.value)
    return None


def _finding(rule: str, tracker: Tracker, why: str, one: Stored) -> Finding:
    return Finding(rule, "warning", tracker.name, one.state, why, (of_stored(one),))

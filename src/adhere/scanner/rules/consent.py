"""What is stored or sent without consent, after a refusal, or after consent was withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adhere.scanner.knowledge.known import UNKNOWN
from adhere.scanner.observations import Request, Stored
from adhere.scanner.rules.finding import Finding, of_request, of_stored
from adhere.scanner.rules.needs import exempt, how_sure, how_sure_of, needs_consent
from adhere.scanner.rules.seen import Host, Seen, Tracker
from adhere.scanner.rules.signals import granting, of_grant
from adhere.scanner.rules.wording import the, the_host, when

_SHOWN = 5
_PURPOSES = {
    "analytics": r"analy|statist|measur|audience|performan|mesure|messung|meting",
    "marketing": r"market|advert|advertenti|reclame|publicit|werb|target|\bads?\b",
}


def tracker_before_consent(seen: Seen) -> Iterator[Finding]:
    yield from _stored("tracker-before-consent", seen, "before")


def request_before_consent(seen: Seen) -> Iterator[Finding]:
    yield from _sent("request-before-consent", seen, "before")


def tracker_despite_refusal(seen: Seen) -> Iterator[Finding]:
    yield from _stored("tracker-despite-refusal", seen, "refused")
    for state in seen.purposes():
        for tracker, records in seen.holding(state):
            if _beside(tracker, state):
                yield _of_tracker("tracker-despite-refusal", tracker, state, records)


def request_despite_refusal(seen: Seen) -> Iterator[Finding]:
    yield from _sent("request-despite-refusal", seen, "refused")
    for state in seen.purposes():
        for host, requests in seen.sending(state):
            if _beside(host, state):
                yield _of_host("request-despite-refusal", host, state, requests)


def tracker_despite_gpc(seen: Seen) -> Iterator[Finding]:
    """The signal objects to being followed: what merely nobody knows on the site itself is left
    to the other rules.
    """
    for tracker, records in seen.holding("gpc"):
        followed = tracker.known.tracking or tracker.third_party
        if followed and not exempt(tracker):
            yield _of_tracker("tracker-despite-gpc", tracker, "gpc", records)


def tracker_survives_withdrawal(seen: Seen) -> Iterator[Finding]:
    for tracker, records in seen.holding("withdrawn"):
        if not exempt(tracker) and not tracker.passing("withdrawn"):
            yield _of_tracker("tracker-survives-withdrawal", tracker, "withdrawn", records)


def consent_by_continuing(seen: Seen) -> Iterator[Finding]:
    """What appears only once a visitor scrolls or reads on, with the dialog unanswered."""
    if "before" not in seen.reached:
        return
    for tracker, records in seen.holding("ignored"):
        if "before" not in tracker.states and not exempt(tracker):
            yield _of_tracker("consent-by-continuing", tracker, "ignored", records)
    for host, requests in seen.sending("ignored"):
        if "before" not in host.states and needs_consent(host, requests):
            yield _of_host("consent-by-continuing", host, "ignored", requests)
    already = {signal.source for signal in granting(seen, "before")}
    for signal in granting(seen, "ignored"):
        if signal.source not in already:
            yield of_grant("consent-by-continuing", signal)


def _stored(rule: str, seen: Seen, state: str) -> Iterator[Finding]:
    for tracker, records in seen.holding(state):
        unsaid = tracker.known.purpose == UNKNOWN and tracker.passing(state)
        if not exempt(tracker) and not unsaid:
            yield _of_tracker(rule, tracker, state, records)


def _sent(rule: str, seen: Seen, state: str) -> Iterator[Finding]:
    for host, requests in seen.sending(state):
        if needs_consent(host, requests):
            yield _of_host(rule, host, state, requests)


def _of_tracker(rule: str, tracker: Tracker, state: str, records: list[Stored]) -> Finding:
    why = f"{the(tracker)} is stored {when(state)}."
    evidence = tuple(of_stored(one) for one in records[:_SHOWN])
    return Finding(rule, how_sure(tracker), tracker.name, state, why, evidence)


def _of_host(rule: str, host: Host, state: str, requests: list[Request]) -> Finding:
    times = f"{len(requests)} request{'s' * (len(requests) != 1)}"
    why = f"{times} went to {the_host(host)} {when(state)}."
    evidence = tuple(of_request(one) for one in requests[:_SHOWN])
    return Finding(rule, how_sure_of(host), host.host, state, why, evidence)


def _beside(one: Tracker | Host, state: str) -> bool:
    """Whether it is for another purpose than the one that was agreed to, both being known."""
    agreed = [name for name, words in _PURPOSES.items() if re.search(words, state, re.IGNORECASE)]
    return one.known.tracking and bool(agreed) and one.known.purpose not in agreed

"""Who is told apart, and to whom it is told."""

from __future__ import annotations

from collections.abc import Iterator

from adhere.scanner.observations import Probing, Request, Stored
from adhere.scanner.redacting import address
from adhere.scanner.rules.finding import (
    Evidence,
    Finding,
    Severity,
    of_probing,
    of_request,
    of_stored,
)
from adhere.scanner.rules.identifiers import EMAIL, named, parts, sent
from adhere.scanner.rules.needs import exempt
from adhere.scanner.rules.seen import Seen
from adhere.scanner.rules.wording import when
from adhere.scanner.sites import host_of, site_of

# States in which nobody has agreed to anything; what needs consent is wrong in any of them.
WITHOUT = ("before", "ignored", "refused", "withdrawn", "gpc")
# Two of these by one script are hardly ever for drawing, sound or type alone.
_STRONG = frozenset({"canvas", "webgl", "audio", "fonts", "webrtc", "screen", "navigator"})
_SURE = 3


def fingerprinting(seen: Seen) -> Iterator[Finding]:
    """One script that reads several of the interfaces that tell browsers apart."""
    found: dict[tuple[str, str], list[Probing]] = {}
    for one in seen.saw.probings:
        if one.state in WITHOUT and one.state in seen.reached and not one.early:
            found.setdefault((one.set_by.url if one.set_by else one.page, one.state), []).append(
                one
            )
    done = set()
    for (script, state), probings in found.items():
        kinds = sorted({one.interface for one in probings} & _STRONG)
        drawn = "canvas" in kinds and any(one.third_party for one in probings)
        if script in done or not (len(kinds) > 1 or drawn):
            continue
        done.add(script)
        why = (
            f"{address(script)} reads {', '.join(kinds)} {when(state)}, which tells browsers apart."
        )
        evidence = tuple(of_probing(one) for one in probings)
        sure: Severity = "error" if len(kinds) >= _SURE else "warning"
        yield Finding("fingerprinting", sure, host_of(script) or script, state, why, evidence)


def cookie_syncing(seen: Seen) -> Iterator[Finding]:
    """The identifier that one company keeps is handed to another's host."""
    owned = _identifiers(seen, third_party=True)
    done = set()
    for one, found in _carried(seen, owned):
        origin = site_of(found.domain)
        key = (origin, site_of(one.host))
        if origin in {site_of(one.host), seen.site} or key in done:
            continue
        done.add(key)
        why = (
            f"{one.host} is sent the identifier that {found.domain} keeps in “{found.name}” "
            f"{when(one.state)}."
        )
        yield Finding("cookie-syncing", "error", one.host, one.state, why, _both(found, one))


def identifier_in_url(seen: Seen) -> Iterator[Finding]:
    """An identifier of the site's own, an email address or a parameter that is called one, in what
    another site is sent.
    """
    done = set()
    for one, found in _carried(seen, _identifiers(seen, third_party=False)):
        if one.host not in done:
            done.add(one.host)
            why = f"{one.host} is sent the value of “{found.name}” {when(one.state)}."
            yield Finding("identifier-in-url", "error", one.host, one.state, why, _both(found, one))
    for one in _outgoing(seen):
        if one.host not in done and (told := _told(one)):
            done.add(one.host)
            why = f"{one.host} is sent {told} {when(one.state)}."
            sure: Severity = "error" if EMAIL.search(sent(one)) else "warning"
            yield Finding("identifier-in-url", sure, one.host, one.state, why, (of_request(one),))


def _identifiers(seen: Seen, *, third_party: bool) -> dict[str, Stored]:
    """Each identifier with where it was first kept, without what is strictly necessary."""
    found: dict[str, Stored] = {}
    for tracker in seen.trackers:
        if tracker.third_party == third_party and not exempt(tracker):
            for one in tracker.records:
                for part in parts(one.value):
                    found.setdefault(part, one)
    return found


def _carried(seen: Seen, known: dict[str, Stored]) -> Iterator[tuple[Request, Stored]]:
    """Requests to other sites that carry one of these, in the same visit."""
    for one in _outgoing(seen):
        text = sent(one)
        for part, found in known.items():
            if part in text:
                yield one, found


def _outgoing(seen: Seen) -> list[Request]:
    return [
        one
        for one in seen.saw.requests
        if one.third_party and one.state in WITHOUT and one.state in seen.reached and not one.early
    ]


def _told(one: Request) -> str:
    if EMAIL.search(sent(one)):
        return "an email address"
    return next((f"the identifier “{key}”" for key, _ in named(one)), "")


def _both(found: Stored, one: Request) -> tuple[Evidence, ...]:
    return (of_stored(found), of_request(one))

"""What is seen against what is declared."""

from __future__ import annotations

from collections.abc import Iterator

from adhere.scanner.declared import Declared
from adhere.scanner.knowledge.known import UNKNOWN
from adhere.scanner.rules.finding import Evidence, Finding, Severity, of_request, of_stored
from adhere.scanner.rules.needs import exempt, how_sure, how_sure_of, needs_consent
from adhere.scanner.rules.seen import Seen, Tracker
from adhere.scanner.rules.wording import span, the, the_host
from adhere.scanner.sites import host_of, site_of

_DAY = 86_400
_TIMES = 1.5
# What a website keeps of its own files, with nothing about the visitor.
_FILES = frozenset({"cache", "service-worker"})


def undeclared_tracker(seen: Seen) -> Iterator[Finding]:
    if not seen.declaration:
        return
    for tracker in seen.trackers:
        if tracker.row or exempt(tracker) or (tracker.kind in _FILES and not tracker.third_party):
            continue
        why = f"{the(tracker)} is not declared."
        sure: Severity = "error" if tracker.third_party else how_sure(tracker)
        first = tracker.first
        yield Finding(
            "undeclared-tracker", sure, tracker.name, first.state, why, (of_stored(first),)
        )


def undeclared_vendor(seen: Seen) -> Iterator[Finding]:
    """Once for each company, or for each site where nobody knows whose it is."""
    if not (told := seen.declaration):
        return
    done = set()
    for host in seen.hosts:
        name = host.known.vendor or site_of(host.cloaked or host.host)
        plain = name if host.known.vendor else name.partition(".")[0]
        if name in done or told.names(plain) or not needs_consent(host, list(host.requests)):
            continue
        done.add(name)
        first = host.requests[0]
        why = f"Data goes to {the_host(host)}, and the declaration does not name it."
        yield Finding(
            "undeclared-vendor", how_sure_of(host), name, first.state, why, (of_request(first),)
        )


def declared_not_seen(seen: Seen) -> Iterator[Finding]:
    """A note, and only where consent to everything could be given."""
    if not seen.declaration or "accepted" not in seen.reached:
        return
    for row in seen.declaration.rows:
        if row.name and not any(row in tracker.rows for tracker in seen.trackers):
            why = f"“{row.name}” is declared, and was not seen on the pages of this scan."
            yield _of_row("declared-not-seen", "note", why, seen, (None, row))


def outlives_declaration(seen: Seen) -> Iterator[Finding]:
    """More than one and a half times as long as declared, and at least a day more; or a session
    that is none, or the reverse.
    """
    for tracker, row in _declared(seen):
        if row.retention_days is None:
            continue
        longest = row.retention_days[1]
        said = f"“{row.retention}”" if row.retention else f"{longest} days"
        if (kept := _too_long(tracker, longest)) is not None:
            why = f"{the(tracker)} is kept {kept}; declared is {said}."
            yield _of_row("outlives-declaration", "error", why, seen, (tracker, row))
        elif row.retention_days[0] > 0 and tracker.kind == "cookie" and tracker.lifetime is None:
            why = f"{the(tracker)} ends with the session; declared is {said}."
            yield _of_row("outlives-declaration", "note", why, seen, (tracker, row))


def wrong_purpose(seen: Seen) -> Iterator[Finding]:
    """Against what is known, or against another row for the same name."""
    for tracker, row in _declared(seen):
        purposes = sorted({each.purpose for each in _alike(tracker, row)} - {""})
        if len(purposes) > 1:
            why = f"“{row.name}” is declared for {' and for '.join(purposes)}."
            yield _of_row("wrong-purpose", "warning", why, seen, (tracker, row))
        elif _misnamed(tracker, row):
            sure: Severity = "warning" if row.purpose in {"analytics", "marketing"} else "error"
            why = f"{the(tracker)} is declared for {row.purpose}."
            yield _of_row("wrong-purpose", sure, why, seen, (tracker, row))


def wrong_party(seen: Seen) -> Iterator[Finding]:
    """A third party's domain called the site's own, or the reverse."""
    for tracker, row in _declared(seen):
        writers = {site_of(host) for host in _writers(tracker)} | {site_of(tracker.domain)}
        if row.party == "first" and tracker.third_party:
            why = f"{the(tracker)} belongs to {tracker.domain}; declared is a first party."
            yield _of_row("wrong-party", "error", why, seen, (tracker, row))
        elif row.party == "third" and writers == {seen.site} and not _explained(tracker):
            why = f"{the(tracker)} is the site's own; declared is a third party."
            yield _of_row("wrong-party", "warning", why, seen, (tracker, row))


def not_strictly_necessary(seen: Seen) -> Iterator[Finding]:
    for tracker, row in _declared(seen):
        if _called_necessary(row) and tracker.known.tracking:
            why = f"{the(tracker)} is declared strictly necessary."
            rule = "not-strictly-necessary"
            yield _of_row(rule, "error", why, seen, (tracker, row))


def _declared(seen: Seen) -> list[tuple[Tracker, Declared]]:
    return [(tracker, tracker.row) for tracker in seen.trackers if tracker.row]


def _alike(tracker: Tracker, row: Declared) -> list[Declared]:
    return [each for each in tracker.rows if each.name == row.name]


def _too_long(tracker: Tracker, days: int) -> str | None:
    if tracker.kind == "local-storage" and days == 0:
        return "until it is cleared"
    seconds = tracker.lifetime
    if tracker.kind != "cookie" or seconds is None:
        return None
    limit = days * _DAY
    return span(seconds) if seconds > limit * _TIMES and seconds - limit >= _DAY else None


def _misnamed(tracker: Tracker, row: Declared) -> bool:
    known = tracker.known.purpose
    told = bool(row.purpose) and not _called_necessary(row)
    return told and tracker.known.tracking and known not in {row.purpose, UNKNOWN}


def _called_necessary(row: Declared) -> bool:
    return row.strictly_necessary is True or row.purpose == "necessary"


def _explained(tracker: Tracker) -> bool:
    """Whether a third party may well be behind what the site keeps, or nobody minds."""
    return bool(tracker.known.vendor) or exempt(tracker)


def _writers(tracker: Tracker) -> list[str]:
    return [host_of(one.set_by.url) for one in tracker.records if one.set_by]


def _of_row(
    rule: str, severity: Severity, why: str, seen: Seen, pair: tuple[Tracker | None, Declared]
) -> Finding:
    tracker, row = pair
    place = seen.declaration.place if seen.declaration else ""
    told = Evidence(
        f"declared: {row.name}, {row.wording or row.purpose or 'purpose not said'}",
        page=f"{place}:{row.line}" if row.line else place,
        raw=row.retention,
    )
    shown = (of_stored(tracker.first),) if tracker else ()
    subject = tracker.name if tracker else row.name
    state = tracker.first.state if tracker else ""
    return Finding(rule, severity, subject, state, why, (told, *shown))

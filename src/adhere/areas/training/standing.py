"""How one person stands with one programme on a day. Pure; the rules are in ``checks``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from adhere.core.durations import Duration

ONE = timedelta(days=1)
Reason = Literal["attended", "joined", "returned", "excused", "away"]


class Terms(msgspec.Struct, frozen=True):
    """The lengths of time that a policy grants."""

    within: Duration
    grace: Duration
    long: Duration


class Span(msgspec.Struct, frozen=True):
    """A long absence, both days inclusive; ``open`` while nobody knows its end."""

    first: date
    last: date
    open: bool = False


class Case(msgspec.Struct, frozen=True):
    """All that counts for one person: days on which things happened, each sorted."""

    joined: date
    offered: Sequence[date]
    attended: Sequence[date]
    excused: Sequence[date]
    away: Sequence[Span]


class Standing(msgspec.Struct, frozen=True):
    """``covered``: last day that an attendance covers. ``due``: last day in order.

    ``reason`` and ``event`` say what gives the due day; ``open`` that it is only the latest
    possible one, since it comes sooner if a session is offered sooner.
    """

    covered: date | None
    due: date
    reason: Reason
    event: date
    open: bool = False


class _Due(msgspec.Struct, frozen=True):
    day: date
    reason: Reason
    event: date
    open: bool = False


def expires(start: date, within: Duration) -> date:
    """The first day on which something of ``start`` lies no longer within the window."""
    return within.expiry(start)


def long_absences(
    spans: Iterable[tuple[date, date | None]], long: Duration, day: date
) -> list[Span]:
    """Absences that overlap or touch become one; those that last at least ``long`` remain."""
    merged: list[Span] = []
    for first, until in sorted(spans, key=lambda span: span[0]):
        span = Span(first, until or max(day, first), until is None)
        if merged and span.first <= merged[-1].last + ONE:
            before = merged.pop()
            last = max(before.last, span.last)
            span = Span(before.first, last, before.open or span.open)
        merged.append(span)
    return [span for span in merged if span.open or (span.last - span.first).days + 1 >= long.days]


def away_on(day: date, away: Iterable[Span]) -> Span | None:
    """The long absence that a day falls in."""
    return next((span for span in away if span.first <= day <= span.last), None)


def offered_to(days: Sequence[date], away: Sequence[Span]) -> Sequence[date]:
    """The session days on which a person was not on long absence."""
    return [day for day in days if not away_on(day, away)] if away else days


def standing(case: Case, terms: Terms) -> Standing:
    """Until when a person is in order, and by what."""
    due = _carried(_started(case.joined, "joined", case, terms), None, case, terms)
    if not case.attended:
        return Standing(None, due.day, due.reason, due.event, due.open)
    latest = case.attended[-1]
    covered = _covered(latest, case.away, terms)
    after = _carried(_Due(covered, "attended", latest), latest, case, terms)
    best = after if after.day >= due.day else due
    return Standing(covered, best.day, best.reason, best.event, best.open)


def _started(start: date, reason: Reason, case: Case, terms: Terms) -> _Due:
    """Rule 4: a joiner, or somebody back from a long absence."""
    offered = offered_to(case.offered, case.away)
    at = bisect_left(offered, start)
    first = offered[at] if at < len(offered) else None
    latest = terms.within.after(start)
    chance = latest if first is None else min(first, latest)
    begins = case.offered[0] if case.offered else start
    day = max(terms.grace.after(start), chance, begins)
    return _Due(day, reason, start, open=first is None and day == latest)


def _covered(attended: date, away: Sequence[Span], terms: Terms) -> date:
    """Rules 2 and 3: the window, less the days of long absence in it."""
    covered = expires(attended, terms.within) - ONE
    for span in away:
        if span.last > attended and span.first <= covered + ONE:
            covered += span.last - max(span.first, attended + ONE) + ONE
    return covered


def _carried(due: _Due, attended: date | None, case: Case, terms: Terms) -> _Due:
    """Rules 5 to 7: excuses and returns, in their order, while the person is in order."""
    offered = offered_to(case.offered, case.away)
    for day, span in _events(attended, case):
        if span is None:
            if day <= due.day and _excuse_counts(day, attended, offered, case):
                due = _later(due, _excused(day, offered, terms))
        elif span.first <= due.day + ONE:
            due = _later(due, _through(span, case, terms))
    return due


def _through(span: Span, case: Case, terms: Terms) -> _Due:
    if span.open:
        return _Due(span.last, "away", span.first)
    return _started(span.last + ONE, "returned", case, terms)


def _events(attended: date | None, case: Case) -> list[tuple[date, Span | None]]:
    start = attended or case.joined - ONE
    excuses: list[tuple[date, Span | None]] = [(day, None) for day in case.excused if day > start]
    returns: list[tuple[date, Span | None]] = [
        (span.first, span) for span in case.away if span.last > start
    ]
    return sorted(excuses + returns, key=lambda event: event[0])


def _excuse_counts(day: date, attended: date | None, offered: Sequence[date], case: Case) -> bool:
    at = bisect_left(offered, day)
    if at == len(offered) or offered[at] != day:
        return False
    before = offered[at - 1] if at else None
    if before is None or before not in case.excused:
        return True
    return attended is not None and before < attended


def _excused(day: date, offered: Sequence[date], terms: Terms) -> _Due:
    latest = terms.within.after(day)
    at = bisect_right(offered, day)
    following = offered[at] if at < len(offered) else None
    until = latest if following is None else min(following, latest)
    return _Due(until, "excused", day, open=following is None)


def _later(due: _Due, other: _Due) -> _Due:
    return other if other.day > due.day else due

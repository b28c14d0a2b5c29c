"""What the page of one scan shows, put together from its report and the inventory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import msgspec

from adhere.areas.cookies.models import Tracker
from adhere.areas.cookies.scan_models import Scan, TrackerSeen
from adhere.areas.cookies.scanning import naming
from adhere.areas.cookies.scanning.differing import key
from adhere.areas.cookies.scanning.matching import about, covers, row_of
from adhere.areas.cookies.scanning.shape import Found, Report, Seen

_ORDER = ("error", "warning", "note")


class Line(msgspec.Struct, frozen=True):
    """A tracker as seen, with the row that declares it and the page of its life."""

    seen: Seen
    row: Tracker | None
    pk: int | None
    purpose: str
    lifetime: str
    first: str
    states: str


class Finding(msgspec.Struct, frozen=True):
    """A finding in words, with the tracker that it is about."""

    found: Found
    title: Any
    severity: Any
    look: str
    state: str
    evidence: list[dict[str, Any]]
    line: Line | None


class Side(msgspec.Struct, frozen=True):
    """A tracker on both sides; ``differs`` names what is not the same."""

    row: Tracker | None
    line: Line | None
    purpose: str
    differs: tuple[str, ...]


def lines_of(scan: Scan, report: Report, rows: Iterable[Tracker]) -> list[Line]:
    """Every tracker that a scan saw, each with what is declared of it."""
    known = list(rows)
    numbers = {
        (each.kind, each.name, each.domain): each.pk
        for each in TrackerSeen.objects.filter(scan=scan)
    }
    purposes = naming.purpose_titles()
    return [
        Line(
            each,
            row_of(each, known),
            numbers.get(key(each)),
            purposes.get(each.purpose, each.purpose),
            naming.lifetime(each.lifetime_seconds) if each.kind == "cookie" else "",
            naming.state_name(each.first_state),
            ", ".join(map(naming.state_name, each.states)),
        )
        for each in report.trackers
    ]


def groups_of(report: Report, lines: Iterable[Line]) -> list[tuple[Any, list[Finding]]]:
    """The findings by what they are about, the gravest first."""
    by_key = {key(each.seen): each for each in lines}
    ordered = sorted(
        report.findings,
        key=lambda each: (naming.group_of(each.rule)[0], _weight(each), each.rule, each.subject),
    )
    return [
        (group[1], [_finding(each, report, by_key) for each in found])
        for group, found in groupby(ordered, key=lambda each: naming.group_of(each.rule))
    ]


def _weight(found: Found) -> int:
    return _ORDER.index(found.severity) if found.severity in _ORDER else len(_ORDER)


def _finding(found: Found, report: Report, lines: Mapping[tuple[str, str, str], Line]) -> Finding:
    seen = next(about(found, report), None)
    return Finding(
        found,
        naming.RULES.get(found.rule, found.rule),
        naming.SEVERITIES.get(found.severity, found.severity),
        naming.LOOKS.get(found.severity, ""),
        naming.state_name(found.state) if found.state else "",
        _evidence(found.evidence),
        lines.get(key(seen)) if seen else None,
    )


def _evidence(evidence: Any) -> list[dict[str, Any]]:
    """What shows it, as the scanner's own words or as it stands."""
    found = evidence if isinstance(evidence, list) else [evidence] if evidence else []
    return [each if isinstance(each, dict) else {"raw": str(each)} for each in found]


def states_of(report: Report) -> list[tuple[str, bool, str]]:
    """Each state in words, whether it was reached, and why not."""
    why = {each.state: each.why for each in report.unreached}
    names = dict.fromkeys((*naming.STATES, *report.states, *why))
    return [(naming.state_name(s), s in report.states, why.get(s, "")) for s in names]


def sides_of(report: Report, lines: Iterable[Line], rows: Iterable[Tracker]) -> list[Side]:
    """Declared and seen side by side: what differs first, then what only one side has."""
    purposes = naming.purpose_titles()
    seen = [Side(each.row, each, _purpose(each.row, purposes), _differs(each)) for each in lines]
    absent = [
        Side(row, None, _purpose(row, purposes), ())
        for row in rows
        if not any(covers(row, each) for each in report.trackers)
    ]
    return sorted([*seen, *absent], key=lambda each: (not each.differs, each.row is not None))


def _purpose(row: Tracker | None, purposes: Mapping[str, str]) -> str:
    return purposes.get(row.purpose, row.purpose) if row else ""


def _differs(line: Line) -> tuple[str, ...]:
    if line.row is None:
        return ()
    return tuple(
        name
        for name in ("purpose", "party", "vendor")
        if getattr(line.seen, name) not in ("", "unknown", getattr(line.row, name))
    )

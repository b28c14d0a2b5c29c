"""A scan in a few lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from adhere.scanner.redacting import address
from adhere.scanner.reports.report import Report

_SHOWN = 20


def as_lines(report: Report) -> Iterator[str]:
    """The verdict, the findings, and what could not be seen."""
    saw, seen = report.saw, report.seen
    counts = report.counts()
    pages = len({page.url for page in saw.pages})
    yield (
        f"{address(saw.url)}: {_many(counts['error'], 'error')}, "
        f"{_many(counts['warning'], 'warning')}, {_many(counts['note'], 'note')}"
    )
    yield (
        f"{_many(pages, 'page')} in {saw.seconds:.1f} seconds; "
        f"{_many(len(seen.trackers), 'tracker')}, {_many(len(seen.hosts), 'foreign host')}; "
        f"states: {', '.join(saw.states) or 'none'}"
    )
    for each in report.findings[:_SHOWN]:
        yield f"  {each.severity:<8} {each.rule:<34} {each.why}"
    if (more := len(report.findings) - _SHOWN) > 0:
        yield f"  and {more} more; --html, --json or --sarif has all of them"
    for choice in seen.unreached.values():
        yield f"  not seen {choice.state:<34} {choice.why or 'the choice could not be made'}"
    for note in report.saw.notes:
        yield f"  {note}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"

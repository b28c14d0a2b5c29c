"""Which row of the inventory a tracker seen on a website stands for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from adhere.areas.cookies.scanning.shape import Found, Report, Seen
from adhere.documents.quantities import retention_days
from adhere.scanner.declared import Declared
from adhere.scanner.knowledge.names import within


class Row(Protocol):
    """A row of the inventory, as a check has it or the database."""

    @property
    def name(self) -> str: ...
    @property
    def tracker_kind(self) -> str: ...
    @property
    def domain(self) -> str: ...
    @property
    def party(self) -> str: ...
    @property
    def vendor(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def strictly_necessary(self) -> bool: ...
    @property
    def retention(self) -> str: ...
    @property
    def reason(self) -> str: ...


R = TypeVar("R", bound=Row)
_ANY_STORE = ("other", "cache")  # an inventory calls a service worker one of these


def row_of(seen: Seen, inventory: Iterable[R]) -> R | None:
    """The row that declares it: same kind, exact case, a host of the same domain; None if none."""
    return next((each for each in inventory if covers(each, seen)), None)


def covers(row: Row, seen: Seen) -> bool:
    """Whether a row declares a tracker."""
    return declared_of(row).speaks_of(seen.kind, seen.name, seen.domain.lower())


def declared_of(row: Row) -> Declared:
    """A row as the scanner takes it."""
    return Declared(
        name=row.name,
        kind="" if row.tracker_kind in _ANY_STORE else row.tracker_kind,
        domain=row.domain.removeprefix("*").removeprefix(".").lower(),
        party=row.party,
        vendor=row.vendor,
        purpose=row.purpose,
        wording=row.reason,
        strictly_necessary=row.strictly_necessary,
        retention=row.retention,
        retention_days=retention_days(row.retention),
    )


def about(found: Found, report: Report) -> Iterator[Seen]:
    """The trackers that a finding is about."""
    for each in report.trackers:
        if found.subject == each.name:
            yield each


def purposes_of(found: Found, report: Report, inventory: Iterable[Row]) -> set[str]:
    """For what the trackers, hosts or companies that a finding is about are used: as the data say,
    and as the inventory does.
    """
    hosts = {
        each.purpose
        for each in report.requests
        if each.vendor == found.subject or within(each.host, found.subject)
    }
    seen = list(about(found, report))
    rows = [row for row in inventory if any(covers(row, each) for each in seen)]
    return {each.purpose for each in seen} | {row.purpose for row in rows} | hosts

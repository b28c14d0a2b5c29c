"""What a company says of its trackers, whoever wrote it down: a policy text or the inventory."""

from __future__ import annotations

import re

from msgspec import Struct

from adhere.scanner.knowledge.names import matches, within


class Declared(Struct, frozen=True):
    """One row. What is not said is empty or None.

    ``name`` may have `*`, `<id>` or `XXX` for what differs. ``purpose`` is necessary, preferences,
    analytics, marketing or embeds, where the text uses the words of one alone; ``wording`` is
    what it says. ``retention_days`` is the shortest and the longest, (0, 0) a session. ``line``
    is where it stands.
    """

    name: str
    kind: str = ""
    domain: str = ""
    party: str = ""
    vendor: str = ""
    purpose: str = ""
    wording: str = ""
    strictly_necessary: bool | None = None
    retention: str = ""
    retention_days: tuple[int, int] | None = None
    line: int = 0

    def speaks_of(self, kind: str, name: str, domain: str) -> bool:
        """Whether a tracker that was seen is this one."""
        return (
            bool(self.name)
            and matches(self.name, name)
            and (not self.kind or self.kind == kind)
            and (not self.domain or within(domain, self.domain) or within(self.domain, domain))
        )


class Declaration(Struct, frozen=True):
    """All that is declared. ``place`` is the file, address or policy; ``text`` its whole wording,
    empty for an inventory.
    """

    rows: tuple[Declared, ...]
    place: str = ""
    text: str = ""

    def row_of(self, kind: str, name: str, domain: str) -> Declared | None:
        """The row that speaks of a tracker: its very name before a pattern, the longest first."""
        rows = [row for row in self.rows if row.speaks_of(kind, name, domain)]
        return max(rows, key=lambda row: (row.name == name, len(row.name)), default=None)

    def rows_of(self, kind: str, name: str, domain: str) -> list[Declared]:
        """All rows that speak of it."""
        return [row for row in self.rows if row.speaks_of(kind, name, domain)]

    def names(self, vendor: str) -> bool:
        """Whether a vendor stands anywhere in it, by its name or by that name's first word."""
        vendor = vendor.casefold().removesuffix(".com")
        first = next(iter(re.findall(r"\w+", vendor)), "")
        told = " ".join([self.text, *(f"{row.vendor} {row.wording}" for row in self.rows)])
        return bool(first) and (
            vendor in told.casefold() or first in re.findall(r"\w+", told.casefold())
        )

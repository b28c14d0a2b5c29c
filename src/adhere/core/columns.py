"""Cells of an import: how each is read, checked and written back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

Read = Callable[[str], Any]
Write = Callable[[Any], str]
FIRST_YEAR = 1900
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, the field it fills, and what it takes.

    ``read`` raises ``ValueError`` for a cell that does not fit ``expected``.
    """

    name: str
    field: str
    read: Read
    write: Write
    expected: str
    required: bool = True
    blank: Any = None


def text(name: str, *, field: str = "", required: bool = True) -> Column:
    return Column(name, field or name, str, str, "text", required, blank="")


def email(name: str, *, required: bool = True) -> Column:
    """An address as mail servers take it: sign-in links and reminders go there."""

    def read(cell: str) -> str:
        if not _ADDRESS.fullmatch(cell):
            raise ValueError(cell)
        return cell

    expected = "an e-mail address such as anna@example.com"
    return Column(name, name, read, str, expected, required, blank="")


def choice(name: str, *options: str, field: str = "", required: bool = True) -> Column:
    def read(cell: str) -> str:
        if cell not in options:
            raise ValueError(cell)
        return cell

    return Column(name, field or name, read, str, " or ".join(options), required, blank="")


def yes_no(name: str, *, field: str = "", required: bool = True) -> Column:
    def read(cell: str) -> bool:
        return {"yes": True, "no": False}[cell.lower()]

    def write(value: bool | None) -> str:
        return "" if value is None else ("yes" if value else "no")

    return Column(name, field or name, _checked(read), write, "yes or no", required)


def several(name: str, *, field: str = "") -> Column:
    """Values with ``;`` between them, kept as a sorted list without repeats."""

    def read(cell: str) -> list[str]:
        return sorted({part.strip() for part in cell.split(";") if part.strip()})

    expected = "values with ; between them"
    return Column(name, field or name, read, ";".join, expected, required=False, blank=[])


def day(name: str, *, field: str = "", required: bool = True) -> Column:
    def read(cell: str) -> date:
        return _sane(date.fromisoformat(cell))

    def write(value: date | None) -> str:
        return value.isoformat() if value else ""

    expected = "a day that exists, such as 2026-03-14"
    return Column(name, field or name, read, write, expected, required)


def moment(name: str, zone: ZoneInfo, *, field: str = "", required: bool = True) -> Column:
    """A time with an offset; without one it is the company's local time, a bare day its start."""

    def read(cell: str) -> datetime:
        if len(cell) == 10:
            return datetime.combine(_sane(date.fromisoformat(cell)), time(), zone).astimezone(UTC)
        found = datetime.fromisoformat(cell)
        _sane(found.date())
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)

    def write(value: datetime | None) -> str:
        return value.astimezone(zone).isoformat() if value else ""

    expected = "a time such as 2026-03-14T09:00:00+01:00"
    return Column(name, field or name, read, write, expected, required)


def whole(name: str, *, field: str = "", low: int = 0, high: int = 10**9) -> Column:
    def read(cell: str) -> int:
        number = int(cell) if cell.isascii() and "_" not in cell else low - 1
        if not low <= number <= high:
            raise ValueError(cell)
        return number

    def write(value: int | None) -> str:
        return "" if value is None else str(value)

    return Column(name, field or name, read, write, f"a whole number {low} to {high}", False)


def _sane(found: date) -> date:
    """Refuse what only a slip of the pen says, and what time zones cannot hold."""
    if found.year < FIRST_YEAR:
        raise ValueError(found)
    return found


def _checked(read: Read) -> Read:
    def wrapped(cell: str) -> Any:
        try:
            return read(cell)
        except KeyError as error:
            raise ValueError(cell) from error

    return wrapped

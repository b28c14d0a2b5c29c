"""Takes a file of facts of one kind in: all or nothing, each fault with its line."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils import timezone

from adhere.core.areas import FactKind
from adhere.core.columns import Column
from adhere.core.locking import wait_for_turn
from adhere.core.reading import LARGEST, Cells, read_rows
from adhere.core.recording import Origin, Recorded, key_of, record
from adhere.errors import Problem

__all__ = ("LARGEST", "import_facts", "read_rows")
Rows = list[tuple[int, dict[str, Any]]]


def import_facts(kind: FactKind, data: bytes, file: str, origin: Origin) -> Recorded:
    """Store every row of a file, or none of them."""
    try:
        limits = _limits(kind)
        rows = [(line, _values(kind, cells, line, limits)) for line, cells in read_rows(kind, data)]
        if not rows:
            raise Problem("no rows", expected="a header and at least one row below it")
        _once_each(kind, rows)
        with transaction.atomic():
            wait_for_turn(f"facts/{kind.name}")
            if kind.validate:
                kind.validate(rows, origin.at or timezone.now())
            return record(kind, _once_each(kind, rows), origin)
    except Problem as problem:
        raise problem.at(file=file) from None


def _limits(kind: FactKind) -> dict[str, int]:
    """How many characters each field holds."""
    found = {}
    for column in kind.columns:
        try:
            field = kind.model._meta.get_field(column.field)
        except FieldDoesNotExist:
            continue
        found[column.field] = getattr(field, "max_length", None) or LARGEST
    return found


def _values(kind: FactKind, cells: Cells, line: int, limits: dict[str, int]) -> dict[str, Any]:
    found = {}
    for column in kind.columns:
        cell = cells.get(column.name, "")
        _check_text(column, cell, line, limits.get(column.field, LARGEST))
        found[column.field] = _value(column, cell, line)
    return found


def _check_text(column: Column, cell: str, line: int, longest: int) -> None:
    if len(cell) > longest:
        raise Problem(
            f"{len(cell):,} characters",
            line=line,
            field=column.name,
            expected=f"at most {longest:,}",
        )
    if "\x00" in cell:
        raise Problem("a NUL character", line=line, field=column.name, expected=column.expected)
    if any("\ud800" <= letter <= "\udfff" for letter in cell):
        raise Problem("half a character", line=line, field=column.name, expected=column.expected)


def _value(column: Column, cell: str, line: int) -> Any:
    if not cell:
        if column.required:
            raise Problem("nothing here", line=line, field=column.name, expected=column.expected)
        return column.blank
    try:
        return column.read(cell)
    except (ValueError, OverflowError):
        shown = cell if len(cell) <= 60 else f"{cell[:60]}…"
        raise Problem(
            f"“{shown}” does not fit", line=line, field=column.name, expected=column.expected
        ) from None


def _once_each(kind: FactKind, rows: Rows) -> list[dict[str, Any]]:
    """The rows without repeats; two that contradict each other are refused."""
    seen: dict[str, tuple[int, dict[str, Any]]] = {}
    for line, values in rows:
        key = key_of(kind, values)
        if len(key) > 300:
            raise Problem("too long an id", line=line, expected="at most 300 characters together")
        if key in seen and seen[key][1] != values:
            raise Problem(
                f"“{key}” stands here and in line {seen[key][0]} with other values",
                line=line,
                field=kind.columns[0].name,
                expected="one row for each",
            )
        seen.setdefault(key, (line, values))
    return [values for _, values in seen.values()]

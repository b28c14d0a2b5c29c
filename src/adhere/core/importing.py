"""Reads CSV and JSON Lines into facts of one kind: all or nothing, each fault with its line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from adhere.core.areas import FactKind
from adhere.core.columns import Column
from adhere.core.recording import Origin, Recorded, key_of, record
from adhere.errors import Problem, nearest

LARGEST = 100_000_000
Cells = dict[str, str]
Rows = list[tuple[int, dict[str, Any]]]


def import_facts(kind: FactKind, data: bytes, file: str, origin: Origin) -> Recorded:
    """Store every row of a file, or none of them."""
    try:
        rows = [(line, _values(kind, cells, line)) for line, cells in read_rows(kind, data)]
        if not rows:
            raise Problem("no rows", expected="a header and at least one row below it")
        if kind.validate:
            kind.validate(rows, origin.at or timezone.now())
        return record(kind, _once_each(kind, rows), origin)
    except Problem as problem:
        raise problem.at(file=file) from None


def read_rows(kind: FactKind, data: bytes) -> Iterator[tuple[int, Cells]]:
    """Each row's line and cells, whichever of the two formats the file has."""
    if len(data) > LARGEST:
        raise Problem(f"{len(data):,} bytes", expected=f"at most {LARGEST:,}; split the file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem("not UTF-8", line=line, expected="a file saved as UTF-8") from None
    if not text.strip():
        raise Problem("the file is empty", expected="a header and at least one row below it")
    return _json_lines(kind, text) if text.lstrip().startswith("{") else _csv(kind, text)


def _csv(kind: FactKind, text: str) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    header = [name.strip() for name in next(reader)]
    _check_columns(kind, header, 1)
    line = reader.line_num + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    raise Problem(
                        f"{len(cells)} cells", line=line, expected=f"{len(header)}, as the header"
                    )
                yield line, dict(zip(header, (cell.strip() for cell in cells), strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Problem(f"not CSV: {error}", line=line, expected="quotes that close") from None


def _json_lines(kind: FactKind, text: str) -> Iterator[tuple[int, Cells]]:
    for line, written in enumerate(text.splitlines(), 1):
        if not written.strip():
            continue
        try:
            item = json.loads(written)
        except json.JSONDecodeError as error:
            raise Problem(f"not JSON: {error.msg}", line=line, expected="one object") from None
        if not isinstance(item, dict):
            raise Problem("not an object", line=line, expected="one JSON object a line")
        _check_columns(kind, list(item), line)
        yield line, {name: _cell(value) for name, value in item.items()}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(map(str, value)) if isinstance(value, list) else str(value).strip()


def _check_columns(kind: FactKind, names: list[str], line: int) -> None:
    known = [column.name for column in kind.columns]
    for name in names:
        if name not in known:
            expected = nearest(name, known)
            raise Problem(f"unknown column “{name}”", line=line, field=name, expected=expected)
        if names.count(name) > 1:
            raise Problem(f"column “{name}” stands twice", line=line, field=name, expected="once")
    for column in kind.columns:
        if column.required and column.name not in names:
            raise Problem(
                f"column “{column.name}” is missing",
                line=line,
                field=column.name,
                expected=", ".join(known),
            )


def _values(kind: FactKind, cells: Cells, line: int) -> dict[str, Any]:
    return {
        column.field: _value(column, cells.get(column.name, ""), line) for column in kind.columns
    }


def _value(column: Column, cell: str, line: int) -> Any:
    if not cell:
        if column.required:
            raise Problem("nothing here", line=line, field=column.name, expected=column.expected)
        return column.blank
    if "\x00" in cell:
        raise Problem("a NUL character", line=line, field=column.name, expected=column.expected)
    try:
        return column.read(cell)
    except (ValueError, OverflowError):
        raise Problem(
            f"“{cell}” does not fit", line=line, field=column.name, expected=column.expected
        ) from None


def _once_each(kind: FactKind, rows: Rows) -> list[dict[str, Any]]:
    """The rows without repeats; two that contradict each other are refused."""
    seen: dict[str, tuple[int, dict[str, Any]]] = {}
    for line, values in rows:
        key = key_of(kind, values)
        if key in seen and seen[key][1] != values:
            raise Problem(
                f"“{key}” stands here and in line {seen[key][0]} with other values",
                line=line,
                field=kind.columns[0].name,
                expected="one row for each",
            )
        seen[key] = line, values
    return [values for _, values in seen.values()]

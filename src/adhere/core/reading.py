"""The rows of a CSV or JSON Lines file as cells of text, each with its line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from adhere.core.areas import FactKind
from adhere.core.neutral import bare
from adhere.errors import Problem, nearest

LARGEST = 100_000_000
Cells = dict[str, str]


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
    return _json_lines(kind, text) if text.lstrip()[0] in "{[" else _csv(kind, text)


def _csv(kind: FactKind, text: str) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                pass
            elif not header:
                header = [name.strip() for name in cells]
                check_columns(kind, header, line)
            elif len(cells) != len(header):
                raise Problem(
                    f"{len(cells)} cells", line=line, expected=f"{len(header)}, as the header"
                )
            else:
                yield line, {name: bare(cell) for name, cell in zip(header, cells, strict=True)}
            line = reader.line_num + 1
    except csv.Error as error:
        hint = f"quotes that close and cells of at most {csv.field_size_limit():,} characters"
        raise Problem(f"not CSV: {error}", line=line, expected=hint) from None


def _json_lines(kind: FactKind, text: str) -> Iterator[tuple[int, Cells]]:
    # Only the line feed ends a line: JSON text may hold other line separators as they are.
    for line, written in enumerate(text.split("\n"), 1):
        if written.strip():
            item = _object(written, line)
            check_columns(kind, [name for name, _ in item], line)
            yield line, {name: _cell(kind, name, value, line) for name, value in item}


def _object(written: str, line: int) -> list[tuple[str, Any]]:
    try:
        item = json.loads(written, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        raise Problem(f"not JSON: {error.msg}", line=line, expected="one object") from None
    except (ValueError, RecursionError):
        reason = "a number too long or nesting too deep"
        raise Problem(reason, line=line, expected="one flat object") from None
    if not isinstance(item, _Pairs):
        raise Problem("not an object", line=line, expected="one JSON object a line")
    return item


class _Pairs(list[tuple[str, Any]]):
    """An object with its names as written, so that one written twice is seen."""


def _cell(kind: FactKind, name: str, value: object, line: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    column = next(each for each in kind.columns if each.name == name)
    if isinstance(value, list) and not isinstance(value, _Pairs) and column.blank == []:
        if all(isinstance(each, str) and ";" not in each for each in value):
            return ";".join(value)
    elif isinstance(value, (str, int, float)):
        return str(value).strip()
    raise Problem("nested", line=line, field=name, expected=column.expected)


def check_columns(kind: FactKind, names: list[str], line: int) -> None:
    """Refuse unknown, repeated and missing columns."""
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

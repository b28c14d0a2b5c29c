"""Facts back out in the format of their import: what is exported imports again unchanged."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from adhere.core.areas import Export, FactKind
from adhere.core.columns import Column
from adhere.core.neutral import harmless

FORMATS = ("csv", "jsonl", "xlsx")
CHUNK = 2_000


def export_facts(kind: FactKind, form: str, since: datetime | None = None) -> bytes:
    """The newest version of every fact, oldest first; with ``since`` those recorded from then."""
    return b"".join(written(kind, form, current_rows(kind, since)))


def written(kind: FactKind | Export, form: str, rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Rows in one of the ``FORMATS``, part by part."""
    if form == "xlsx":
        yield _xlsx(kind, rows)
        return
    for part in _csv(kind, rows) if form == "csv" else _jsonl(kind, rows):
        yield part.encode()


def current_rows(kind: FactKind, since: datetime | None = None) -> Iterator[list[str]]:
    """Each fact's cells in the order of the columns."""
    manager: Any = kind.model._default_manager
    found = manager.filter(superseded_by=None, retracted=False)
    if since:
        found = found.filter(recorded_at__gte=since)
    names = [column.field for column in kind.columns]
    for values in found.order_by("pk").values_list(*names).iterator(chunk_size=CHUNK):
        yield [_cell(column, each) for column, each in zip(kind.columns, values, strict=True)]


def _cell(column: Column, value: Any) -> str:
    return "" if value is None else column.write(value)


def _csv(kind: FactKind | Export, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180, section 2
    writer.writerow([column.name for column in kind.columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(cell) for cell in row])
        if number % CHUNK == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _jsonl(kind: FactKind | Export, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        cells = zip(kind.columns, row, strict=True)
        yield json.dumps({column.name: _json(column, cell) for column, cell in cells}) + "\n"


def _json(column: Column, cell: str) -> Any:
    if column.blank == [] and column.blank is not None:
        return cell.split(";") if cell else []
    return cell


def _xlsx(kind: FactKind | Export, rows: Iterable[Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind.name[:31])

    def text(value: str) -> Any:
        cell = WriteOnlyCell(sheet, _storable(value))
        cell.data_type = "s"  # text whatever it begins with: never a formula
        return cell

    sheet.append([text(column.name) for column in kind.columns])
    for row in rows:
        sheet.append([text(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _storable(value: str) -> str:
    """Without the control characters that no spreadsheet can hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767]

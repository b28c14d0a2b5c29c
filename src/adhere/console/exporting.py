"""Rows as a download: CSV, an Excel workbook, or JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any, cast

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that hands each written line straight on."""

    def write(self, text: str) -> str:
        return text


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A CSV file, sent line by line. No cell can act as a formula in a spreadsheet."""
    return _download(_lines(header, rows), "text/csv; charset=utf-8", f"{name}.csv")


def jsonl_response(name: str, rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """A file of one JSON object a line, sent line by line."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return _download(lines, "application/jsonl; charset=utf-8", f"{name}.jsonl")


def xlsx_response(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """An Excel workbook of one sheet; every cell is text, none a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for row in (header, *rows):
        sheet.append([harmless(ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in row])
    file = TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    return _named(FileResponse(file, content_type=XLSX), f"{name}.xlsx")


def _download(lines: Iterator[str], content_type: str, file: str) -> HttpResponse:
    return _named(StreamingHttpResponse(lines, content_type=content_type), file)


def _named(response: StreamingHttpResponse, file: str) -> HttpResponse:
    name, _, ending = file.rpartition(".")
    named = f"{name}-{timezone.localdate().isoformat()}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    response.headers["Cache-Control"] = "no-store"
    return cast("HttpResponse", response)


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(header)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

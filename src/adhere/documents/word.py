"""DOCX into blocks."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from adhere.documents.blocks import BULLET, Block, Row, clean, item_text, looks_like_heading
from adhere.errors import Problem

MAX_UNPACKED = 200_000_000


def blocks(data: bytes, file: str) -> list[Block]:
    """Blocks of a Word document; a block's line is its number among paragraphs and rows."""
    import docx
    from docx.table import Table

    _check_size(data, file)
    try:
        document = docx.Document(io.BytesIO(data))
        parts = list(document.iter_inner_content())
    except Exception:  # python-docx lets KeyError, ValueError, XMLSyntaxError and more through
        raise Problem(
            "not a readable Word document", file=file, expected="a DOCX file, not encrypted"
        ) from None
    found: list[Block] = []
    number = 0
    for part in parts:
        number += 1
        if isinstance(part, Table):
            block = _table(part, number)
            number += len(block.rows) - 1
            found.append(block)
        elif clean(part.text):
            found.append(_paragraph(part, number))
    return found


def title(data: bytes) -> str:
    """The document's own title property, "" if it has none."""
    import docx

    return clean(docx.Document(io.BytesIO(data)).core_properties.title or "")


def _check_size(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Problem("not a readable Word document", file=file, expected="a DOCX file") from None
    if "word/document.xml" not in names:
        raise Problem("an archive, not a Word document", file=file, expected="a DOCX file")
    if size > MAX_UNPACKED:
        raise Problem(f"unpacks to {size} bytes", file=file, expected="at most 200 MB")


def _paragraph(part: Any, number: int) -> Block:
    text = clean(part.text)
    style = (part.style.name or "").lower() if part.style is not None else ""
    if style.startswith(("heading", "title", "kop", "titre", "überschrift")):
        return Block("heading", text, number, firm=True)
    properties = part._p.pPr
    listed = properties is not None and properties.numPr is not None
    if listed or style.startswith("list ") or BULLET.match(part.text):
        return Block("item", item_text(part.text), number)
    runs = [run for run in part.runs if run.text.strip()]
    if runs and all(run.bold for run in runs) and looks_like_heading(text):
        return Block("heading", text, number, firm=True)
    return Block("text", text, number)


def _table(table: Any, number: int) -> Block:
    rows = tuple(
        Row(tuple(clean(cell.text) or None for cell in row.cells), number + index)
        for index, row in enumerate(table.rows)
    )
    return Block("table", "", number, rows=rows)

"""PDF into blocks: lines, joined by their gaps; ruled tables as tables."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

import msgspec

from adhere.documents.blocks import (
    BULLET,
    ENUMERATOR,
    NUMBERED,
    Block,
    Row,
    clean,
    item_text,
    joined,
    looks_like_heading,
)
from adhere.errors import Problem

MAX_PAGES = 500
_NEW_PAGE = -5.0


class _Line(msgspec.Struct, frozen=True):
    text: str
    number: int
    size: float
    bold: bool
    left: float
    gap: float  # white space above, in line heights


_Part = _Line | Block


def blocks(data: bytes, file: str) -> list[Block]:
    """Blocks of a PDF, lines counted through the pages. Raises Problem for one without text."""
    import pdfplumber

    parts: list[_Part] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise Problem(
                    f"{len(document.pages)} pages are too many",
                    file=file,
                    expected=f"at most {MAX_PAGES}",
                )
            for page in document.pages:
                parts += _page(page, _last_line(parts))
                page.close()
    except Problem:
        raise
    except Exception as error:  # pdfminer raises its own errors, and many others on broken files
        locked = "password" in type(error).__name__.lower() or "Password" in repr(error)
        why = "the PDF is locked with a password" if locked else "not a readable PDF"
        raise Problem(why, file=file, expected="a PDF with text") from None
    if not parts:
        raise Problem(
            "the PDF holds no text, only images", file=file, expected="text (run OCR first)"
        )
    return _joined(parts)


def _last_line(parts: list[_Part]) -> int:
    if not parts:
        return 0
    last = parts[-1]
    return last.rows[-1].line if isinstance(last, Block) else last.number


def _page(page: Any, number: int) -> list[_Part]:
    tables = [t for t in page.find_tables() if len(t.rows) > 1 and len(t.rows[0].cells) > 1]
    boxes = [table.bbox for table in tables]
    lines = [line for line in page.extract_text_lines() if not _within(line, boxes)]
    places: list[tuple[float, Any]] = [(line["top"], line) for line in lines]
    places += [(table.bbox[1], table) for table in tables]
    parts: list[_Part] = []
    bottom = 2.0 * float(page.height)  # so that the first line stands far above: a new page
    for top, thing in sorted(places, key=lambda place: place[0]):
        if isinstance(thing, dict):
            number += 1
            parts.append(_line(thing, number, bottom))
            bottom = thing["bottom"]
        else:
            rows = _rows(thing, number)
            number += len(rows)
            parts.append(Block("table", "", rows[0].line, rows=rows))
            bottom = thing.bbox[3]
        del top
    return parts


def _within(line: Any, boxes: list[tuple[float, float, float, float]]) -> bool:
    middle = (line["top"] + line["bottom"]) / 2
    return any(
        top <= middle <= bottom and line["x0"] >= left - 1 and line["x1"] <= right + 1
        for left, top, right, bottom in boxes
    )


def _rows(table: Any, number: int) -> tuple[Row, ...]:
    return tuple(
        Row(tuple(clean(cell or "") or None for cell in cells), number + index)
        for index, cells in enumerate(table.extract(), start=1)
    )


def _line(line: Any, number: int, bottom: float) -> _Line:
    chars = [char for char in line["chars"] if char["text"].strip()] or line["chars"]
    size = Counter(round(char["size"], 1) for char in chars).most_common(1)[0][0]
    bold = all(re.search(r"bold|black|heavy", char["fontname"], re.I) for char in chars)
    gap = (line["top"] - bottom) / max(line["bottom"] - line["top"], 1.0)
    return _Line(line["text"], number, size, bold, line["x0"], gap)


def _joined(parts: list[_Part]) -> list[Block]:
    sizes: Counter[float] = Counter()
    gaps: Counter[float] = Counter()
    for part in parts:
        if isinstance(part, _Line):
            sizes[part.size] += len(part.text)
            if part.gap > _NEW_PAGE:
                gaps[round(part.gap, 1)] += 1
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    usual = min(gap for gap, count in gaps.most_common(2)) if gaps else 0.0
    found: list[Block] = []
    group: list[_Line] = []
    for part in parts:
        if isinstance(part, Block):
            found += _flush(group, body)
            found.append(part)
            group = []
        elif group and not _same(group[-1], part, usual):
            found += _flush(group, body)
            group = [part]
        else:
            group.append(part)
    return found + _flush(group, body)


def _same(before: _Line, line: _Line, usual: float) -> bool:
    if BULLET.match(line.text) or ENUMERATOR.match(line.text):
        return False
    if line.size != before.size or line.bold != before.bold:
        return False
    if line.gap < _NEW_PAGE:  # a new page: the sentence may go on there
        return line.text[:1].islower() and not before.text.rstrip().endswith((".", "?", "!"))
    return line.gap <= max(usual, 0.0) + 0.35


def _flush(group: list[_Line], body: float) -> list[Block]:
    if not group:
        return []
    raw = " ".join(line.text for line in group)
    text, starts = joined([(line.number, line.text) for line in group])
    number = group[0].number
    large = group[0].size > body * 1.08 or group[0].bold
    if large and looks_like_heading(text):
        return [Block("heading", text, number, firm=True)]
    if BULLET.match(raw):
        return [Block("item", item_text(raw), number)]
    if NUMBERED.match(raw) and looks_like_heading(text):
        return [Block("heading", text, number, firm=True)]
    if ENUMERATOR.match(raw):
        return [Block("item", item_text(raw), number)]
    kind = "heading" if len(group) == 1 and looks_like_heading(text) else "text"
    return [Block(kind, text, number, starts=starts)]

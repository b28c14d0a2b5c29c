"""Finds tracker tables, also those that lost their shape: one cell a line, cells missing."""

from __future__ import annotations

import re

import msgspec

from adhere.documents.blocks import NUMBERED, Block, Row
from adhere.documents.columns import (
    KIND,
    NAMES,
    NECESSARY,
    PARTY,
    PROVIDER,
    PURPOSE,
    RETENTION,
    column,
    is_header,
    is_name_list,
    surely_names,
    yes_or_no,
)
from adhere.documents.quantities import retention_days

MAX_GAP = 6  # cells without a yes, a no or a duration, after which a table has ended
_TYPED = (NECESSARY, RETENTION)
_RETENTION_WORDS = re.compile(
    r"(?:session|sessie|sitzung|persistent|permanent|permanente?|unlimited|indefinite\w*|never"
    r"|onbeperkt|illimité\w*|unbegrenzt)\b.{0,20}",
    re.IGNORECASE,
)

_IS_PARTY = re.compile(r"(?:first|third|1st|3rd)[ -]part(?:y|ies)", re.IGNORECASE)


class Cells(msgspec.Struct, frozen=True):
    """One row of a tracker table by column; `missing` columns have no cell in this row."""

    values: dict[str, str]
    line: int


class Table(msgspec.Struct, frozen=True):
    """A tracker table, the columns it has, and the index of the block where it stood."""

    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    at: int


def tables(blocks: list[Block]) -> tuple[list[Table], list[Block | None]]:
    """The tracker tables, and the blocks with None where a table stood."""
    found: list[Table] = []
    left: list[Block | None] = list(blocks)
    index = 0
    while index < len(blocks):
        block = blocks[index]
        table, used = None, 1
        if block.kind == "table":
            table = _shaped(block, index)
        elif column(block.text):
            table, used = _flat(blocks, index)
        if table:
            found.append(table)
            left[index : index + used] = [None] * used
        index += used
    return found, left


def _shaped(block: Block, at: int) -> Table | None:
    if not block.rows or not is_header(list(block.rows[0].cells)):
        return None
    kinds = [column(heading) for heading in block.rows[0].cells]
    rows = tuple(_row(kinds, row) for row in block.rows[1:] if any(row.cells))
    return Table(tuple(kind for kind in kinds if kind), rows, at)


def _row(kinds: list[str | None], row: Row) -> Cells:
    values: dict[str, str] = {}
    for kind, cell in zip(kinds, row.cells, strict=False):
        if kind and cell:
            values[kind] = f"{values[kind]} {cell}" if kind in values else cell
    return Cells(values, row.line)


def _flat(blocks: list[Block], start: int) -> tuple[Table | None, int]:
    kinds: list[str] = []
    index = start
    while index < len(blocks) and blocks[index].kind in ("heading", "text"):
        kind = column(blocks[index].text)
        if not kind or kind in kinds:
            break
        kinds.append(kind)
        index += 1
    if len(kinds) < 3 or not is_header([block.text for block in blocks[start:index]]):
        return None, 1
    cells = _region(blocks, index, kinds)
    rows = _align(cells, kinds)
    return (Table(tuple(kinds), rows, start), index - start + len(cells)) if rows else (None, 1)


def _region(blocks: list[Block], start: int, kinds: list[str]) -> list[Block]:
    """The blocks up to the last typed cell before a firm heading or another table."""
    end, gap = start, 0
    for index in range(start, len(blocks)):
        block = blocks[index]
        if block.kind not in ("heading", "text") or _is_end(block, blocks, index):
            break
        typed = any(kind in kinds for kind in _kinds_of(block.text) if kind in _TYPED)
        gap = 0 if typed else gap + 1
        if gap > MAX_GAP:
            break
        if typed:
            end = index + 1
    return blocks[start:end]


def _is_end(block: Block, blocks: list[Block], index: int) -> bool:
    if block.kind == "heading" and block.firm and not retention_days(block.text):
        return True
    numbered = NUMBERED.match(block.text) and not retention_days(block.text)
    heads = [column(b.text) for b in blocks[index : index + 3]]
    return bool(numbered) or (len(heads) == 3 and None not in heads and len(set(heads)) == 3)


def _kinds_of(cell: str) -> tuple[str, ...]:
    """Which columns a cell may belong to, by what it looks like, likeliest first."""
    text = cell.strip()
    few = len(text.split()) <= 4 and not text.endswith(".")
    if yes_or_no(text) is not None:
        return (NECESSARY,)
    if _is_retention(text):
        return (RETENTION,)
    if _IS_PARTY.fullmatch(text):
        return (PARTY, KIND)
    if is_name_list(text):
        return (NAMES,) if surely_names(text) else (PROVIDER, NAMES, KIND)
    return (PROVIDER, PURPOSE, KIND) if few else (PURPOSE,)


def _is_retention(text: str) -> bool:
    if _RETENTION_WORDS.fullmatch(text):
        return True
    short = len(text.split()) <= 8 and not text.endswith(".")
    return short and not surely_names(text) and retention_days(text) is not None


def _align(cells: list[Block], kinds: list[str]) -> tuple[Cells, ...]:
    """Cells into rows: a cell that fits no column to the right of the last one opens a row."""
    rows: list[Cells] = []
    last = len(kinds)
    for index, block in enumerate(cells):
        places = [kinds.index(kind) for kind in _kinds_of(block.text) if kind in kinds]
        if not places:
            continue
        ahead = [place for place in places if place > last]
        following = _kinds_of(cells[index + 1].text) if index + 1 < len(cells) else ()
        opens = NAMES in kinds and kinds.index(NAMES) in places and following == (PURPOSE,)
        place = ahead[0] if ahead and not opens else min(places)
        if place <= last or not rows:
            rows.append(Cells({}, block.line))
        rows[-1].values[kinds[place]] = block.text
        last = place
    return tuple(rows)

"""Plain text into blocks: paragraphs, wrapped or not, headings by their looks, lists."""

from __future__ import annotations

import re

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

_Line = tuple[int, str]
_WRAP_AT = 45
_FRAGMENT = 4


def blocks(text: str) -> list[Block]:
    """Blocks of a plain text, lines counted from 1."""
    found: list[Block] = []
    for group in _groups(text):
        found += _table(group) or _paragraphs(group)
    return found


def marked(found: list[Block]) -> list[Block]:
    """Blocks of a document that marks no heading at all, read by their looks as plain text is.

    A fragment of a few paragraphs needs no headings, and a short sentence looks like one.
    """
    kinds = [block.kind for block in found]
    if "heading" in kinds or kinds.count("text") < _FRAGMENT:
        return found
    return [
        _block([(block.line, block.text)], alone=True, last=True) if block.kind == "text" else block
        for block in found
    ]


def _groups(text: str) -> list[list[_Line]]:
    groups: list[list[_Line]] = [[]]
    for number, line in enumerate(re.split(r"\r\n?|\n|\f", text), start=1):
        if not clean(line):
            groups.append([])
        elif set(line.strip()) <= set("=-_~*") and len(line.strip()) > 2:
            continue  # a rule or an underline below a heading
        else:
            groups[-1].append((number, line.rstrip()))
    return [group for group in groups if group]


def _table(group: list[_Line]) -> list[Block]:
    """Lines of cells parted by tabs or bars."""
    for mark in ("\t", "|"):
        rows = [(number, line.strip(" |").split(mark)) for number, line in group]
        if len(rows) >= 2 and min(len(cells) for _, cells in rows) >= 3:
            made = tuple(Row(tuple(clean(c) or None for c in cells), n) for n, cells in rows)
            return [Block("table", "", group[0][0], rows=made)]
    return []


def _paragraphs(group: list[_Line]) -> list[Block]:
    found: list[Block] = []
    parts = [group[0]]
    alone = True
    for line in group[1:]:
        if _continues(parts[-1][1], line[1], BULLET.match(parts[0][1]) is not None):
            parts.append(line)
            continue
        found.append(_block(parts, alone=alone, last=False))
        parts, alone = [line], False
    found.append(_block(parts, alone=alone, last=True))
    return found


def _continues(before: str, line: str, in_item: bool) -> bool:
    if BULLET.match(line) or ENUMERATOR.match(line):
        return False
    text, ahead = clean(line), clean(before)
    if text[:1].islower() or (in_item and line[:1].isspace()):
        return True
    if looks_like_heading(ahead) and len(ahead) < _WRAP_AT:
        return False
    return len(ahead) >= _WRAP_AT and not ahead.endswith((":", ";"))


def _block(parts: list[_Line], *, alone: bool, last: bool) -> Block:
    raw = " ".join(text for _, text in parts)
    line = parts[0][0]
    text, starts = joined(parts)
    if BULLET.match(raw):
        return Block("item", item_text(raw), line)
    numbered = NUMBERED.match(raw) is not None and looks_like_heading(text)
    if numbered and (alone or "." in text.split()[0].rstrip(".")):
        return Block("heading", text, line, firm=True)
    if ENUMERATOR.match(raw):
        return Block("item", item_text(raw), line)
    # a short line right above its paragraph is a heading too; the last line of a group is not
    if len(parts) == 1 and looks_like_heading(text) and (alone or not last):
        return Block("heading", text, line)
    return Block("text", text, line, starts=starts)

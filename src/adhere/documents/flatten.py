"""Inline Markdown as plain text that knows, for each piece, its line and its clause spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

import msgspec
from markdown_it.token import Token

from adhere.documents.attributes import LEFT_OVER, Attributes, build, diagnose
from adhere.documents.markdown import attributes_of
from adhere.errors import Problem

_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_TEXT = frozenset(("text", "code_inline", "text_special", "image"))


class Piece(msgspec.Struct, frozen=True):
    text: str
    line: int
    clause: str | None


class Flat(msgspec.Struct, dict=True):
    """The pieces of one block; `found` are the clauses opened by its spans, by line."""

    pieces: list[Piece] = []
    found: list[tuple[Attributes, int]] = []

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def inside(self, clause: str) -> str:
        """The text of one span, spans nested in it counted."""
        return " ".join("".join(p.text for p in self.pieces if clause in _chain(p)).split())

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each piece begins, once all are gathered."""
        return [0, *accumulate(len(piece.text) for piece in self.pieces)]

    def at(self, offset: int) -> Piece:
        """The piece that holds the character at `offset`."""
        return self.pieces[bisect_right(self.starts, offset) - 1]


def _chain(piece: Piece) -> list[str]:
    return piece.clause.split(" ") if piece.clause else []


def flatten(token: Token, line: int, file: str, *, strict: bool = True) -> Flat:
    """The text of an inline token whose first line is `line`. Raises Problem.

    Not `strict`, spans are plain text and other people's attributes no fault.
    """
    flat = Flat([], [])
    open_spans: list[str | None] = []
    cursor, counted, here = 0, 0, line
    children = token.children or []
    for child, end in zip(children, _ends(children, len(token.content)), strict=True):
        cursor = max(child.meta.get("at", cursor), cursor)
        here += token.content.count("\n", counted, cursor)
        counted = cursor
        if child.type == "span_open":
            open_spans.append(_open(child, here, file, flat) if strict else None)
        elif child.type == "span_close":
            open_spans.pop()
        else:
            if strict and child.type == "text":
                _left_over(token.content, cursor, end, line, file)
            names = " ".join(name for name in open_spans if name) or None
            flat.pieces.append(Piece(_plain(child), here, names))
        cursor = _after(child, token.content, cursor)
    return flat


def _open(child: Token, line: int, file: str, flat: Flat) -> str | None:
    if child.meta.get("fault"):
        raise Problem(
            child.meta["fault"], file=file, line=line, expected='[text]{#id check="area.name"}'
        )
    attributes = build(attributes_of(child), file, line)
    if attributes is None:
        return None
    flat.found.append((attributes, line))
    return attributes.id


def _plain(child: Token) -> str:
    if child.type in _TEXT:
        return child.content
    return " " if child.type in ("softbreak", "hardbreak") else ""


def _after(child: Token, source: str, cursor: int) -> int:
    if "end" in child.meta:
        return int(child.meta["end"])
    if child.type == "text" and child.content:
        found = source.find(child.content, cursor)
        return found + len(child.content) if found >= 0 else cursor
    return cursor


def _left_over(source: str, start: int, end: int, line: int, file: str) -> None:
    """Finds attributes that stayed text between `start` and `end`; escaped braces are text."""
    masked = _ESCAPED.sub("\0\0", source[start:end])
    found = LEFT_OVER.search(masked)
    if not found:
        return
    place = start + found.start()
    why, expected = diagnose(source[place:])
    here = line + source.count("\n", 0, place)
    raise Problem(why, file=file, line=here, expected=expected)


def _ends(children: list[Token], length: int) -> list[int]:
    """For each child, where the next child that knows its place begins."""
    ends: list[int] = []
    end = length
    for child in reversed(children):
        ends.append(end)
        end = int(child.meta.get("at", end))
    return ends[::-1]


def runs(flat: Flat, start: int, end: int) -> Iterator[tuple[str | None, int, int]]:
    """Clause (innermost), start and end of each run of `flat.text[start:end]`."""
    first = bisect_right(flat.starts, start) - 1
    for index in range(first, len(flat.pieces)):
        piece, offset = flat.pieces[index], flat.starts[index]
        if offset >= end:
            return
        low, high = max(start, offset), min(end, offset + len(piece.text))
        if low < high:
            yield (_chain(piece)[-1] if piece.clause else None), low, high


def visible(html: str) -> str:
    """The words of raw HTML, so that a demand cannot hide in it."""
    bare = re.sub(r"<!--.*?(?:-->|$)", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", bare)

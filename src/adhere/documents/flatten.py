"""Inline Markdown as plain text that knows, for each piece, its line and its clause spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from markdown_it.token import Token

from adhere.documents.attributes import LEFT_OVER, Attributes, build, diagnose
from adhere.documents.markdown import attributes_of
from adhere.errors import Problem

_TEXT = frozenset(("text", "code_inline", "text_special", "image"))


class Piece(msgspec.Struct, frozen=True):
    text: str
    line: int
    clause: str | None


class Flat(msgspec.Struct):
    """The pieces of one block; `found` are the clauses opened by its spans, by line."""

    pieces: list[Piece] = []
    found: list[tuple[Attributes, int]] = []

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def inside(self, clause: str) -> str:
        """The text of one span, spans nested in it counted."""
        return " ".join("".join(p.text for p in self.pieces if clause in _chain(p)).split())

    def at(self, offset: int) -> Piece:
        """The piece that holds the character at `offset`."""
        for piece in self.pieces:
            if offset < len(piece.text):
                return piece
            offset -= len(piece.text)
        return self.pieces[-1]


def _chain(piece: Piece) -> list[str]:
    return piece.clause.split(" ") if piece.clause else []


def flatten(token: Token, line: int, file: str) -> Flat:
    """The text of an inline token whose first line is `line`. Raises Problem."""
    flat = Flat([], [])
    open_spans: list[str | None] = []
    cursor = 0
    for child in token.children or []:
        cursor = child.meta.get("at", cursor)
        here = line + token.content.count("\n", 0, cursor)
        if child.type == "span_open":
            open_spans.append(_open(child, here, file, flat))
        elif child.type == "span_close":
            open_spans.pop()
        else:
            _left_over(child, token.content, cursor, line, file)
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


def _left_over(child: Token, source: str, cursor: int, line: int, file: str) -> None:
    found = LEFT_OVER.search(child.content) if child.type == "text" else None
    if not found:
        return
    place = max(source.find(found.group(), cursor), cursor)
    why, expected = diagnose(source[place:])
    here = line + source.count("\n", 0, place)
    raise Problem(why, file=file, line=here, expected=expected)


def runs(flat: Flat, start: int, end: int) -> Iterator[tuple[str | None, int, int]]:
    """Clause (innermost), start and end of each run of `flat.text[start:end]`."""
    offset = 0
    for piece in flat.pieces:
        low, high = max(start, offset), min(end, offset + len(piece.text))
        offset += len(piece.text)
        if low < high:
            yield (_chain(piece)[-1] if piece.clause else None), low, high


def visible(html: str) -> str:
    """The words of raw HTML, so that a demand cannot hide in it."""
    bare = re.sub(r"<!--.*?(?:-->|$)", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", bare)

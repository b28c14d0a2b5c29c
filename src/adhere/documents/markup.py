"""Markdown, plain or literate, into blocks."""

from __future__ import annotations

import html
import re

from markdown_it.token import Token

from adhere.documents.blocks import Block, Row, clean, joined, looks_like_heading
from adhere.documents.flatten import flatten, visible
from adhere.documents.markdown import tokens_of
from adhere.errors import Problem

_FOREIGN = re.compile(r"\s*\{[#.][^{}]*\}$")  # "Title {#id}", as other tools write it


def blocks(text: str, file: str, offset: int = 0) -> list[Block]:
    """Blocks of Markdown; attributes are left out. Raises Problem for broken attributes."""
    found: list[Block] = []
    reader = _Reader(file, offset, found)
    try:
        for token in tokens_of(text):
            reader.take(token)
    except Problem as problem:
        line = problem.line + offset if problem.line and not problem.file else problem.line
        raise Problem(problem.message, file=file, line=line, expected=problem.expected) from None
    return found


class _Reader:
    def __init__(self, file: str, offset: int, found: list[Block]) -> None:
        self.file, self.offset, self.found = file, offset, found
        self.line = 1
        self.inside: list[str] = []
        self.item: list[str] = []
        self.item_line = 1
        self.rows: list[Row] = []
        self.cells: list[str | None] = []
        self.starts: tuple[tuple[int, int], ...] = ()

    def take(self, token: Token) -> None:
        if token.map:
            self.line = token.map[0] + 1 + self.offset
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            self._enter(kind)
        elif token.nesting == -1:
            self._leave(kind)
        elif token.type == "inline":
            flat = flatten(token, self.line, self.file, strict=False)
            by_line: dict[int, str] = {}
            for piece in flat.pieces:
                by_line[piece.line] = by_line.get(piece.line, "") + piece.text
            self.starts = joined(list(by_line.items()))[1]
            self._text(clean(flat.text), token)
        elif token.type == "html_block":
            self.starts = ()
            self._text(clean(html.unescape(visible(token.content))), token)

    def _enter(self, kind: str) -> None:
        if kind == "list_item" or (kind.endswith("_list") and self.item):
            self._flush_item()
            self.item_line = self.line
        if kind == "tr":
            self.cells = []
        self.inside.append(kind)

    def _leave(self, kind: str) -> None:
        if kind == "list_item":
            self._flush_item()
        elif kind in ("th", "td"):
            pass
        elif kind == "tr":
            self.rows.append(Row(tuple(self.cells), self.line))
        elif kind == "table":
            self.found.append(Block("table", "", self.rows[0].line, rows=tuple(self.rows)))
            self.rows = []
        if kind in self.inside:
            self.inside.pop()

    def _flush_item(self) -> None:
        if self.item:
            self.found.append(Block("item", clean(" ".join(self.item)), self.item_line))
            self.item = []

    def _text(self, text: str, token: Token) -> None:
        if "table" in self.inside:
            self.cells.append(text or None)
        elif not text:
            return
        elif "heading" in self.inside:
            bare = _FOREIGN.sub("", text)
            self.found.append(Block("heading", bare, self.line, firm=True))
        elif "list_item" in self.inside:
            self.item.append(text)
        else:
            bold = _all_strong(token) and looks_like_heading(text)
            kind = "heading" if bold else "text"
            self.found.append(Block(kind, text, self.line, firm=bold, starts=self.starts))


def _all_strong(token: Token) -> bool:
    children = [child for child in token.children or [] if child.type != "text" or child.content]
    return len(children) == 3 and children[0].type == "strong_open"

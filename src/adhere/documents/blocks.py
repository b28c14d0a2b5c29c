"""What every format is first turned into: headings, paragraphs, list items and tables."""

from __future__ import annotations

import re

import msgspec


class Row(msgspec.Struct, frozen=True):
    """One table row; a cell that is not there is None."""

    cells: tuple[str | None, ...]
    line: int


class Block(msgspec.Struct, frozen=True):
    """One piece of a document, at its line.

    `kind` is heading, text, item or table. A heading is `firm` when markup or a number says so,
    not only its looks. DOCX has no lines; there the paragraph's number stands for it. `starts`
    says at which offset of the text each further line of the file begins.
    """

    kind: str
    text: str
    line: int
    firm: bool = False
    rows: tuple[Row, ...] = ()
    starts: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int:
        """The line of the character at `offset` of the text."""
        return max((line for start, line in self.starts if start <= offset), default=self.line)


BULLET = re.compile(r"^\s*(?:[•◦▪▫●○■□‣⁃∙·–—*+o-]|\uf0b7|\uf0a7)\s+(?=\S)")
ENUMERATOR = re.compile(
    r"^\s*(?:\((?:[a-z]|\d{1,2}|[ivx]{1,5})\)|(?:[a-z]|\d{1,2}|[ivx]{1,5})[.)])\s+(?=\S)", re.I
)
NUMBERED = re.compile(r"^\s*(?:§\s*)?\d{1,2}(?:\.\d{1,2})*\.?\s+(?=\S)")
_MARKS = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_SENTENCE_END = tuple(".;:,!…")
MAX_HEADING = 90
MAX_HEADING_WORDS = 16


_MONSTER = re.compile(r"\S{300,}")


def calm(text: str) -> str:
    """The text without words of 300 characters and more, on which patterns take ages."""
    return _MONSTER.sub("…", text)


def clean(text: str) -> str:
    """Single spaces, no invisible marks."""
    return " ".join(_MARKS.sub("", text).split())


def joined(lines: list[tuple[int, str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One text of numbered lines, and where each begins in it."""
    text, starts = "", []
    for number, line in lines:
        text += " " if text else ""
        starts.append((len(text), number))
        text += clean(line)
    return text, tuple(starts)


def item_text(text: str) -> str:
    """A list item without its bullet or enumerator, and without what joins it to the next."""
    bare = BULLET.sub("", text)
    bare = ENUMERATOR.sub("", bare) if bare == text else bare
    return re.sub(r"\s*;(?:\s*(?:and|or|en|of|et|ou|und|oder))?\s*$", "", clean(bare))


def without_number(heading: str) -> str:
    return NUMBERED.sub("", heading).strip()


def looks_like_heading(text: str) -> bool:
    """A short line without a final stop, in capitals or numbered."""
    bare = text.strip()
    if not bare or len(bare) > MAX_HEADING or len(bare.split()) > MAX_HEADING_WORDS:
        return False
    if bare.endswith(_SENTENCE_END) or BULLET.match(bare) or "@" in bare or "://" in bare:
        return False
    first = without_number(bare)[:1]
    return first.isupper() or (first.isdigit() and not NUMBERED.match(bare))

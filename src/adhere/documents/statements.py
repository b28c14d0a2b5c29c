"""Blocks into clauses: one for each sentence, one for each list item."""

from __future__ import annotations

import re
import unicodedata

from adhere.documents import sentences
from adhere.documents.blocks import Block, clean
from adhere.documents.document import ReadClause
from adhere.documents.modality import (
    explicit,
    heading_modality,
    inherited,
    lead_modality,
    modality,
)

ID_WORDS = 6
ID_LENGTH = 48


def clauses(blocks: list[Block], language: str) -> list[ReadClause]:
    """Every sentence a clause, every list item one; items inherit from their lead-in."""
    found: list[ReadClause] = []
    names: dict[str, int] = {}
    heading, lead = "", "statement"
    for block in blocks:
        if block.kind == "heading":
            heading, lead = block.text, heading_modality(block.text)
            continue
        kind = {"item": "item", "table": "row"}.get(block.kind, "sentence")
        for text, way, line in _statements(block, language, lead):
            name = _unique(slug(text), names)
            found.append(ReadClause(name, heading, text, way, line, kind))
        if block.kind != "item":
            lead = lead_modality(sentences.split(block.text), language, lead)
    return found


def _statements(block: Block, language: str, lead: str) -> list[tuple[str, str, int]]:
    if block.kind == "item":
        return [(block.text, _of_item(block.text, language, lead), block.line)]
    if block.kind == "table":
        rows = [(" – ".join(c for c in row.cells if c), row.line) for row in block.rows]
        return [(text, modality(text, language), line) for text, line in rows if text]
    found = []
    for start, end in sentences.spans(block.text):
        text = clean(block.text[start:end])
        found.append((text, modality(text, language), block.line_at(start)))
    return found


def _of_item(text: str, language: str, lead: str) -> str:
    """An item is what its first sentence is; a demand further on cannot lift what is forbidden."""
    parts = sentences.split(text) or [text]
    if lead != "statement":
        first = parts[0]
        return inherited(modality(first, language), explicit(first, language), lead)
    ways = [modality(part, language) for part in parts]
    order = ("prohibition", "obligation", "permission")
    return next((way for way in order if way in ways), "statement")


def slug(text: str, words: int = ID_WORDS) -> str:
    """A short lower-case name from a text's first words: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore")
    parts = re.findall(r"[a-z0-9]+", plain.decode().lower().replace("'", ""))
    name = "-".join(parts[:words])
    return name[:ID_LENGTH].rstrip("-") or "clause"


def _unique(name: str, names: dict[str, int]) -> str:
    names[name] = names.get(name, 0) + 1
    if names[name] == 1:
        return name
    return _unique(f"{name}-{names[name]}", names)

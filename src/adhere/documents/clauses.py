"""Walks the blocks of a policy and collects its clauses and sentences."""

from __future__ import annotations

import html

import msgspec
from markdown_it.token import Token

from adhere.documents import sentences
from adhere.documents.attributes import Attributes, build
from adhere.documents.flatten import Flat, Piece, flatten, runs, visible
from adhere.documents.markdown import attributes_of
from adhere.documents.modality import (
    NORMATIVE,
    demands,
    explicit,
    heading_modality,
    inherited,
    lead_modality,
    modality,
)
from adhere.documents.source import Sentence, SourceClause

_LISTS = ("bullet_list_open", "ordered_list_open")


class _Open(msgspec.Struct):
    """A block clause whose text is still being gathered; it ends at `level`."""

    attributes: Attributes
    level: int
    line: int
    heading: str
    texts: list[str]


class Walker:
    """One pass over the tokens of a policy's body."""

    def __init__(self, file: str, language: str, offset: int) -> None:
        self.file, self.language, self.offset = file, language, offset
        self.heading = ""
        self.in_heading = False
        self.lead = "statement"
        self.leads: list[str] = []
        self.fresh_item = False
        self.line = 1 + offset
        self.blocks: list[_Open] = []
        self.clauses: list[SourceClause] = []
        self.sentences: list[Sentence] = []

    def walk(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.map:
                self.line = token.map[0] + 1 + self.offset
            self._structure(token)
            if token.nesting == 1 and token.type != "attrs_block":
                self._open(token)
            elif token.type == "inline":
                self._inline(flatten(token, self.line, self.file))
            elif token.type == "html_block":
                words = html.unescape(visible(token.content))
                self._inline(Flat([Piece(words, self.line, None)], []))
            elif token.nesting == -1:
                self._close(token)

    def _structure(self, token: Token) -> None:
        if token.type == "heading_open":
            self.in_heading = True
        elif token.type == "heading_close":
            self.in_heading = False
        elif token.type in _LISTS:
            self.leads.append(self.lead)
        elif token.type == "list_item_open":
            self.lead = self.leads[-1]
            self.fresh_item = True
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lead = self.leads.pop()
            self.fresh_item = False

    def _open(self, token: Token) -> None:
        attributes = build(attributes_of(token), self.file, self.line) if token.attrs else None
        attributes = attributes if token.attrs or token.meta else None
        if attributes and (token.type != "heading_open" or attributes.checks):
            self.blocks.append(_Open(attributes, token.level, self.line, self.heading, []))

    def _close(self, token: Token) -> None:
        while self.blocks and self.blocks[-1].level == token.level:
            block = self.blocks.pop()
            self._clause(block.attributes, " ".join(block.texts), block.heading, block.line)

    def _clause(self, found: Attributes, text: str, heading: str, line: int) -> None:
        own = (found.checks, found.rest, found.maps, found.consents)
        self.clauses.append(SourceClause(found.id, text, heading, line, *own))

    def _inline(self, flat: Flat) -> None:
        text = " ".join(flat.text.split())
        if not text:
            return
        if self.in_heading:
            self.heading, self.lead = text, heading_modality(text)
        for block in self.blocks:
            block.texts.append(text)
        for found, line in flat.found:
            self._clause(found, flat.inside(found.id), self.heading, line)
        self._sentences(flat)

    def _sentences(self, flat: Flat) -> None:
        whole = flat.text
        texts = []
        for start, end in sentences.spans(whole):
            texts.append(" ".join(whole[start:end].split()))
            for clause, low, high in _parts(flat, start, end, self.language):
                self._sentence(whole[low:high], flat.at(low).line, clause)
                self.fresh_item = False
        if not self.in_heading:
            before = "statement" if self.leads else self.lead
            self.lead = lead_modality(texts, self.language, before)

    def _sentence(self, raw: str, line: int, clause: str | None) -> None:
        text = " ".join(raw.split())
        if clause is None and self.blocks:
            clause = self.blocks[-1].attributes.id
        found = modality(text, self.language)
        if self.in_heading and not text.endswith((".", "!")):
            found = "statement"
        elif self.leads and self.fresh_item:
            found = inherited(found, explicit(text, self.language), self.leads[-1])
        normative = found in NORMATIVE
        count = max(1, demands(text, self.language)) if normative else 0
        self.sentences.append(Sentence(text, line, clause, normative, found, count))


def _parts(flat: Flat, start: int, end: int, language: str) -> list[tuple[str | None, int, int]]:
    """One part for a sentence of one clause; a sentence of several clauses comes apart.

    A sentence belongs to its one clause when at least half of its letters stand inside it. Words
    between clauses go with the clause before them unless they demand something themselves.
    """
    found = list(runs(flat, start, end))
    names = {name for name, _, _ in found if name}
    if len(names) <= 1:
        inside = sum(high - low for name, low, high in found if name)
        name = next(iter(names), None)
        return [(name if inside * 2 >= end - start else None, start, end)]
    parts: list[tuple[str | None, int, int]] = []
    for name, low, high in found:
        free = name is None and explicit(flat.text[low:high], language) not in NORMATIVE
        if parts and (free or parts[-1][0] == name):
            parts[-1] = (parts[-1][0], parts[-1][1], high)
        else:
            parts.append((name, low, high))
    if parts[0][0] is None and explicit(flat.text[start : parts[0][2]], language) not in NORMATIVE:
        parts[:2] = [(parts[1][0], start, parts[1][2])]
    return parts

"""A policy text as the rules look at it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from adhere.documents.blocks import calm
from adhere.documents.document import Document, ReadClause, Tracker
from adhere.documents.phrases import Phrases
from adhere.documents.phrases.review import review_phrases
from adhere.documents.read import Reading
from adhere.documents.review.links import Links, links
from adhere.documents.source import LANGUAGES
from adhere.documents.vendors import publishers

_LITERATE = re.compile(r"\A---\s*$.*?^policy\s*:.*?^---\s*$", re.MULTILINE | re.DOTALL)
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])-\s?(?=[a-zà-ÿ])")
LONGEST = 2_000  # characters of a sentence that are looked at
TOP = 5_000  # characters in which front matter ends
MANY = 5  # mentions that make a text one about cookies, whatever its title


class Text(msgspec.Struct, dict=True):
    """The document, its build, and the day on which it is judged."""

    reading: Reading
    today: datetime.date

    @property
    def document(self) -> Document:
        return self.reading.document

    @property
    def clauses(self) -> tuple[ReadClause, ...]:
        return self.document.clauses

    @property
    def trackers(self) -> tuple[Tracker, ...]:
        return self.document.trackers

    @cached_property
    def readable(self) -> bool:
        """Whether it is in one of the languages that the rules read."""
        return self.document.language in LANGUAGES

    @cached_property
    def published_here(self) -> bool:
        """A policy of Adhere's own form, whose page shows version, date and owner by itself."""
        return self.reading.kind == "md" and bool(_LITERATE.match(self.reading.source[:TOP]))

    @cached_property
    def links(self) -> Links:
        return links(self.reading.source, self.reading.kind)

    @cached_property
    def whole(self) -> str:
        """All its words, those of its tables too."""
        rows = [cell or "" for b in self.reading.blocks for row in b.rows for cell in row.cells]
        return calm("\n".join([*(block.text for block in self.reading.blocks), *rows]))

    @cached_property
    def unbroken(self) -> str:
        """All its words once more, with words joined that a line end had hyphenated."""
        return _HYPHENATED.sub("", self.whole)

    @cached_property
    def own(self) -> frozenset[str]:
        return publishers(self.whole)

    @cached_property
    def kind(self) -> str:
        """``cookies``, ``privacy`` or ``other``: a policy on security, say, or on work."""
        title = self.document.title
        if self.trackers or self.matches("cookie", title):
            return "cookies"
        if self.matches("privacy", title):
            return "privacy"
        mentions = sum(1 for _ in self._phrases["cookie"].finditer(self.whole))
        return "cookies" if mentions >= MANY else "other"

    @cached_property
    def _phrases(self) -> Phrases:
        return review_phrases(self.document.language if self.readable else "en")

    def find(self, name: str, text: str) -> re.Match[str] | None:
        return self._phrases[name].search(calm(text)[:LONGEST])

    def matches(self, name: str, text: str | None) -> bool:
        return bool(text) and self.find(name, text or "") is not None

    def says(self, *names: str) -> bool:
        """Whether one of the patterns stands anywhere, in its own language or in English."""
        patterns = [each[name] for each in (self._phrases, review_phrases("en")) for name in names]
        return any(each.search(text) for text in (self.whole, self.unbroken) for each in patterns)

    def where(self, name: str) -> Iterator[tuple[ReadClause, re.Match[str]]]:
        """Each sentence that says so, and the words that do."""
        pattern = self._phrases[name]
        for clause, text in self._calmed:
            match = pattern.search(text)
            if match:
                yield clause, match

    @cached_property
    def _calmed(self) -> list[tuple[ReadClause, str]]:
        return [(clause, calm(clause.text)[:LONGEST]) for clause in self.clauses]

    @property
    def first_line(self) -> int:
        return self.reading.blocks[0].line if self.reading.blocks else 1


def short(text: str, limit: int = 200) -> str:
    """The words of a quotation, cut at a word where there are too many."""
    bare = " ".join(text.split())
    return bare if len(bare) <= limit else bare[:limit].rsplit(" ", 1)[0] + " …"

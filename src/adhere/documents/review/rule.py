"""What a rule of the review is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from adhere.documents.review.text import Text

ERROR, WARNING, NOTE = "error", "warning", "note"
ALL, DATA, COOKIES = ("cookies", "privacy", "other"), ("cookies", "privacy"), ("cookies",)


class Hit(msgspec.Struct, frozen=True):
    """A place where a rule is broken; `told` fills the rule's reason."""

    line: int
    quote: str
    told: dict[str, str] = {}


class Rule(msgspec.Struct, frozen=True):
    """One rule. `kinds` are the kinds of text that it fits, `why` a reason with named gaps.

    `wordless` rules read no language and so judge a text in any.
    """

    id: str
    severity: str
    reference: str
    why: str
    advice: str
    find: Callable[[Text], Iterable[Hit]]
    kinds: tuple[str, ...] = DATA
    wordless: bool = False


class Finding(msgspec.Struct, frozen=True):
    """One fault of a text, at its line, with the words it is about."""

    rule: str
    severity: str
    line: int
    quote: str
    why: str
    reference: str
    advice: str

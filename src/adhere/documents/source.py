"""What a literate policy holds: clauses, sentences and front matter."""

from __future__ import annotations

import msgspec

LANGUAGES = ("en", "nl", "fr", "de")


class SourceClause(msgspec.Struct, frozen=True):
    """An addressable statement; `line` is where its text begins in the file, from 1.

    `consents` is how many members of the security team an exemption from it takes.
    `attributes` holds every other attribute but class, as raw strings.
    """

    id: str
    text: str
    heading: str
    line: int
    checks: tuple[str, ...] = ()
    attributes: dict[str, str] = {}
    maps: tuple[str, ...] = ()
    consents: int = 1


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of the body.

    `normative` is true of obligations and prohibitions. `modality` of a list item's first
    sentence is inherited from the lead-in ("The following is prohibited:") where the sentence
    has none of its own. `demands` counts the separate demands it makes.
    """

    text: str
    line: int
    clause: str | None
    normative: bool
    modality: str
    demands: int


class PolicySource(msgspec.Struct, frozen=True):
    """A policy as its author wrote it; `sha256` is of the file's exact bytes."""

    slug: str
    title: str
    owner: str
    audience: str
    language: str
    front: dict[str, object]
    body: str
    sha256: str
    clauses: tuple[SourceClause, ...]
    sentences: tuple[Sentence, ...]
    file: str

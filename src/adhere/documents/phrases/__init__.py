"""The words by which four languages demand, forbid and permit.

Patterns are our own reading of how policies are written; each is matched without regard to case.
A module for each language holds its ``TABLE``: pattern by name. Only those are compiled that a
text asks for, as compiling all of them takes longer than reading a short policy.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

from adhere.documents.source import LANGUAGES


class Phrases(dict[str, re.Pattern[str]]):
    """The patterns of one language by name."""

    def __init__(self, table: dict[str, str]) -> None:
        super().__init__()
        self.table = table

    def __missing__(self, name: str) -> re.Pattern[str]:
        self[name] = re.compile(self.table[name], re.IGNORECASE)
        return self[name]


@cache
def phrases_of(language: str) -> Phrases:
    """What a language says; English where it has no patterns here."""
    name = language if language in LANGUAGES else "en"
    return Phrases(import_module(f"{__name__}.{name}").TABLE)

"""The words by which a policy text says, or fails to say, what the law asks of it.

A module for each language holds its ``TABLE``, as those beside this folder do.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from adhere.documents.phrases import Phrases


@cache
def review_phrases(language: str) -> Phrases:
    """The patterns of one of the four languages."""
    return Phrases(import_module(f"{__name__}.{language}").TABLE)

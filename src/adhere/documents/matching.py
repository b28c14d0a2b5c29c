"""Which check fits a sentence, by the words they share."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from adhere.documents.wordlists import words as listed

THRESHOLD = 0.22  # of a cosine between 0 and 1
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s")
_IDLE = frozenset(
    listed(
        """the and for with that this from must shall should may not are is was were been
        have has will any all each every other than then they their them your our who which when
        where what such only also into onto upon under over least most more less same policy
        company check personnel person people employee staff statement sentence kept keep recorded
        nothing"""
    )
)


class Matcher:
    """Compares sentences with the descriptions of checks; rare words weigh more."""

    def __init__(self, checks: Mapping[str, str]) -> None:
        self.words = {
            name: _words(f"{re.sub('[._]', ' ', name)} {text}") for name, text in checks.items()
        }
        spread: dict[str, int] = {}
        for words in self.words.values():
            for word in words:
                spread[word] = spread.get(word, 0) + 1
        count = len(self.words)
        self.weights = {w: math.log(1 + count / used) for w, used in spread.items()}

    def best(self, sentence: str, count: int = 1) -> list[str]:
        """At most `count` checks, closest first, that share two words and pass the threshold."""
        said = _words(sentence)
        scored = [(self._score(said, words), name) for name, words in self.words.items()]
        fitting = sorted((-score, name) for score, name in scored if score >= THRESHOLD)
        return [name for _, name in fitting[:count]]

    def _score(self, said: frozenset[str], words: frozenset[str]) -> float:
        shared = said & words
        if len(shared) < 2:
            return 0.0
        known = [word for word in said if word in self.weights]
        return self._length(shared) ** 2 / (self._length(known) * self._length(words))

    def _length(self, words: frozenset[str] | list[str]) -> float:
        return math.sqrt(sum(self.weights.get(word, 1.0) ** 2 for word in words)) or 1.0


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W\d_]{3,}", text.lower())
    return frozenset(_stem(word) for word in found if word not in _IDLE)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word

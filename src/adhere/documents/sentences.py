"""Splits running text into sentences, keeping where each begins."""

from __future__ import annotations

import re

from adhere.documents.wordlists import words

# Abbreviations after which a full stop does not end a sentence, all four languages together.
_SHORT = frozenset(
    words(
        """e.g i.e cf vs mr mrs ms dr prof st no nr nos art arts fig sec approx incl excl
        max min bijv d.w.z m.b.t o.a t.a.v enz mevr dhr blz evt resp i.v.m m.i.v p.ex c.-à-d c.à.d
        env mm mme m z.b d.h u.a bzw ggf tel tél ca evtl abs inkl zzgl usw bspw"""
    )
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+|$)")
_NEAR = 40  # characters before a full stop that tell whether it ends a sentence
_WORD_BEFORE = re.compile(r"[\w.\-]+$")
_ENUMERATOR = re.compile(r"(?:^|\s)\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})(?:\.\d{1,3})*$", re.I)


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence in `text`, white space outside them."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if not _ends(text, start, match):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [span for span in (_trim(text, *span) for span in found) if span[0] < span[1]]


def split(text: str) -> list[str]:
    """The sentences of `text` with single spaces inside."""
    return [" ".join(text[start:end].split()) for start, end in spans(text)]


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 40].lstrip()
    if not after:
        return True
    if match.group().startswith("."):
        near = text[max(start, match.start() - _NEAR) : match.start()]
        before = _WORD_BEFORE.search(near)
        word = before.group().lower().strip(".-") if before else ""
        if word in _SHORT or _is_initial(word, near):
            return False
        # "2. Contact": a number at a sentence's own start counts, it ends nothing
        if match.start() - start < _NEAR and _ENUMERATOR.fullmatch(near.strip()):
            return False
    first = after.lstrip("\"'“‘«([„*_")[:1]
    return not first.islower()


def _is_initial(word: str, before: str) -> bool:
    return len(word) == 1 and word.isalpha() and before[-1:].isupper()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

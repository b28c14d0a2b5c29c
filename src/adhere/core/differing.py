"""What changed between two texts of a policy, sentence by sentence. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from adhere.documents.policy import PolicySource, Sentence

Kind = Literal["added", "removed", "changed"]
Mark = Literal["same", "gone", "new"]
_ALIKE = 0.35  # less than this share of common words makes two sentences, not a changed one
_WORD = re.compile(r"(?:\w[\w'’-]*|[^\w\s])\s*")


class Change(msgspec.Struct, frozen=True):
    """One sentence that is new, gone, or says something else. ``clause`` is "" outside any."""

    clause: str
    kind: Kind
    before: str
    after: str

    @property
    def marks(self) -> list[tuple[Mark, str]]:
        """Both wordings in one run of words: those that stayed, are gone, are new."""
        old, new = _WORD.findall(self.before), _WORD.findall(self.after)
        bare = [word.strip() for word in old], [word.strip() for word in new]
        found: list[tuple[Mark, str]] = []
        matcher = SequenceMatcher(None, bare[0], bare[1], autojunk=False)
        for tag, low, high, start, end in matcher.get_opcodes():
            if tag == "equal":
                found.append(("same", "".join(new[start:end])))
                continue
            if high > low:
                found.append(("gone", "".join(old[low:high])))
            if end > start:
                found.append(("new", "".join(new[start:end])))
        return found


def differences(before: PolicySource, after: PolicySource) -> list[Change]:
    """Every changed sentence, in the order of the new text; a removed one where it stood.

    Sentences are held against each other within their clause, so moving a clause or inserting
    one changes nothing; those outside clauses within the whole text.
    """
    old, new = _by_clause(before), _by_clause(after)
    found: list[Change] = []
    for clause in _order(list(old), list(new)):
        found += _within(clause, old.get(clause, []), new.get(clause, []))
    return found


def _by_clause(source: PolicySource) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for sentence in source.sentences:
        groups.setdefault(_home(sentence), []).append(sentence.text)
    return groups


def _home(sentence: Sentence) -> str:
    return sentence.clause or ""


def _order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new order, with what is gone after the neighbour it followed."""
    order = list(new)
    for place, clause in enumerate(old):
        if clause in order:
            continue
        before = next((each for each in reversed(old[:place]) if each in order), None)
        order.insert(order.index(before) + 1 if before is not None else 0, clause)
    return order


def _within(clause: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, low, high, start, end in matcher.get_opcodes():
        if tag != "equal":
            yield from _paired(clause, old[low:high], new[start:end])


def _paired(clause: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Each new sentence with the old one most like it, in order; the rest came or went."""
    waiting = list(old)
    for text in new:
        scores = [_likeness(each, text) for each in waiting]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < _ALIKE:
            yield Change(clause, "added", "", text)
            continue
        yield from (Change(clause, "removed", gone, "") for gone in waiting[:best])
        yield Change(clause, "changed", waiting[best], text)
        del waiting[: best + 1]
    yield from (Change(clause, "removed", gone, "") for gone in waiting)


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


class Summary(msgspec.Struct, frozen=True):
    """How many sentences and clauses came, went or changed."""

    changed: int
    added: int
    removed: int
    new_clauses: int
    gone_clauses: int


def summary_of(before: PolicySource, after: PolicySource) -> Summary:
    """The counts of a comparison."""
    kinds = Counter(change.kind for change in differences(before, after))
    old = {clause.id for clause in before.clauses}
    new = {clause.id for clause in after.clauses}
    return Summary(
        kinds["changed"], kinds["added"], kinds["removed"], len(new - old), len(old - new)
    )


def summary(before: PolicySource, after: PolicySource) -> str:
    """One plain sentence: ``2 sentences changed, 1 new clause.``"""
    counts = summary_of(before, after)
    parts = [
        _count(counts.changed, "sentence changed", "sentences changed"),
        _count(counts.added, "sentence added", "sentences added"),
        _count(counts.removed, "sentence removed", "sentences removed"),
        _count(counts.new_clauses, "new clause", "new clauses"),
        _count(counts.gone_clauses, "clause withdrawn", "clauses withdrawn"),
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else "No sentence changed."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""

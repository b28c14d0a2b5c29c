"""Which question comes next, and how well the answers so far did. Pure.

A round asks one question of each clause. After a wrong answer another question of the same
clause is drawn, until one is answered right. A clause counts when the first answer of its last
round was right; where too few do, the others are asked again in a new round.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import msgspec

from adhere.areas.conduct.bank import Bank, Question


class Answer(msgspec.Struct, frozen=True):
    """One answer given: the words of the question and of what was chosen, and when."""

    question: str
    clause: str
    asked: str
    answered: tuple[str, ...]
    right: bool
    round: int
    at: str


class Drawn(msgspec.Struct, frozen=True):
    """A question as it is shown: the places in ``question.answers``, in the order on the page."""

    question: Question
    order: tuple[int, ...]

    @property
    def options(self) -> list[tuple[int, str]]:
        """Each place on the page with the words that stand there."""
        return [(place, self.question.answers[each]) for place, each in enumerate(self.order)]

    def chosen(self, places: Sequence[int]) -> tuple[tuple[str, ...], bool]:
        """The words at the places chosen, and whether those are all the right ones."""
        picked = {self.order[place] for place in places if 0 <= place < len(self.order)}
        words = tuple(self.question.answers[each] for each in sorted(picked))
        return words, picked == set(range(len(self.question.right)))


def score(clauses: Sequence[str], answers: Sequence[Answer]) -> int:
    """How many of a hundred clauses count, rounded down."""
    return 100 * sum(_counts(each, answers) for each in clauses) // len(clauses) if clauses else 100


def missed(clauses: Sequence[str], answers: Sequence[Answer]) -> list[str]:
    """The clauses that do not count."""
    return [each for each in clauses if not _counts(each, answers)]


def open_clauses(clauses: Sequence[str], answers: Sequence[Answer], round_: int) -> list[str]:
    """The clauses that still want a right answer in this round."""
    return [each for each in clauses if _open(each, answers, round_)]


def draw(bank: Bank, clause: str, answers: Sequence[Answer], seed: str) -> Drawn:
    """The question to ask about a clause: one asked least so far, never the last one again."""
    before = [each.question for each in answers if each.clause == clause]
    about = bank.about(clause)
    fresh = [each for each in about if each.id not in before[-1:]] or about
    least = min(before.count(each.id) for each in fresh)
    random = Random(f"{seed} {len(answers)}")  # noqa: S311  (to vary, not to keep a secret)
    question = random.choice([each for each in fresh if before.count(each.id) == least])
    order = list(range(len(question.answers)))
    random.shuffle(order)
    return Drawn(question, tuple(order))


def _of(clause: str, answers: Sequence[Answer]) -> list[Answer]:
    """The answers about a clause in its last round."""
    found = [each for each in answers if each.clause == clause]
    return [each for each in found if each.round == found[-1].round]


def _counts(clause: str, answers: Sequence[Answer]) -> bool:
    return any(each.right for each in _of(clause, answers)[:1])


def _open(clause: str, answers: Sequence[Answer], round_: int) -> bool:
    last = _of(clause, answers)
    if not last or last[-1].round == round_:
        return not any(each.right for each in last)
    return not _counts(clause, answers)

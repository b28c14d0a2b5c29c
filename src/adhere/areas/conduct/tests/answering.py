"""Answers questions for the tests, right or wrong as they like."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from adhere.areas.conduct.terms import Terms, terms_of
from adhere.areas.conduct.understanding import Given, Standing, answer, standing
from adhere.core.models import Person

POLICY = "work-behaviours"


def terms() -> Terms:
    found = terms_of(POLICY)
    assert found
    return found


def stand(person: str, language: str = "en") -> Standing:
    found = standing(terms(), Person.objects.get(pk=person), language)
    assert found
    return found


def places(found: Standing, *, right: bool = True) -> list[int]:
    """The places of the right answers, or of one that is wrong."""
    assert found.drawn
    good = len(found.drawn.question.right)
    chosen = [place for place, each in enumerate(found.drawn.order) if (each < good) == right]
    return chosen if right else chosen[:1]


def reply(person: str, *, right: bool = True, language: str = "en") -> bool | None:
    """Answer the next question."""
    found = stand(person, language)
    assert found.drawn
    given = Given(len(found.answers), found.drawn.question.id, places(found, right=right))
    return answer(terms(), Person.objects.get(pk=person), language, given)


def answer_all(person: str, wrong_at_first: Collection[str] = (), language: str = "en") -> Any:
    """Answer until the round is over; those clauses wrong at the first go of it."""
    left = set(wrong_at_first)
    while (found := stand(person, language)).open:
        assert found.drawn
        clause = found.drawn.question.clause
        reply(person, right=clause not in left, language=language)
        left.discard(clause)
    return found

"""In the fictitious company somebody stopped half way through the questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from adhere.areas.conduct.terms import Terms, all_terms
from adhere.areas.conduct.understanding import Given, answer, asked_clauses, standing
from adhere.core.models import Person


def fill(random: Random, today: date) -> Iterator[dict[str, str]]:
    """One person at work has answered half of what is asked; no clause is broken by that."""
    for terms in all_terms():
        here = Person.objects.filter(joined__lte=today).exclude(left__lt=today)
        behind = [each for each in here.order_by("id") if len(asked_clauses(terms, each.pk)) > 1]
        if behind:
            _half(terms, random.choice(behind))
    yield from ()


def _half(terms: Terms, person: Person) -> None:
    found = standing(terms, person, person.language)
    while found and found.drawn and len(found.open) > len(found.attempt.clauses) // 2:
        # Every fourth answer is the first on the page, right or wrong.
        luck = len(found.answers) % 4 == 0
        good = range(len(found.drawn.question.right))
        right = [place for place, each in enumerate(found.drawn.order) if each in good]
        given = Given(len(found.answers), found.drawn.question.id, [0] if luck else right)
        answer(terms, person, person.language, given)
        found = standing(terms, person, person.language)

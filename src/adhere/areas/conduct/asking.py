"""Whether a person has to answer questions before accepting a policy, and where."""

from __future__ import annotations

from contextlib import suppress

from django.urls import reverse

from adhere.areas.conduct.terms import terms_of
from adhere.areas.conduct.understanding import asked_clauses
from adhere.errors import Problem


def asks(slug: str, person: str) -> str:
    """The address of the questions about the newest version; "" where none are open.

    A question bank that cannot be read lets nobody accept without questions.
    """
    terms = terms_of(slug)
    with suppress(Problem):
        if terms is None or not asked_clauses(terms, person):
            return ""
    return reverse("conduct:questions", args=[slug])

"""Finds people and clauses from what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from adhere.areas.incidents.people import at_work
from adhere.console.wording import wording
from adhere.core.models import Incident, Person
from adhere.core.policies import current

OFFERED = 300


def person_typed(words: str) -> Person | None:
    """The one person of that id, address or name; None where nobody or several are meant."""
    typed = words.strip()
    exact = Person.objects.filter(Q(pk=typed) | Q(email__iexact=typed) | Q(name__iexact=typed))
    found = list(exact[:2]) or list(at_work().filter(name__icontains=typed)[:2])
    return found[0] if len(found) == 1 else None


def people_offered() -> list[tuple[str, str]]:
    """Ids and names to choose from; a large company's people are found by typing."""
    return list(at_work().order_by("name").values_list("pk", "name")[:OFFERED])


def clauses() -> list[tuple[str, str]]:
    """Every clause in force, as ``policy/clause``, with its words in the page's language."""
    return [
        (f"{policy.source.slug}/{clause.id}", clause.text)
        for policy in current()
        for clause in wording(policy).clauses
    ]


def places(fixed: Iterable[str]) -> list[str]:
    """The company's places, then those of earlier reports."""
    named = [each.strip() for each in fixed if each.strip()]
    earlier = Incident.objects.filter(superseded_by=None).exclude(place="").order_by("-pk")
    found = [*named, *earlier.values_list("place", flat=True)[:200]]
    return list(dict.fromkeys(found))[:40]


def last_place(person: str) -> str:
    """Where a person reported from the last time."""
    rows = Incident.objects.filter(reporter=person, superseded_by=None).exclude(place="")
    return rows.order_by("-pk").values_list("place", flat=True).first() or "" if person else ""

"""What the templates of this area need of Python."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from adhere.areas.incidents.listing import badge
from adhere.areas.incidents.words import SORTS

register = template.Library()


@register.filter
def sort_word(sort: str) -> str:
    """A kind of incident in words."""
    return str(SORTS.get(sort, sort))


@register.filter
def incident_badge(state: str) -> str:
    """Where an incident stands, as a badge."""
    return badge(state)


@register.filter
def named(names: Mapping[str, str], person: str) -> str:
    """A person's name, or what stands in its place."""
    return names.get(person, person)


@register.filter
def clause_parts(clause: str) -> list[str]:
    """Policy and clause of ``policy/clause``."""
    return clause.split("/", 1)

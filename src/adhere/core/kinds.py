"""The fact kinds of the core itself, and all kinds of the house by name."""

from __future__ import annotations

from functools import cache

from adhere.core.acknowledging import ACKNOWLEDGEMENTS
from adhere.core.areas import FactKind, areas
from adhere.core.exempting import EXEMPTIONS
from adhere.core.incidents import INCIDENTS
from adhere.core.people import PEOPLE
from adhere.errors import Problem, nearest


@cache
def kinds() -> dict[str, FactKind]:
    """Every fact kind: the core's and those of each area."""
    found = [
        PEOPLE,
        EXEMPTIONS,
        ACKNOWLEDGEMENTS,
        INCIDENTS,
        *(kind for area in areas() for kind in area.facts),
    ]
    return {kind.name: kind for kind in found}


def kind_named(name: str) -> FactKind:
    """The kind of that name; a ``Problem`` offers the nearest."""
    if name not in kinds():
        raise Problem(f"unknown kind “{name}”", field="KIND", expected=nearest(name, kinds()))
    return kinds()[name]

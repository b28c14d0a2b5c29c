"""Rows of tracker tables into trackers."""

from __future__ import annotations

import re

from adhere.documents.blocks import Block
from adhere.documents.columns import (
    EMPTY,
    NAMES,
    NECESSARY,
    PARTY,
    PROVIDER,
    PURPOSE,
    RETENTION,
    names_of,
    yes_or_no,
)
from adhere.documents.document import Tracker
from adhere.documents.lazy import lazy
from adhere.documents.quantities import retention_days
from adhere.documents.tables import Cells, Table
from adhere.documents.vendors import vendor

_FIRST = lazy(
    r"\b(?:first|1st)[ -]party|\b(?:eigen|eerste[ -]?partij|first)[ -]cookies?\b|eerste partij"
    r"|eigen cookies|\bpremière partie|cookies? (?:propres|internes)|erstanbieter",
    re.IGNORECASE,
)
_THIRD = lazy(
    r"\b(?:third|3rd)[ -]part(?:y|ies)|\bderden?\b|derde partij|cookies? (?:de )?tiers|\btiers\b"
    r"|tierce partie|drittanbieter|dritter\b",
    re.IGNORECASE,
)
_NECESSARY = lazy(
    r"^(?:[\d.]+\s+)?(?:strictly necessary|essential|strikt noodzakelijke|noodzakelijke"
    r"|cookies? strictement nécessaires?|unbedingt erforderliche|notwendige)\b",
    re.IGNORECASE,
)


def trackers(table: Table, blocks: list[Block], own: frozenset[str]) -> list[Tracker]:
    """The trackers of one table; `blocks` tell what stands above it."""
    above = _above(blocks, table.at)
    return [_tracker(row, table, above, own) for row in table.rows]


def _above(blocks: list[Block], at: int) -> list[str]:
    """The texts between the table and the nearest firm heading, that heading last."""
    texts: list[str] = []
    for block in reversed(blocks[:at]):
        if block.kind == "table":
            break
        texts.append(block.text)
        if block.kind == "heading" and block.firm:
            break
    return texts


def _tracker(row: Cells, table: Table, above: list[str], own: frozenset[str]) -> Tracker:
    cells = {kind: text for kind, text in row.values.items() if not EMPTY.fullmatch(text)}
    provider, purpose = cells.get(PROVIDER), cells.get(PURPOSE)
    named = vendor(provider, purpose, own)
    necessary = yes_or_no(cells.get(NECESSARY))
    if NECESSARY not in table.columns and above and _NECESSARY().match(above[-1]):
        necessary = True
    retention = cells.get(RETENTION)
    return Tracker(
        names=names_of(cells.get(NAMES)),
        vendor=named,
        provider=provider,
        purpose=purpose,
        party=_party(cells.get(PARTY), above, named),
        strictly_necessary=necessary,
        retention=retention,
        retention_days=retention_days(retention),
        line=row.line,
    )


def _party(cell: str | None, above: list[str], named: str | None) -> str | None:
    for text in [cell or "", *above]:
        first, third = bool(_FIRST().search(text)), bool(_THIRD().search(text))
        if first != third:
            return "first" if first else "third"
    return "third" if named else None

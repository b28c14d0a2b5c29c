"""What is missing, contradictory or unlawful in a policy text itself.

A rule speaks up only where the text's own words prove it, or where what the law asks to be said
stands nowhere; what cannot be told is not reported. It judges no website and is no legal advice.
"""

from __future__ import annotations

import datetime

from adhere.documents.read import Reading
from adhere.documents.review import (
    consent,
    contradictions,
    inventory,
    missing,
    necessity,
    promises,
    retention,
)
from adhere.documents.review.rule import ERROR, NOTE, WARNING, Finding, Rule
from adhere.documents.review.text import Text

__all__ = ("ERROR", "NOTE", "RULES", "WARNING", "Finding", "Rule", "review")

RULES: tuple[Rule, ...] = tuple(
    rule
    for family in (inventory, necessity, consent, retention, missing, promises, contradictions)
    for rule in family.RULES
)


def review(reading: Reading, today: datetime.date) -> list[Finding]:
    """Every fault that the rules find, by line; a text in a fifth language by its tables alone."""
    text = Text(reading, today)
    fitting = [rule for rule in RULES if text.kind in rule.kinds]
    found = [
        Finding(
            rule.id,
            rule.severity,
            hit.line,
            hit.quote,
            rule.why.format_map(hit.told),
            rule.reference,
            rule.advice,
        )
        for rule in fitting
        if text.readable or rule.wordless
        for hit in rule.find(text)
    ]
    return sorted(found, key=lambda each: each.line)

"""How long trackers and data stay."""

from __future__ import annotations

from collections.abc import Iterator

from adhere.documents.document import Tracker
from adhere.documents.quantities import retention_days
from adhere.documents.review.inventory import row_hit
from adhere.documents.review.known import ANALYTICS, is_consent, services
from adhere.documents.review.rule import COOKIES, WARNING, Hit, Rule
from adhere.documents.review.text import Text, short

MONTHS_13, MONTHS_24 = 397, 732  # days, with room for months of 31


def _too_long(text: Text) -> Iterator[Hit]:
    for row in text.trackers:
        limit, months = _limit(row, text)
        if row.retention_days and row.retention_days[1] > limit:
            yield row_hit(row, retention=row.retention or "", months=str(months))


def _limit(row: Tracker, text: Text) -> tuple[int, int]:
    """The longest that is defended anywhere: 13 months for an answer or for counting visits."""
    counts = any(each.purpose == ANALYTICS for each in services(row))
    if counts or is_consent(row) or text.matches("analytics", row.purpose):
        return MONTHS_13, 13
    return MONTHS_24, 24


def _vague_rows(text: Text) -> Iterator[Hit]:
    for row in text.trackers:
        cell = (row.retention or "").strip(" .")
        match = text.find("vague_cell", cell)
        if row.retention_days is None and match and match.group() == cell:
            yield row_hit(row, retention=cell)


def _vague_sentences(text: Text) -> Iterator[Hit]:
    """Once for each section, unless a sentence of that section names a period."""
    told = {clause.heading for clause in text.clauses if retention_days(clause.text)}
    for clause, match in text.where("vague"):
        kept = text.matches("kept", clause.text) and not text.matches("negation", clause.text)
        if kept and clause.heading not in told:
            told.add(clause.heading)
            yield Hit(clause.line, short(clause.text), {"words": match.group()})


RULES = (
    Rule(
        "retention-too-long",
        WARNING,
        "GDPR Art. 5(1)(e); CNIL guidelines of 17 September 2020 on trackers (13 months)",
        "{row} stays {retention}; more than {months} months is hard to defend for what it does",
        "Shorten the lifetime and say the shorter one.",
        _too_long,
        COOKIES,
    ),
    Rule(
        "retention-vague",
        WARNING,
        "CJEU C-673/17 (Planet49), 79–81; GDPR Art. 13(2)(a)",
        "“{retention}” tells no reader how long {row} stays",
        "Write a number of days, months or years, or “session”.",
        _vague_rows,
        COOKIES,
    ),
    Rule(
        "period-vague",
        WARNING,
        "GDPR Art. 13(2)(a); WP260 rev.01 on transparency, annex",
        "“{words}” tells no reader for how long",
        "Write the period, or what it is measured by.",
        _vague_sentences,
    ),
)

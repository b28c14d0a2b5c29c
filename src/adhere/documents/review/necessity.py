"""“Strictly necessary” said of what is not."""

from __future__ import annotations

from collections.abc import Iterator

from adhere.documents.document import Tracker
from adhere.documents.review.inventory import row_hit
from adhere.documents.review.known import ADVERTISING, ANALYTICS, CHAT, EMBED, is_consent, services
from adhere.documents.review.rule import COOKIES, ERROR, Hit, Rule
from adhere.documents.review.text import Text, short

_REFERENCE = (
    "ePrivacy Directive Art. 5(3); WP194 (Opinion 04/2012) on exempt cookies; "
    "EDPB Cookie Banner Taskforce report, practice I"
)
_REASONS = {
    ADVERTISING: "advertising is never needed for a service that the visitor asked for",
    ANALYTICS: "counting or watching visitors is useful to the publisher, not asked for by them",
    CHAT: "a chat is needed only once the visitor opens it",
    EMBED: "content of others is needed only once the visitor asks to see it",
}
_WORDS = {"marketing": ADVERTISING, "analytics": ANALYTICS, "chat": CHAT, "embeds": EMBED}


def _rows(text: Text) -> Iterator[Hit]:
    for row in text.trackers:
        kinds = _kinds(row, text) if row.strictly_necessary else []
        if kinds:
            yield row_hit(row, kinds=", ".join(kinds), reason=_REASONS[kinds[0]])


def _kinds(row: Tracker, text: Text) -> list[str]:
    """What a row is for besides the service itself, as known, else by its words."""
    purpose = row.purpose or ""
    if is_consent(row) or text.matches("choice_row", purpose):
        return []
    found = {service.purpose for service in services(row)}
    if not found and not text.matches("protects", purpose):
        found = {kind for name, kind in _WORDS.items() if text.matches(name, purpose)}
    return [kind for kind in _REASONS if kind in found]


def _sentences(text: Text) -> Iterator[Hit]:
    for clause, match in text.where("called_necessary"):
        if not text.matches("negation", match.group()):
            yield Hit(clause.line, short(clause.text), {"words": match.group()})


RULES = (
    Rule(
        "necessary-said-of-others",
        ERROR,
        _REFERENCE,
        "{row} is called strictly necessary, but is for {kinds}: {reason}",
        "Ask for consent first, and write “no” in the column or move the row.",
        _rows,
        COOKIES,
    ),
    Rule(
        "necessary-in-words",
        ERROR,
        _REFERENCE,
        "“{words}” calls strictly necessary what needs consent",
        "Say that these wait for consent, and let them.",
        _sentences,
    ),
)

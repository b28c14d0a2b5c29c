"""Rows of tracker tables: what they leave out, and what they contradict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from adhere.documents.document import Tracker
from adhere.documents.review.known import ADVERTISING, ANALYTICS, by_name, is_consent, services
from adhere.documents.review.rule import COOKIES, ERROR, WARNING, Hit, Rule
from adhere.documents.review.text import Text, short

_WRITTEN_HERE = (ANALYTICS, ADVERTISING)
_PLANET49 = "ePrivacy Directive Art. 5(3); CJEU C-673/17 (Planet49), 75–81"


def row_hit(row: Tracker, **told: str) -> Hit:
    """A finding on a row; its quotation is what stands in its cells."""
    cells = (", ".join(row.names), row.provider, row.purpose, row.retention)
    return Hit(row.line, short(" | ".join(filter(None, cells))), {"row": called(row), **told})


def called(row: Tracker) -> str:
    """How a reader would point to a row."""
    return ", ".join(row.names) or row.provider or row.vendor or short(row.purpose or "?", 40)


def _without(lacks: Callable[[Tracker], bool]) -> Callable[[Text], Iterator[Hit]]:
    def find(text: Text) -> Iterator[Hit]:
        return (row_hit(row) for row in text.trackers if lacks(row))

    return find


def _disagreements(text: Text) -> Iterator[Hit]:
    """Rows with a name in common that cannot both be true."""
    for first, second in combinations(text.trackers, 2):
        shared = [name for name in first.names if name in second.names]
        what = _differ(first, second) if shared else []
        if what:
            names, line = ", ".join(shared), str(first.line)
            yield row_hit(second, names=names, line=line, what=", ".join(what))


def _differ(first: Tracker, second: Tracker) -> list[str]:
    """What both rows say, and say differently."""
    pairs = {
        "retention": (first.retention_days, second.retention_days),
        "party": (first.party, second.party),
        "provider": (_plain(first.vendor), _plain(second.vendor)),
        "necessity": (first.strictly_necessary, second.strictly_necessary),
        "purpose": (_plain(first.purpose), _plain(second.purpose)),
    }
    found = [name for name, (a, b) in pairs.items() if a is not None and b is not None and a != b]
    return [] if found == ["purpose"] and _alike(*pairs["purpose"]) else found


def _plain(value: str | None) -> str | None:
    return re.sub(r"\W+", " ", value).strip().lower() if value else None


def _alike(first: object, second: object) -> bool:
    """Two wordings of one purpose share most of their words."""
    one, two = set(str(first).split()), set(str(second).split())
    return len(one & two) * 2 >= min(len(one), len(two))


def _parties(text: Text) -> Iterator[Hit]:
    """Rows called first-party that name a service which sets its cookies from elsewhere.

    Analytics and pixels write into the visited site's own domain, so theirs are first-party.
    """
    for row in text.trackers:
        found = [each for each in services(row) if each.purpose not in _WRITTEN_HERE]
        if row.party == "first" and found:
            yield row_hit(row, provider=found[0].name)


def _consent_cookie(text: Text) -> Iterator[Hit]:
    """A banner has to keep its answer somewhere."""
    if not text.trackers or any(_keeps_choice(row, text) for row in text.trackers):
        return
    for clause, match in text.where("banner"):
        if text.matches("consent", clause.text):
            yield Hit(clause.line, short(clause.text), {"banner": match.group()})
            return


def _keeps_choice(row: Tracker, text: Text) -> bool:
    return is_consent(row) or text.matches("choice_row", row.purpose)


def _no_inventory(text: Text) -> Iterator[Hit]:
    if text.trackers or text.says("list_kept") or _names_cookies(text):
        return
    yield Hit(text.first_line, text.document.title)


def _names_cookies(text: Text) -> bool:
    return any(by_name(word) for word in re.findall(r"[\w-]{3,60}", text.whole))


RULES = (
    Rule(
        "row-without-name",
        ERROR,
        _PLANET49,
        "a row on {row} names no cookie or other tracker, so nobody can find it on a device",
        "Write the exact name of each tracker.",
        _without(lambda row: not row.names),
        COOKIES,
        wordless=True,
    ),
    Rule(
        "row-without-provider",
        WARNING,
        "GDPR Art. 13(1)(e); CJEU C-673/17 (Planet49), 80",
        "{row} does not say who sets or reads it",
        "Write the company that sets or reads the tracker.",
        _without(lambda row: row.party != "first" and not (row.provider or row.vendor)),
        COOKIES,
        wordless=True,
    ),
    Rule(
        "row-without-purpose",
        ERROR,
        "ePrivacy Directive Art. 5(3); GDPR Art. 13(1)(c)",
        "{row} does not say what it is for",
        "Write what the tracker is used for.",
        _without(lambda row: not row.purpose),
        COOKIES,
        wordless=True,
    ),
    Rule(
        "row-without-retention",
        ERROR,
        _PLANET49,
        "{row} does not say how long it stays",
        "Write the longest time that the tracker stays on a device.",
        _without(lambda row: not row.retention),
        COOKIES,
        wordless=True,
    ),
    Rule(
        "rows-disagree",
        ERROR,
        "GDPR Art. 5(1)(a), 12(1)",
        "{names} also stands in the row of line {line}, with another {what}",
        "Keep one row for each tracker, with what is true.",
        _disagreements,
        COOKIES,
        wordless=True,
    ),
    Rule(
        "party-contradicts-provider",
        WARNING,
        "GDPR Art. 5(1)(a), 13(1)(e); EDPB Guidelines 2/2023 on Art. 5(3)",
        "{row} is called first-party, though {provider} is another company's service",
        "Move the row to the third parties, or say that its provider receives what it reads.",
        _parties,
        COOKIES,
        wordless=True,
    ),
    Rule(
        "consent-cookie-missing",
        WARNING,
        "ePrivacy Directive Art. 5(3); GDPR Art. 7(1)",
        "the text speaks of a choice ({banner}), but no row has the tracker that keeps it",
        "Add the tracker of the consent tool to the inventory.",
        _consent_cookie,
        COOKIES,
    ),
    Rule(
        "no-inventory",
        WARNING,
        _PLANET49,
        "no cookie or other tracker is named, nor is a list of them",
        "Add a table with name, provider, purpose and retention of each tracker.",
        _no_inventory,
        COOKIES,
    ),
)

"""What a text says of its publisher and of itself in two ways that cannot both be true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adhere.documents.blocks import calm
from adhere.documents.dates import dated
from adhere.documents.document import ReadClause
from adhere.documents.review.company import bare, is_placeholder, is_valid, numbers
from adhere.documents.review.rule import ALL, ERROR, WARNING, Hit, Rule
from adhere.documents.review.text import Text, short

_CHANGED = re.compile(
    r"updated|modified|revised|amended|last update|bijgewerkt|gewijzigd|mise? à jour|aktualisiert"
    r"|geändert"
)
_EMAIL = re.compile(r"(?<![\w.+-])(?P<local>[\w.+-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)")


def _ours(text: Text, clause: ReadClause) -> bool:
    """Whether a sentence speaks of the publisher: as “we”, or by its name."""
    low = clause.text.lower()
    return text.matches("own", clause.text) or any(
        name in low for name in text.own if len(name) > 2
    )


def _addresses(text: Text) -> Iterator[Hit]:
    """Two seats: each address alone in a sentence that calls it our registered or head office."""
    found = [each.value for each in text.document.contacts if each.kind == "address"]
    first: tuple[str, ReadClause] | None = None
    for clause in text.clauses:
        inside = [value for value in found if value in clause.text]
        if len(inside) != 1 or not text.matches("seat", clause.text) or not _ours(text, clause):
            continue
        if first is None:
            first = (inside[0], clause)
        elif _place(first[0]) != _place(inside[0]):
            told = {"one": first[0], "other": inside[0], "line": str(first[1].line)}
            yield Hit(clause.line, short(clause.text), told)


def _place(address: str) -> tuple[str, str]:
    """Street and house number, which two ways to write one address share."""
    words = re.findall(r"[^\W\d_]+", address.lower())
    number = re.search(r"\d+", address)
    return max(words, key=len, default=""), number.group() if number else ""


def _company_numbers(text: Text) -> Iterator[Hit]:
    first: dict[str, tuple[str, int]] = {}
    for clause in text.clauses:
        for country, number in numbers(clause.text) if _ours(text, clause) else ():
            kept = first.setdefault(country, (number, clause.line))
            if _differs(kept[0], number):
                told = {"one": kept[0], "other": number, "line": str(kept[1])}
                yield Hit(clause.line, short(clause.text), told)


def _differs(one: str, other: str) -> bool:
    """A SIRET begins with the SIREN of its company."""
    a, b = bare(one), bare(other)
    return not (a.startswith(b) or b.startswith(a))


def _invalid_numbers(text: Text) -> Iterator[Hit]:
    seen: set[str] = set()
    for clause in text.clauses:
        for country, number in numbers(clause.text):
            if bare(number) in seen or is_placeholder(number) or is_valid(country, number):
                continue
            seen.add(bare(number))
            yield Hit(clause.line, short(clause.text), {"number": number})


def _emails(text: Text) -> Iterator[Hit]:
    """One mailbox at two hosts, in sentences about the publisher."""
    first: dict[str, tuple[str, int]] = {}
    for clause in text.clauses:
        for match in _EMAIL.finditer(calm(clause.text)):
            local, address = match["local"].lower(), match.group().lower()
            kept = first.setdefault(local, (address, clause.line))
            if kept[0] != address and _kin(kept[0], address):
                told = {"one": kept[0], "other": address, "line": str(kept[1])}
                yield Hit(clause.line, short(clause.text), told)


def _kin(one: str, other: str) -> bool:
    """Hosts of one name, as ``firm.be`` and ``firm.com``, or one letter apart."""
    a, b = (address.rpartition("@")[2].split(".")[-2] for address in (one, other))
    near = len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    return near or sorted(a) == sorted(b)


def _dates(text: Text) -> Iterator[Hit]:
    """Two days of last change outside lists, which may tell a history."""
    first: tuple[str, int] | None = None
    for block in text.reading.blocks:
        for cue, day in dated(calm(block.text)) if block.kind != "item" else ():
            if not _CHANGED.search(cue):
                continue
            first = first or (day, block.line)
            if first[0] != day:
                told = {"one": first[0], "other": day, "line": str(first[1])}
                yield Hit(block.line, short(block.text), told)


def _future(text: Text) -> Iterator[Hit]:
    for block in text.reading.blocks:
        for _, day in dated(calm(block.text)):
            if day > text.today.isoformat():
                yield Hit(block.line, short(block.text), {"day": day})


RULES = (
    Rule(
        "addresses-differ",
        ERROR,
        "GDPR Art. 5(1)(a), 13(1)(a)",
        "the seat is {other} here and {one} in line {line}",
        "Keep the address that is true.",
        _addresses,
        ALL,
    ),
    Rule(
        "company-numbers-differ",
        ERROR,
        "GDPR Art. 5(1)(a), 13(1)(a)",
        "the company number is {other} here and {one} in line {line}",
        "Keep the number that is true.",
        _company_numbers,
        ALL,
    ),
    Rule(
        "company-number-invalid",
        ERROR,
        "GDPR Art. 13(1)(a)",
        "the check digits of {number} are wrong, so no company bears it",
        "Look the number up in the public register.",
        _invalid_numbers,
        ALL,
        wordless=True,
    ),
    Rule(
        "emails-differ",
        WARNING,
        "GDPR Art. 12(2), 13(1)(a)",
        "the address is {other} here and {one} in line {line}",
        "Keep the address that somebody reads.",
        _emails,
        ALL,
        wordless=True,
    ),
    Rule(
        "dates-differ",
        ERROR,
        "GDPR Art. 12(1)",
        "last changed on {other} here and on {one} in line {line}",
        "Keep the date that is true.",
        _dates,
        ALL,
        wordless=True,
    ),
    Rule(
        "date-in-future",
        WARNING,
        "GDPR Art. 12(1)",
        "{day} is still to come",
        "Show the text that holds today, and announce the next one beside it.",
        _future,
        ALL,
        wordless=True,
    ),
)

"""Addresses, e-mail, telephone, website, company number and contact form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adhere.documents.blocks import Block, calm
from adhere.documents.document import Contact
from adhere.documents.lazy import lazy

_DIGIT = re.compile(r"\d")
_WEB_MARK = re.compile(r"://|www\.", re.IGNORECASE)
_EMAIL = lazy(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_WEB = lazy(r"https?://[^\s<>\"“”'()]+|(?<![\w@./])www\.[a-z0-9-]+\.[^\s<>\"“”'()]+", re.I)
_PHONE = lazy(
    r"(?:\b(?:tel(?:ephone|efoon|efon)?|phone|téléphone|telefonnummer|gsm|mobile)\b\.?\s*:?\s*"
    r"(?:number|nr\.?)?\s*)(\+?[\d][\d ()./-]{6,}\d)|(?<![\w.])(\+\d[\d ()./-]{7,}\d)",
    re.IGNORECASE,
)
_COMPANY = lazy(
    r"\b(?:(?:company|registration|enterprise|vat|business)\s+(?:registration\s+)?(?:number|no\.?)"
    r"|ondernemingsnummer|kbo|kvk(?:-nummer)?|btw(?:-nummer)?|bce|tva"
    r"|numéro d['’](?:entreprise|immatriculation)|n° d['’]entreprise|rcs|siren|siret"
    r"|handelsregister(?:nummer)?|hrb|ust-idnr\.?|unternehmensnummer)\s*(?:is|:|under|n°|nr\.?)?\s*"
    r"((?:[A-Z]{2,3}\s?)?\d[\d. /-]{4,}\d)",
    re.IGNORECASE,
)
_FORM = lazy(
    r"\b(?:contact form|contactformulier|formulaire de contact|kontaktformular)\b", re.IGNORECASE
)
_STREETS = (
    r"straat|steenweg|laan|weg|plein|dreef|lei|kaai|singel|gracht|kade|markt|baan|stra(?:ß|ss)e"
    r"|platz|allee|gasse|ring|damm|ufer"
)
_PLACE = r"(?:\s+in\s+|,?\s+)(?:(?:[A-Z]{1,2}-)?\d{4,5}(?:\s?[A-Z]{2})?\s+)?[A-ZÀ-Ý][\w'’À-ÿ-]+"
_BOX = r"(?:\s+(?:bus|box|boîte|bte|postbus|b)\.?\s*\w+)?"
_ADDRESSES = tuple(
    lazy(pattern)
    for pattern in (
        rf"\b[A-ZÀ-Ý][\w'’À-ÿ-]*(?:{_STREETS})(?:-[A-Z]\w+)?\s+\d+\s?[a-zA-Z]?\b"
        rf"(?i:{_BOX}){_PLACE}",
        r"\b(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]haussée|[Pp]lace|[Qq]uai|[Cc]hemin|[Cc]ours)\s+"
        rf"[\w'’À-ÿ .-]{{2,40}}?,?\s*\d+\s?[a-zA-Z]?\b(?i:{_BOX}){_PLACE}",
        r"\b\d+\w?,?\s+(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]haussée|[Pp]lace|[Qq]uai)\s+"
        rf"[\w'’À-ÿ .-]{{2,40}}?{_PLACE}",
        r"\b\d+\w?\s+(?:[A-Z][\w'’-]+\s+){1,3}(?:Street|Road|Avenue|Lane|Square|Drive|Way|Place|Court)"
        rf"(?:{_PLACE})?",
    )
)


def contacts(blocks: list[Block]) -> list[Contact]:
    """Every contact once, in the order of the text."""
    found: dict[tuple[str, str], Contact] = {}
    for block in blocks:
        for kind, value in sorted(_in(block.text), key=lambda pair: block.text.find(pair[1])):
            found.setdefault((kind, value.lower()), Contact(kind, value, block.line))
    return list(found.values())


def _in(raw: str) -> Iterator[tuple[str, str]]:
    text = calm(raw)
    if "@" in text:
        yield from (("email", match.group()) for match in _EMAIL().finditer(text))
    if _WEB_MARK.search(text):
        yield from (("website", m.group().rstrip(".,;:!?)”")) for m in _WEB().finditer(text))
    numbered = _DIGIT.search(text) is not None
    if numbered:
        yield from (("phone", (m[1] or m[2]).strip()) for m in _PHONE().finditer(text))
        yield from (("company-number", m[1].strip(" .")) for m in _COMPANY().finditer(text))
    yield from (("form", match.group()) for match in _FORM().finditer(text))
    if numbered:
        for pattern in _ADDRESSES:
            yield from (("address", match.group().strip()) for match in pattern().finditer(text))

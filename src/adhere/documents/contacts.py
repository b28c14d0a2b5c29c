"""Addresses, e-mail, telephone, website, company number and contact form."""

from __future__ import annotations

import re

from adhere.documents.blocks import Block, calm
from adhere.documents.document import Contact

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"“”'()]+|(?<![\w@./])www\.[a-z0-9-]+\.[^\s<>\"“”'()]+", re.I)
_PHONE = re.compile(
    r"(?:\b(?:tel(?:ephone|efoon|efon)?|phone|téléphone|telefonnummer|gsm|mobile)\b\.?\s*:?\s*"
    r"(?:number|nr\.?)?\s*)(\+?[\d][\d ()./-]{6,}\d)|(?<![\w.])(\+\d[\d ()./-]{7,}\d)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:(?:company|registration|enterprise|vat|business)\s+(?:registration\s+)?(?:number|no\.?)"
    r"|ondernemingsnummer|kbo|kvk(?:-nummer)?|btw(?:-nummer)?|bce|tva"
    r"|numéro d['’](?:entreprise|immatriculation)|n° d['’]entreprise|rcs|siren|siret"
    r"|handelsregister(?:nummer)?|hrb|ust-idnr\.?|unternehmensnummer)\s*(?:is|:|under|n°|nr\.?)?\s*"
    r"((?:[A-Z]{2,3}\s?)?\d[\d. /-]{4,}\d)",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:contact form|contactformulier|formulaire de contact|kontaktformular)\b", re.IGNORECASE
)
_STREETS = (
    r"straat|steenweg|laan|weg|plein|dreef|lei|kaai|singel|gracht|kade|markt|baan|stra(?:ß|ss)e"
    r"|platz|allee|gasse|ring|damm|ufer"
)
_PLACE = r"(?:\s+in\s+|,?\s+)(?:(?:[A-Z]{1,2}-)?\d{4,5}(?:\s?[A-Z]{2})?\s+)?[A-ZÀ-Ý][\w'’À-ÿ-]+"
_BOX = r"(?:\s+(?:bus|box|boîte|bte|postbus|b)\.?\s*\w+)?"
_ADDRESSES = tuple(
    re.compile(pattern)
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


def _in(raw: str) -> list[tuple[str, str]]:
    text = calm(raw)
    found = [("email", match.group()) for match in _EMAIL.finditer(text)]
    found += [("website", match.group().rstrip(".,;:!?)”")) for match in _WEB.finditer(text)]
    found += [("phone", (m[1] or m[2]).strip()) for m in _PHONE.finditer(text)]
    found += [("company-number", match[1].strip(" .")) for match in _COMPANY.finditer(text)]
    found += [("form", match.group()) for match in _FORM.finditer(text)]
    for pattern in _ADDRESSES:
        found += [("address", match.group().strip()) for match in pattern.finditer(text)]
    return found

"""Company and VAT numbers, and the check digits that tell a mistyped one.

BE: modulo 97 of the first eight digits. FR: Luhn for SIREN and SIRET, and the key of the VAT
number. DE: ISO/IEC 7064 modulo 11,10. NL: eleven-test, or modulo 97 since 2020. LU: modulo 89.
IT: Luhn. AT: Luhn with 96. Numbers of other countries are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from adhere.documents.lazy import lazy

_VAT = lazy(
    r"\b(?P<vat>BE ?[01]\d{3}[ .]?\d{3}[ .]?\d{3}|NL ?\d{9} ?B ?\d{2}"
    r"|FR ?[0-9A-Z]{2} ?\d{3} ?\d{3} ?\d{3}"
    r"|DE ?\d{3} ?\d{3} ?\d{3}|LU ?\d{8}|IT ?\d{11}|ATU ?\d{8})\b"
)
_BELGIAN = lazy(
    r"(?:\b(?:ondernemings|company |enterprise |registration |unternehmens)(?:nummer|number)"
    r"|\bKBO|\bBCE|\bRPR|\bRPM"
    r"|numéro d['’]entreprise|\bBTW|\bTVA)\W{0,3}(?:BE ?)?(?P<be>[01]\d{3}\.\d{3}\.\d{3})\b",
    re.IGNORECASE,
)
_FRENCH = lazy(
    r"\b(?:SIREN|SIRET|RCS(?: [A-ZÀ-Ý][\w-]+)?)\b\W{0,4}(?:n° ?|numéro ?)?"
    r"(?P<fr>\d{3} ?\d{3} ?\d{3}(?: ?\d{5})?)(?!\d)"
)


def numbers(text: str) -> Iterator[tuple[str, str]]:
    """Country and number, as written, of each company number whose kind is certain."""
    for match in _VAT().finditer(text):
        yield match["vat"][:2], match["vat"]
    for match in _BELGIAN().finditer(text):
        yield "BE", match["be"]
    for match in _FRENCH().finditer(text):
        yield "SIREN", match["fr"]


def bare(number: str) -> str:
    """Letters and digits alone, without the country: two ways to write one number are equal."""
    found = re.sub(r"[^0-9A-Z]", "", number.upper())
    return re.sub(r"^(?:BE|NL|FR(?=[0-9A-Z]{11})|DE|LU|IT|ATU)", "", found)


def is_placeholder(number: str) -> bool:
    """An obvious example: digits that only count up, or one digit alone."""
    digits = re.sub(r"\D", "", number)
    return len(set(digits)) <= 2 or digits.lstrip("0") in "1234567890123456789"


def is_valid(country: str, number: str) -> bool:
    """Whether the check digits fit. `number` may hold spaces, dots and the country."""
    return _CHECKS[country](bare(number))


def _be(digits: str) -> bool:
    return len(digits) == 10 and 97 - int(digits[:8]) % 97 == int(digits[8:])


def _nl(text: str) -> bool:
    digits = text[:9]
    total = sum((9 - i) * int(d) for i, d in enumerate(digits[:8])) - int(digits[8])
    whole = "".join(str(int(character, 36)) for character in f"NL{text}")
    return total % 11 == 0 or int(whole) % 97 == 1


def _fr(text: str) -> bool:
    key, siren = text[:2], text[2:]
    fits = not key.isdigit() or int(key) == (12 + 3 * (int(siren) % 97)) % 97
    return luhn(siren) and fits


def _de(digits: str) -> bool:
    product = 10
    for digit in digits[:8]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[8])


def _lu(digits: str) -> bool:
    return int(digits[:6]) % 89 == int(digits[6:])


def _at(digits: str) -> bool:
    total = sum(_doubled(int(d)) if i % 2 else int(d) for i, d in enumerate(digits[:7]))
    return (96 - total) % 10 == int(digits[7])


def luhn(digits: str) -> bool:
    """La Poste's own SIRET numbers, which sum by five, are right too."""
    if digits.startswith("356000000") and len(digits) == 14:
        return sum(map(int, digits)) % 5 == 0
    total = sum(_doubled(int(d)) if i % 2 else int(d) for i, d in enumerate(reversed(digits)))
    return total % 10 == 0


def _doubled(digit: int) -> int:
    return digit * 2 - 9 if digit > 4 else digit * 2


_CHECKS: dict[str, Callable[[str], bool]] = {
    "BE": _be,
    "NL": _nl,
    "FR": _fr,
    "SIREN": luhn,
    "DE": _de,
    "LU": _lu,
    "IT": luhn,
    "AT": _at,
}

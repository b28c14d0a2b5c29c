"""The data that ships with the scanner, read once."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from msgspec import Struct

from adhere.scanner.knowledge.known import COOKIES, HOSTS, OWN, UNKNOWN, Known

_HERE = Path(__file__).parent
_BY_CATEGORY = {"Marketing": "marketing", "Analytics": "analytics"}
_BY_ENTITY = {
    "ad": "marketing",
    "marketing": "marketing",
    "analytics": "analytics",
    "social": "embeds",
    "video": "embeds",
    "customer-success": "embeds",
    "tag-manager": "tag-manager",
    "consent-provider": "necessary",
    "cdn": "delivery",
    "hosting": "delivery",
}
# Memory of a refusal, which the Open Cookie Database files under what was refused.
_CHOICES = ("optout", "opt_out", "opt-out", "consent", "optin", "opt_in", "privacy")


class Cookie(Struct, frozen=True):
    """A name, with `*` for any characters, and the domains of the vendor that it is kept to."""

    name: str
    domains: tuple[str, ...]
    known: Known
    company: str = ""

    @property
    def whole(self) -> bool:
        return "*" not in self.name


@cache
def own_cookies() -> tuple[Cookie, ...]:
    rows = [row for row in _rows("own.csv") if row["kind"] == "cookie"]
    return tuple(
        Cookie(row["name"], (row["domain"],) if row["domain"] else (), _own(row)) for row in rows
    )


@cache
def open_cookies() -> tuple[Cookie, ...]:
    """The Open Cookie Database. “Functional” there proves no purpose, so it names none."""
    return tuple(_open(row) for row in _rows("open-cookie-database.csv") if row["name"])


@cache
def hosts() -> dict[str, tuple[Known, str]]:
    """What is known of a domain and all below it, with the company behind it."""
    found = {}
    for row in _rows("third-party-web.csv"):
        purpose = _BY_ENTITY.get(row["category"], UNKNOWN)
        known = Known(row["entity"], purpose, *HOSTS, why=row["category"])
        found[row["domain"].removeprefix("*.")] = (known, row["company"])
    for row in _rows("own.csv"):
        if row["kind"] == "host":
            company = found.get(row["name"], (None, row["vendor"]))[1]
            found[row["name"]] = (_own(row), company)
    return found


def _open(row: dict[str, str]) -> Cookie:
    name = row["name"]
    said = _BY_CATEGORY.get(row["category"], UNKNOWN)
    purpose = UNKNOWN if any(word in name.lower() for word in _CHOICES) else said
    known = Known(row["platform"] or row["controller"], purpose, *COOKIES, why=row["category"])
    domains = _domains(row["domain"])
    return Cookie(name + "*" * (row["wildcard"] == "1"), domains, known, row["controller"])


def _domains(cell: str) -> tuple[str, ...]:
    """`.bing.com (3rd party) or .microsoft.com (3rd party)`; what says “or” and no more is any."""
    parts = [part.replace("(3rd party)", "").strip(" .").lower() for part in cell.split(" or ")]
    return () if cell.strip().endswith(" or") or "" in parts else tuple(parts)


def _own(row: dict[str, str]) -> Known:
    return Known(row["vendor"], row["purpose"], *OWN, why=row["why"])


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))

"""The published rules are the official package's, unchanged."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import adhere.scanner.dialogs
from adhere.scanner.dialogs import inside, rules

FOLDER = Path(adhere.scanner.dialogs.__file__).parent
EUROPEAN = [
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
]  # fmt: skip


def test_every_file_has_the_hash_that_is_written_beside_it() -> None:
    lines = (rules.FOLDER / "VERSION.txt").read_text(encoding="utf-8").splitlines()
    told = dict(reversed(line.split()) for line in lines[2:])
    found = {
        name: hashlib.sha256((rules.FOLDER / name).read_bytes()).hexdigest()
        for name in ("autoconsent.playwright.js", "rules.json")
    }
    assert told == found


def test_only_rules_meant_for_the_address_are_handed_over() -> None:
    here = {rule["name"] for rule in rules.fitting("https://shop.example/", "optOut")}
    everywhere = {rule["name"] for rule in rules.published() if rule.get("optOut")}
    assert {"Complianz banner", "cookieyes"} & everywhere
    assert len(here) < len(everywhere) / 2


def test_every_official_language_says_every_role() -> None:
    tables = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in (FOLDER / "words").iterdir()
    }
    assert sorted(tables) == EUROPEAN
    assert {tag for tag, table in tables.items() if sorted(table) != sorted(inside.ROLES)} == set()
    assert all(all(phrases) for table in tables.values() for phrases in table.values())

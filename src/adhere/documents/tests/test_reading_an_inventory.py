"""A document's trackers as rows of an inventory: what is said is filled in, the rest is asked."""

from __future__ import annotations

from adhere.documents.inventory import Row, inventory
from adhere.documents.read import read

TEXT = b"""# Cookies

## Third-party cookies

| Name | Provider | Purpose | Strictly necessary | Retention |
| --- | --- | --- | --- | --- |
| visits, replay | Tally (stats.example.net) | Statistics (cookie) | No | 13 months |
| glow | Loud & Co | Does things | | as long as we like |
"""


def test_what_is_said_is_filled_in_and_what_is_not_stays_open() -> None:
    rows = inventory(read(TEXT, name="cookies.md"))
    told = {
        "kind": "cookie",
        "domain": "stats.example.net",
        "party": "third",
        "purpose": "analytics",
        "strictly_necessary": "no",
        "retention": "13 months",
    }
    silent = dict.fromkeys(("kind", "domain", "purpose", "strictly_necessary", "retention"), "")
    assert [(row.cells["name"], row.open) for row in rows] == [
        ("visits", ()),
        ("replay", ()),
        ("glow", ("kind", "domain", "purpose", "strictly_necessary", "retention")),
    ]
    assert {name: rows[0].cells[name] for name in told} == told
    assert {name: rows[2].cells[name] for name in silent} == silent


def test_two_purposes_in_one_cell_are_nobodys_choice() -> None:
    text = TEXT.replace(b"Statistics", b"Statistics and advertising")
    assert isinstance(inventory(read(text, name="cookies.md"))[0], Row)
    assert inventory(read(text, name="cookies.md"))[0].open == ("purpose",)

"""The two texts that the shipped policies were written after, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from adhere.documents.document import Document
from adhere.documents.policy import parse_policy
from adhere.documents.propose import to_policy
from adhere.documents.read import read

SOURCES = Path(__file__).parents[5] / "shared" / "source"
pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason="the source texts are not at hand")


@pytest.fixture(scope="module")
def cookies() -> Document:
    return read(SOURCES / "cookie-policy.txt")


@pytest.fixture(scope="module")
def behaviours() -> Document:
    return read(SOURCES / "work-behaviors.txt")


def test_flattened_tables_come_back_row_by_row(cookies: Document) -> None:
    found = [
        (t.names, t.vendor, t.provider, t.party, t.strictly_necessary, t.retention_days, t.line)
        for t in cookies.trackers
    ]
    tawk = ("_tawkuuid", "_ga", "_gid", "_cfduid", "ss", "tawkUUID")
    medium = ("optimizelyEndUserId", "sid", "uid", "_cfruid")
    google = ("_ga", "_gat_gtag_UA_123265168_1", "_gid", "collect")
    assert found == [
        (("fr",), None, None, "first", True, (365, 365), 74),
        (tawk, "Tawk.to", None, "first", True, (180, 180), 82),
        ((), "DoubleClick", "DoubleClick", "third", True, None, 100),
        (medium, "Medium", "Medium", "third", False, (365, 365), 106),
        (google, "Google Analytics", None, "third", None, (1, 730), 128),
        ((), "LogRocket", None, "third", None, (30, 30), 134),
    ]


def test_contacts_and_rights_are_all_found(cookies: Document) -> None:
    assert [(c.kind, c.line) for c in cookies.contacts] == [
        ("website", 7),
        ("company-number", 22),
        ("address", 22),
        ("address", 27),
        ("form", 32),
        ("email", 33),
    ]
    assert [r.article for r in cookies.rights] == [
        "Art. 15", "Art. 16", "Art. 17", "Art. 18", "Art. 21", "Art. 20", "Art. 77", "Art. 7(3)",
    ]  # fmt: skip
    assert [r.line for r in cookies.rights] == list(range(155, 163))


def test_the_eighteen_activities_are_prohibitions(behaviours: Document) -> None:
    items = [c for c in behaviours.clauses if c.kind == "item"]
    assert [(c.modality, c.line) for c in items] == [("prohibition", n) for n in range(35, 53)]


def test_headings_and_languages(behaviours: Document, cookies: Document) -> None:
    assert (behaviours.title, cookies.title) == ("Work Behaviors", "Cookie Policy")
    assert (behaviours.language, cookies.language) == ("en", "en")
    assert len({c.heading for c in behaviours.clauses}) == 8
    assert len({c.heading for c in cookies.clauses}) == 15


@pytest.mark.parametrize("name", ["cookie-policy", "work-behaviors"])
def test_a_proposal_keeps_every_statement(name: str) -> None:
    document = read(SOURCES / f"{name}.txt")
    source = parse_policy(to_policy(document, {}), f"{name}.md")
    assert [(c.id, c.text) for c in source.clauses] == [(c.id, c.text) for c in document.clauses]

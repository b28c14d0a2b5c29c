"""What a company declares of its trackers: in a text, a published policy, the inventory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from adhere.errors import Problem
from adhere.scanner.declared import Declaration, Declared

if TYPE_CHECKING:
    from adhere.documents.read import Reading
    from adhere.documents.web import Way

_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf"})
_YES_NO = {"yes": True, "no": False}


def declared_in(place: str, way: Way | None = None) -> Declaration:
    """What a document, an address or the published policy of that name declares.

    ``way`` is how an address is reached.

    Raises Problem where there is none, or it has no table of trackers.
    """
    found = _of_document(place, way) if _is_document(place) else _published(place)
    if not found.rows:
        expected = "a policy with a table of its cookies and other trackers"
        raise Problem("declares no tracker", file=place, expected=expected)
    return found


def declared_in_inventory() -> Declaration:
    """The company's own inventory of trackers; needs the database."""
    from adhere.core.exporting import current_rows
    from adhere.core.kinds import kinds

    kind = kinds()["trackers"]
    names = [column.name for column in kind.columns]
    rows = [_of_cells(dict(zip(names, cells, strict=True))) for cells in current_rows(kind)]
    return Declaration(tuple(rows), "the inventory")


def _of_document(place: str, way: Way | None) -> Declaration:
    from adhere.documents.fetch import is_address
    from adhere.documents.read import read_whole
    from adhere.documents.web import from_address

    return _of_text(read_whole(from_address(place, way) if is_address(place) else place), place)


def _is_document(place: str) -> bool:
    from adhere.documents.fetch import is_address

    path = Path(place)
    return is_address(place) or path.is_file() or "/" in place or path.suffix.lower() in _SUFFIXES


def _published(slug: str) -> Declaration:
    from adhere.core.policies import current, policy_named
    from adhere.documents.read import read_whole
    from adhere.main.starting import prepare

    prepare(migrate=True)
    policy = policy_named(slug)
    version = next(one.version for one in current() if one.version.policy_id == policy.slug)
    text = version.texts.get(language=version.language).text
    name = f"{slug}.{version.language}.md"
    return _of_text(read_whole(text.encode(), name=name), f"{slug} version {version.number}")


def _of_text(reading: Reading, place: str) -> Declaration:
    """One row for each name of each table row, with the purpose where its words tell one alone."""
    from adhere.documents.inventory import inventory

    document = reading.document
    named = [(tracker, name) for tracker in document.trackers for name in tracker.names or ("",)]
    rows = tuple(
        Declared(
            name,
            party=tracker.party or "",
            vendor=tracker.vendor or tracker.provider or "",
            purpose=row.cells["purpose"],
            wording=tracker.purpose or "",
            strictly_necessary=tracker.strictly_necessary,
            retention=tracker.retention or "",
            retention_days=tracker.retention_days,
            line=tracker.line,
        )
        for (tracker, name), row in zip(named, inventory(document), strict=True)
    )
    return Declaration(rows, place, "\n".join(clause.text for clause in document.clauses))


def _of_cells(cells: dict[str, str]) -> Declared:
    from adhere.documents.quantities import retention_days

    return Declared(
        cells["name"],
        kind=cells["kind"],
        domain=cells["domain"],
        party=cells["party"],
        vendor=cells["vendor"],
        purpose=cells["purpose"],
        strictly_necessary=_YES_NO.get(cells["strictly_necessary"]),
        retention=cells["retention"],
        retention_days=retention_days(cells["retention"]),
    )

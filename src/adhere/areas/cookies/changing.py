"""Changes of the inventory by hand: each is a fact of its own, and undone by another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.areas.cookies import inventory
from adhere.areas.cookies.models import Proposal, Tracker
from adhere.areas.cookies.records import REVIEWS, TRACKERS, validate
from adhere.core.recording import Origin, key_of, record, retract
from adhere.documents.document import Document
from adhere.documents.inventory import COLUMNS
from adhere.documents.inventory import inventory as rows_of
from adhere.errors import Problem

FIELDS = (
    "name",
    "tracker_kind",
    "domain",
    "party",
    "vendor",
    "purpose",
    "strictly_necessary",
    "retention",
    "site",
    "reason",
)


@transaction.atomic
def store(values: Mapping[str, Any], recorder: str, known: Tracker | None = None) -> Tracker:
    """Record a tracker, or a correction of a known one. A new name retires the old."""
    row = {name: values[name] for name in (*FIELDS, "note")}
    validate([(0, row)], timezone.now())
    origin = Origin("page", recorder)
    key = key_of(TRACKERS, row)
    if known is None and _stands(key):
        raise Problem(_("“%s” is in the inventory already") % row["name"], field="name")
    if known and known.key != key:
        if _stands(key):
            raise Problem(_("“%s” is in the inventory already") % row["name"], field="name")
        retract(TRACKERS, [known.key], origin)
    record(TRACKERS, [row], origin)
    return Tracker.objects.get(key=key, superseded_by=None)


def _stands(key: str) -> bool:
    return Tracker.objects.filter(key=key, superseded_by=None, retracted=False).exists()


def undo(key: str, recorder: str) -> None:
    """Take a tracker back to how it was last published."""
    before = next((each for each in inventory.published() if each.key == key), None)
    origin = Origin("page", recorder)
    if before is None:
        retract(TRACKERS, [key], origin)
        return
    record(TRACKERS, [{name: getattr(before, name) for name in (*FIELDS, "note")}], origin)


def review(recorder: str, note: str = "") -> None:
    """Somebody looked through the inventory."""
    now = timezone.now()
    record(REVIEWS, [{"at": now, "reviewer": recorder, "note": note}], Origin("page", recorder))


def fill_from(document: Document, name: str) -> int:
    """Propose what a document says of trackers; those proposed before are left as they are."""
    made = 0
    for row in rows_of(document):
        known = Proposal.objects.filter(
            document=name, line=row.line, values__name=row.cells["name"]
        )
        if not known.exists():
            Proposal.objects.create(
                document=name, line=row.line, values=row.cells, proposed_at=timezone.now()
            )
            made += 1
    return made


def open_cells(proposal: Proposal) -> list[str]:
    """What a person has still to answer of a proposal."""
    return [name for name in COLUMNS if not proposal.values.get(name)]

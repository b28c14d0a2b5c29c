"""Erasing a person takes their incidents away, leaves others', and every proof holds."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from adhere.core.erasing import erase_person
from adhere.core.evidence import export_evidence
from adhere.core.incidents import change, newest, note, report
from adhere.core.models import Entry, Incident, IncidentEvent
from adhere.core.recording import Origin
from adhere.ledger.verify import verify_file

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_data", "company"),
]
BY_ANNA = Origin("page", "anna", datetime(2024, 9, 2, 12, tzinfo=UTC))


def said(word: str) -> int:
    return Entry.objects.filter(record__contains=word).count()


def test_an_incident_goes_whole_with_what_was_said_before_anybody_knew_who(own_data: Path) -> None:
    report("other", BY_ANNA, key="i1", description="a tall one in a raincoat")
    change("i1", "details", BY_ANNA, "it was bram", subject="bram")
    note("i1", "note", BY_ANNA, "talked about the raincoat")
    report("other", BY_ANNA, key="i2", description="a window")
    erase_person("bram")
    assert list(Incident.objects.values_list("key", flat=True)) == ["i2"]
    assert list(IncidentEvent.objects.values_list("incident", flat=True)) == ["i2"]
    assert (said("raincoat"), said("a window")) == (0, 2)
    assert verified(own_data)


def test_an_incident_wrongly_laid_to_somebody_stays_without_them(own_data: Path) -> None:
    report("other", BY_ANNA, key="i1", description="a window", subject="bram")
    note("i1", "note", BY_ANNA, "bram denies it")
    change("i1", "details", BY_ANNA, "it was chloe", subject="chloe")
    erase_person("bram")
    found = newest("i1")
    assert (found.subject, found.description, found.source) == ("chloe", "a window", "erasure")
    assert list(IncidentEvent.objects.values_list("text", flat=True)) == ["it was chloe"]
    assert said("denies") == 0
    assert verified(own_data)


def test_what_somebody_reported_of_others_stays() -> None:
    report("other", Origin("page", "bram", BY_ANNA.at), key="i1", reporter="bram", subject="chloe")
    erase_person("bram")
    assert change("i1", "closed", BY_ANNA, "done", severity="low").reporter == "bram"


def verified(folder: Path) -> Any:
    out = BytesIO()
    export_evidence(out)
    path = folder / "evidence.bundle"
    path.write_bytes(out.getvalue())
    return verify_file(str(path)).ok

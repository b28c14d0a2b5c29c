"""Incidents come by import or by report, and every step of them is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adhere.core.incidents import change, newest, report
from adhere.core.models import Incident, IncidentEvent
from adhere.core.recording import Origin
from adhere.errors import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
NOON = datetime(2024, 5, 3, 12, tzinfo=UTC)
HEADER = "id,kind,at,reporter,subject,clause,description,supervisor_notified_at,closed_at\n"


def by(person: str, minutes: int = 0) -> Origin:
    return Origin("page", person, NOON + timedelta(minutes=minutes))


def test_each_step_is_a_correction_and_a_line_of_the_timeline() -> None:
    made = report("other", by("bram"), reporter="bram", description="a door stood open")
    change(made.key, "told-supervisor", by("anna", 3), supervisor_notified_at=by("", 3).at)
    change(made.key, "note", by("dirk", 5), "the lock is mended")
    change(made.key, "closed", by("dirk", 9), "mended", closed_at=by("", 9).at)
    known = newest(made.key)
    assert (known.supervisor_notified_at, known.closed_at) == (by("", 3).at, by("", 9).at)
    assert Incident.objects.filter(key=made.key).count() == 3
    lines = IncidentEvent.objects.filter(incident=made.key).values_list("kind", "by", "text")
    assert list(lines) == [
        ("reported", "bram", "a door stood open"),
        ("told-supervisor", "anna", ""),
        ("note", "dirk", "the lock is mended"),
        ("closed", "dirk", "mended"),
    ]


def test_a_report_may_come_without_a_name() -> None:
    assert report("crash", by("")).reporter == ""


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ("i1,theft,2024-05-01,bram,,,,,", "kind"),
        ("i1,crash,2024-05-01,bran,,,,,", "reporter"),
        ("i1,crash,2024-05-01,bram,nobody,,,,", "subject"),
        ("i1,crash,2024-05-01,bram,,reed,,,", "clause"),
        ("i1,crash,2999-05-01,bram,,,,,", "at"),
        ("i1,crash,2024-05-01,bram,,,,2024-04-30,", "supervisor_notified_at"),
        ("i1,crash,2024-05-01,bram,,,,,2024-04-30", "closed_at"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    take_in: Callable[..., Any], cells: str, field: str
) -> None:
    with pytest.raises(Problem) as raised:
        take_in("incidents", f"{HEADER}{cells}\n")
    assert (raised.value.line, raised.value.field) == (2, field)
    assert Incident.objects.count() == 0


def test_a_file_read_twice_changes_nothing(take_in: Callable[..., Any]) -> None:
    text = f"{HEADER}i1,crash,2024-05-01T10:00:00+02:00,bram,chloe,read,froze,,\n"
    assert (take_in("incidents", text).added, take_in("incidents", text).unchanged) == (1, 1)
    assert newest("i1").clause == "desk-rules/read"


def test_an_unknown_incident_is_no_incident() -> None:
    with pytest.raises(Problem):
        change("none", "note", by("anna"))

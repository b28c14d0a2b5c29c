"""What is exported imports again unchanged, and no spreadsheet runs any of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from adhere.core.exporting import current_rows, export_facts
from adhere.core.importing import import_facts
from adhere.core.kinds import kind_named, kinds
from adhere.core.models import Acknowledgement, Person, PersonRecord, PolicyText, PolicyVersion
from adhere.core.neutral import bare, harmless
from adhere.core.recording import Origin, Recorded, record

pytestmark = pytest.mark.django_db
WILD = st.text(
    st.sampled_from("ab'\"=+-@;,\t\r\n é漢😀\u2028\u200f＝")
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=12,
).map(lambda text: text.replace("\x00", "").strip() or "x")
PLAIN_ID = st.text("abcxyz-", min_size=1, max_size=8)
PERSON = st.fixed_dictionaries(
    {
        "key": PLAIN_ID,
        "name": WILD,
        "email": WILD.map(lambda text: re.sub(r'[\s@<>,;"]', "", text) or "x").map("{}@b".format),
        "role": st.sampled_from(["employee", "contractor"]),
        "supervisor": st.just(""),
        "teams": st.lists(
            WILD.map(lambda text: text.replace(";", "").strip() or "t"), max_size=3, unique=True
        ).map(sorted),
        "joined": st.dates(date(2000, 1, 1), date(2020, 1, 1)),
        "left": st.none() | st.dates(date(2020, 1, 2)),
        "language": st.sampled_from(["en", "nl", "fr", "de"]),
    }
)


@settings(max_examples=80)
@given(st.lists(PERSON, min_size=1, max_size=4, unique_by=lambda row: row["key"]))
def test_people_of_any_name_come_back_as_they_were(rows: list[dict[str, Any]]) -> None:
    people = kind_named("people")
    with transaction.atomic():
        record(people, rows, Origin("page"))
        for form in ("csv", "jsonl"):
            again = import_facts(people, export_facts(people, form), "p", Origin("import"))
            assert again == Recorded(0, 0, len(rows))
        transaction.set_rollback(True)


@given(st.text(max_size=30))
def test_neutralising_a_cell_and_back_changes_nothing(cell: str) -> None:
    assert bare(harmless(cell)) == cell.strip()
    for start in ("", ";", "\t", "\r", "\n"):
        for sign in "=+-@":
            assert not (start + harmless(cell)).startswith(start + sign)


def test_no_cell_of_a_csv_begins_a_formula(take_in: Callable[..., Any]) -> None:
    nasty = '=HYPERLINK("http://x.example","a;+b")'
    people = kind_named("people")
    row = {
        "key": "-anna", "name": nasty, "email": "@sum", "role": "employee", "supervisor": "",
        "teams": ["+a", "b"], "joined": date(2024, 1, 1), "left": None, "language": "nl",
    }  # fmt: skip
    record(people, [row], Origin("page"))
    cells = next(iter(list(csv.reader(io.StringIO(export_facts(people, "csv").decode())))[1:]))
    assert cells[:3] == ["'-anna", '\'=HYPERLINK("http://x.example","a;\'+b")', "'@sum"]
    book = load_workbook(io.BytesIO(export_facts(people, "xlsx")))
    cell = book.worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == (nasty, "s")


@pytest.mark.usefixtures("company")
def test_every_kind_of_the_house_exports_its_own_import_format(
    take_in: Callable[..., Any],
) -> None:
    exemption = (
        "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until\n"
        'e1,read,bram,"=on ""leave"",\nfar away",chloe,2024-04-01,anna,2024-04-02T10:11:12.345678Z,'
        "2024-04-10,2024-04-20\n"
    )
    take_in("exemptions", exemption)
    for kind in kinds().values():
        for form in ("csv", "jsonl"):
            data = export_facts(kind, form)
            count = len(list(current_rows(kind)))
            if count:
                done = import_facts(kind, data, kind.name, Origin("import"))
                assert done == Recorded(0, 0, count)
        header = export_facts(kind, "csv").decode().partition("\r\n")[0]
        assert header == ",".join(column.name for column in kind.columns)


@pytest.mark.usefixtures("company")
def test_an_acceptance_in_another_language_than_ones_own_stays_so() -> None:
    kind = kind_named("acknowledgements")
    PolicyText.objects.create(
        version=PolicyVersion.objects.get(), language="nl", title="Regels", text="-", sha256="f"
    )
    assert Person.objects.get(pk="anna").language == "nl"
    done = import_facts(kind, export_facts(kind, "csv"), "a", Origin("import"))
    assert (done, Acknowledgement.objects.get().language) == (Recorded(0, 0, 1), "en")


@pytest.mark.usefixtures("company")
def test_since_gives_what_was_recorded_from_then_on(take_in: Callable[..., Any]) -> None:
    header = "id,name,email,kind,supervisor,teams,joined,left,language\n"
    changed = header + "bram,Bram Claes,new@example.com,employee,anna,,2024-03-01,,nl\n"
    at = datetime(2025, 5, 5, 12, tzinfo=UTC)
    take_in("people", changed, at)
    rows = list(current_rows(kind_named("people"), at))
    assert [row[:3] for row in rows] == [["bram", "Bram Claes", "new@example.com"]]
    assert len(list(current_rows(kind_named("people")))) == 4
    assert PersonRecord.objects.count() == 5

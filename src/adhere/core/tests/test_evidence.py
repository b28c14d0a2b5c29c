"""The ledger's way through the database: every fact ends in the tree, erasing leaves proofs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adhere.core import guarding
from adhere.core.erasing import erase_person
from adhere.core.evidence import export_evidence
from adhere.core.importing import import_facts
from adhere.core.kinds import kind_named
from adhere.core.models import Entry, Person, PersonRecord
from adhere.core.recording import Origin
from adhere.core.sequencing import folder, reader, sequence, settle, writer
from adhere.core.tampering import altered, altered_rows
from adhere.errors import Problem
from adhere.ledger.verify import Verification, verify_file

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = b"""id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,anna,,2024-03-01,,nl
chloe,Chlo\xc3\xa9 Lambert,chloe@example.com,contractor,anna,sales,2025-06-01,,fr
"""


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]


def staff(rows: bytes = STAFF) -> None:
    import_facts(kind_named("people"), rows, "people.csv", Origin("import"))


def bundle(path: Path) -> Verification:
    with path.open("wb") as out:
        export_evidence(out)
    return verify_file(path)


def test_every_fact_becomes_a_leaf_in_the_order_of_its_entry() -> None:
    staff()
    settle()
    assert list(Entry.objects.order_by("pk").values_list("index", flat=True)) == [0, 1, 2]
    assert reader().size == 3


def test_the_bundle_verifies_and_names_every_record(tmp_path: Path) -> None:
    staff()
    found = bundle(tmp_path / "evidence.jsonl")
    assert (found.ok, found.checked) == (True, 3)


def test_a_record_changed_in_the_database_is_named(tmp_path: Path) -> None:
    staff()
    entry = Entry.objects.get(person="bram")
    changed = entry.record.replace("2024-03-01", "2023-03-01")
    Entry.objects.filter(pk=entry.pk).update(record=changed)
    found = bundle(tmp_path / "evidence.jsonl")
    assert found.ok is False
    assert found.first_broken is not None
    assert found.first_broken.index == 1


def test_a_record_emptied_without_an_erasure_is_named(tmp_path: Path) -> None:
    staff()
    Entry.objects.filter(person="bram").update(record="", secret=b"")
    found = bundle(tmp_path / "evidence.jsonl")
    assert (found.ok, found.first_broken and found.first_broken.index) == (False, 1)


def test_after_erasing_nothing_of_the_person_is_left_and_the_rest_verifies(tmp_path: Path) -> None:
    staff()
    staff(STAFF.replace(b"Bram Claes", b"Bram De Smet"))
    done = erase_person("bram")
    assert (done.facts, done.leaves) == (2, 2)
    assert not Person.objects.filter(pk="bram").exists()
    assert not PersonRecord.objects.filter(key="bram").exists()
    path = tmp_path / "evidence.jsonl"
    assert bundle(path).ok is True
    assert "Bram" not in path.read_text()


def test_erased_words_are_nowhere_in_the_data_folder(home: Any) -> None:
    if "ADHERE_DATABASE_URL" in home.env:
        pytest.skip("a database server keeps its own files")
    rare = STAFF.replace(b"Bram Claes", b"Zebedeus Zonderling")
    assert home.run("import", "people", "-", given=rare).returncode == 0
    assert b"Zebedeus" in b"".join(contents(home.path))
    assert home.run("erase", "bram").returncode == 0
    assert b"Zebedeus" not in b"".join(contents(home.path))
    assert b"Peeters" in b"".join(contents(home.path))


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_erasing_somebody_unknown_offers_the_nearest_and_erases_nothing() -> None:
    staff()
    with pytest.raises(Problem, match=r"brams.*nearest is “bram”"):
        erase_person("brams")
    assert Person.objects.count() == 3


def test_a_crash_between_tree_and_database_takes_no_leaf_twice() -> None:
    staff()
    with writer() as log:
        waiting = Entry.objects.order_by("pk").values_list("commitment", flat=True)
        log.append([bytes(each) for each in waiting[:2]])
    settle()
    assert list(Entry.objects.order_by("pk").values_list("index", flat=True)) == [0, 1, 2]
    assert reader().size == 3


def test_a_database_older_than_the_ledger_is_refused() -> None:
    staff()
    settle()
    Entry.objects.filter(index=2).update(index=None, commitment=b"x" * 32)
    with pytest.raises(Problem, match="not in the database"), writer() as log:
        sequence(log)


def test_no_bundle_is_made_from_a_database_older_than_the_ledger(tmp_path: Path) -> None:
    staff()
    settle()
    Entry.objects.filter(index=2).update(index=None, commitment=b"x" * 32)
    with pytest.raises(Problem, match="not in the database"):
        bundle(tmp_path / "evidence.jsonl")


def test_a_ledger_older_than_the_database_is_refused() -> None:
    staff()
    settle()
    for path in folder().iterdir():
        path.unlink()
    with pytest.raises(Problem, match="the database knows leaf 2"):
        settle_again()


def settle_again() -> None:
    with writer() as log:
        sequence(log)


def test_a_row_that_no_longer_says_what_was_recorded_is_found() -> None:
    staff()
    assert list(altered_rows()) == []
    entry = Entry.objects.get(person="anna")
    record = json.loads(entry.record)
    Entry.objects.filter(pk=entry.pk).update(record=json.dumps({**record, "name": "Someone"}))
    assert list(altered_rows()) == ["people/anna"]


def test_a_table_changed_behind_the_ledger_is_found() -> None:
    staff()
    staff(STAFF.replace(b"sales", b"board"))
    guarding.lower()
    PersonRecord.objects.filter(key="anna").update(teams=[])
    Person.objects.filter(pk="bram").update(teams=["administrator"])
    assert altered() == ["people/anna", "people/bram"]


def test_a_row_dropped_or_brought_back_behind_the_ledger_is_found() -> None:
    staff()
    staff(STAFF.replace(b"sales", b"board"))
    PersonRecord.objects.filter(key="bram").delete()
    guarding.lower()
    PersonRecord.objects.filter(key="chloe").update(supersedes=None)
    assert altered() == ["people/chloe", "people/bram"]


def test_erasing_somebody_leaves_nothing_that_looks_altered() -> None:
    staff()
    staff(STAFF.replace(b"sales", b"board"))
    erase_person("chloe")
    assert altered() == []

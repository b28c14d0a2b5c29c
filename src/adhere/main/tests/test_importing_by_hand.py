"""``adhere import`` and ``check`` as somebody types them: good files, and every bad one."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from adhere.core.importing import LARGEST
from adhere.core.models import Entry, PersonRecord
from adhere.main.cli import main

pytestmark = pytest.mark.django_db
HEADER = "id,name,email,kind,supervisor,teams,joined,left,language\n"
ANNA = "anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl\n"
BRAM = "bram,Bram Claes,bram@example.com,employee,anna,,2024-03-01,,nl\n"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """``run(kind, content)`` imports a file and gives exit code, output and errors."""

    def once(kind: str, content: str | bytes, *more: str) -> tuple[int, str, str]:
        path = tmp_path / "file.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        code = main(["import", kind, str(path), *more])
        out, err = capsys.readouterr()
        return code, out, err.replace(f"{tmp_path}/", "")

    return once


def person(**cells: str) -> str:
    row = dict(zip(HEADER.strip().split(","), BRAM.strip().split(","), strict=True)) | cells
    return HEADER + ANNA + ",".join(row.values()) + "\n"


BAD: dict[str, tuple[str | bytes, str]] = {
    "a wrong header names the nearest": (
        HEADER.replace("supervisor", "superviser") + ANNA,
        "file.csv:1: superviser: unknown column “superviser” (expected nearest is “supervisor”)",
    ),
    "a missing column": (
        HEADER.replace("joined,", "") + ANNA.replace("2024-01-08,", ""),
        "file.csv:1: joined: column “joined” is missing (expected id, name, email, kind, "
        "supervisor, teams, joined, left, language)",
    ),
    "a column twice": (
        "id,id\na,b\n",
        "file.csv:1: id: column “id” stands twice (expected once)",
    ),
    "an address that no mail reaches": (
        person(email="bram at example"),
        "file.csv:3: email: “bram at example” does not fit "
        "(expected an e-mail address such as anna@example.com)",
    ),
    "an id that is the company's": (
        person(id="Company"),
        "file.csv:3: id: “Company” means something else here (expected an id such as anna or "
        "e1042)",
    ),
    "an id that no address can hold": (
        person(id="../bram"),
        "file.csv:3: id: “../bram” means something else here (expected an id such as anna or "
        "e1042)",
    ),
    "a day that does not exist": (
        person(joined="2024-02-30"),
        "file.csv:3: joined: “2024-02-30” does not fit "
        "(expected a day that exists, such as 2026-03-14)",
    ),
    "a year before anybody": (
        person(joined="0001-01-01"),
        "file.csv:3: joined: “0001-01-01” does not fit "
        "(expected a day that exists, such as 2026-03-14)",
    ),
    "left before joining": (
        person(left="2024-02-29"),
        "file.csv:3: left: left on 2024-02-29, before joining on 2024-03-01 "
        "(expected the last day at work, on or after joined)",
    ),
    "an unknown supervisor": (
        person(supervisor="ana"),
        "file.csv:3: supervisor: nobody has the id “ana” "
        "(expected the id of a person in this file or known; nearest is “anna”)",
    ),
    "their own supervisor": (
        person(supervisor="bram"),
        "file.csv:3: supervisor: bram is their own supervisor "
        "(expected the id of somebody else, or nothing)",
    ),
    "supervisors in a ring": (
        HEADER + ANNA.replace(",,security", ",bram,security") + BRAM,
        "file.csv:2: supervisor: the supervisors of anna lead back to anna "
        "(expected a line of supervisors that ends)",
    ),
    "facts that contradict": (
        HEADER + ANNA + ANNA.replace("employee", "contractor"),
        "file.csv:3: id: “anna” stands here and in line 2 with other values "
        "(expected one row for each)",
    ),
    "two spellings of one id": (
        person(id="ANNA", supervisor=""),
        "file.csv:3: id: “ANNA” differs only in its spelling from “anna” "
        "(expected “anna”, or an id that cannot be mistaken for it)",
    ),
    "a wrong encoding": (
        HEADER.encode() + ANNA.encode() + "chloe,Chloé".encode("latin-1"),
        "file.csv:3: not UTF-8 (expected a file saved as UTF-8)",
    ),
    "an empty file": (
        b"\xef\xbb\xbf \n",
        "file.csv: the file is empty (expected a header and at least one row below it)",
    ),
    "a header alone": (
        HEADER,
        "file.csv: no rows (expected a header and at least one row below it)",
    ),
    "too large a file": (
        b"x" * (LARGEST + 1),
        "file.csv: 100,000,001 bytes (expected at most 100,000,000; split the file)",
    ),
    "a NUL": (
        person(name="Bram\x00Claes"),
        "file.csv:3: name: a NUL character (expected text)",
    ),
    "a row too short": (HEADER + "anna,Anna\n", "file.csv:2: 2 cells (expected 9, as the header)"),
    "a row too long": (
        HEADER + ANNA.strip() + ",more\n",
        "file.csv:2: 10 cells (expected 9, as the header)",
    ),
    "a quote that stays open": (
        HEADER + 'anna,"Anna\n',
        "file.csv:2: not CSV: unexpected end of data "
        "(expected quotes that close and cells of at most 131,072 characters)",
    ),
    "a choice that is none": (
        person(kind="intern"),
        "file.csv:3: kind: “intern” does not fit (expected employee or contractor)",
    ),
    "nothing where something must be": (
        person(name=""),
        "file.csv:3: name: nothing here (expected text)",
    ),
    "a name too long": (
        person(name="x" * 201),
        "file.csv:3: name: 201 characters (expected at most 200)",
    ),
    "JSON that is none": (
        '{"id": "anna"\n',
        "file.csv:1: not JSON: Expecting ',' delimiter (expected one object)",
    ),
    "JSON of one array": (
        '[{"id": "anna"}]\n',
        "file.csv:1: not an object (expected one JSON object a line)",
    ),
    "JSON with a name twice": (
        '{"id": "anna", "id": "bram"}\n',
        "file.csv:1: id: column “id” stands twice (expected once)",
    ),
    "JSON with a number too long": (
        '{"id": ' + "9" * 5_000 + "}\n",
        "file.csv:1: a number too long or nesting too deep (expected one flat object)",
    ),
    "JSON nested too deep": (
        '{"id": ' + "[" * 200_000 + "\n",
        "file.csv:1: a number too long or nesting too deep (expected one flat object)",
    ),
}
JSON_ANNA = {
    "id": "anna", "name": "Anna\u2028Peeters", "kind": "employee", "teams": ["security"],
    "joined": "2024-01-08", "left": None, "language": "nl",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_message_and_stores_nothing(name: str, run: Any) -> None:
    content, message = BAD[name]
    assert run("people", content) == (2, "", f"adhere: {message}\n")
    assert (PersonRecord.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"id": {"a": "b"}}, "id: nested (expected text)"),
        ({"name": ["a", "b"]}, "name: nested (expected text)"),
        ({"name": "\ud800"}, "name: half a character (expected text)"),
        ({"nam": "x"}, "nam: unknown column “nam” (expected nearest is “name”)"),
        ({"teams": ["a;b"]}, "teams: nested (expected values with ; between them)"),
    ],
)
def test_bad_json_lines_name_line_and_field(cells: Any, message: str, run: Any) -> None:
    lines = [json.dumps(JSON_ANNA | {"id": "zoë"}), json.dumps(JSON_ANNA | cells)]
    assert run("people", "\n".join(lines)) == (2, "", f"adhere: file.csv:2: {message}\n")
    assert PersonRecord.objects.count() == 0


def test_a_score_beyond_any_number_is_refused(run: Any) -> None:
    run("people", HEADER + ANNA)
    row = f"policy,version,person,at,score\nrules,1,anna,2024-04-01,{'9' * 5_000}\n"
    code, _, err = run("acknowledgements", row)
    assert (code, err.endswith("does not fit (expected a whole number 0 to 100)\n")) == (2, True)


def test_the_same_file_twice_changes_nothing_and_a_change_is_a_correction(run: Any) -> None:
    assert run("people", HEADER + ANNA + BRAM)[1] == "people: 2 added, 0 corrected, 0 known\n"
    assert run("people", HEADER + ANNA + BRAM)[1] == "people: 0 added, 0 corrected, 2 known\n"
    changed = BRAM.replace("Bram Claes", "Bram De Smet")
    code, out, _ = run("people", HEADER + ANNA + changed, "--json")
    counts = {"kind": "people", "added": 0, "corrected": 1, "unchanged": 1}
    assert (code, json.loads(out)) == (0, counts)
    names = PersonRecord.objects.filter(key="bram").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Bram Claes", "Bram De Smet"]


def test_json_lines_and_standard_input(
    run: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.dumps(JSON_ANNA, ensure_ascii=False).encode() + b"\r\n\n"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert main(["import", "people", "-"]) == 0
    assert PersonRecord.objects.get().name == "Anna\u2028Peeters"
    capsys.readouterr()
    assert run("people", data.decode() * 2)[1] == "people: 0 added, 0 corrected, 1 known\n"


def test_an_unknown_kind_offers_the_nearest(run: Any) -> None:
    code, _, err = run("peple", HEADER + ANNA)
    assert (code, err) == (2, "adhere: KIND: unknown kind “peple” (expected nearest is “people”)\n")


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "people", "nowhere.csv"]) == 2
    assert capsys.readouterr().err == (
        "adhere: nowhere.csv: cannot be read: No such file or directory "
        "(expected a file, or - for input)\n"
    )


def test_who_is_unchanged_may_name_a_supervisor_who_was_erased(run: Any, tmp_path: Path) -> None:
    from adhere.core.models import Person

    run("people", HEADER + ANNA + BRAM)
    Person.objects.filter(pk="anna").delete()  # as an erasure leaves the list
    assert run("people", HEADER + BRAM)[1] == "people: 0 added, 0 corrected, 1 known\n"
    code, _, err = run("people", HEADER + BRAM.replace("bram", "dirk"))
    assert (code, "nobody has the id “anna”" in err) == (2, True)

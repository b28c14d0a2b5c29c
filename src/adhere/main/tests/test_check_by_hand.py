"""``adhere check`` and ``export`` as somebody types them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from trestle.oscal.assessment_results import AssessmentResults

from adhere.main.cli import main

pytestmark = pytest.mark.django_db
POLICY = """---
policy: {slug}
title: Desk rules
owner: security
audience: personnel
---
## Reading

[Everybody shall accept these rules within thirty days.]{{#read check="conduct.acknowledged"
policy="{slug}" grace=30d}}
"""
HEADER = "id,name,email,kind,supervisor,teams,joined,left,language\n"
Result = tuple[int, str, str]
Adhere = Callable[..., Result]


@pytest.fixture
def adhere(tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: object) -> Adhere:
    """``adhere(*arguments)`` gives exit code, output and errors of one command."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]

    def once(*arguments: str) -> Result:
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return once


@pytest.fixture
def company(adhere: Adhere, tmp_path: Path) -> Adhere:
    """Twenty-five people who owe two policies their acceptance; Anna has given it."""
    for slug in ("desk-rules", "door-rules"):
        (tmp_path / f"{slug}.md").write_text(POLICY.format(slug=slug))
        assert adhere("publish", str(tmp_path / f"{slug}.md"))[0] == 0
    names = ["anna", *(f"person-{number:02}" for number in range(24))]
    people = [f"{name},{name.title()},,employee,,,2024-01-08,,en\n" for name in names]
    (tmp_path / "people.csv").write_text(HEADER + "".join(people))
    accepted = [f"{slug},1,anna,2024-01-10\n" for slug in ("desk-rules", "door-rules")]
    (tmp_path / "accepted.csv").write_text("policy,version,person,at\n" + "".join(accepted))
    assert adhere("import", "people", str(tmp_path / "people.csv"))[0] == 0
    assert adhere("import", "acknowledgements", str(tmp_path / "accepted.csv"))[0] == 0
    return adhere


def test_without_a_policy_it_says_so(adhere: Adhere) -> None:
    expected = "adhere: no policy is published yet (expected adhere publish POLICY.md first)\n"
    assert adhere("check") == (2, "", expected)


def test_people_see_totals_and_the_first_twenty_reasons(company: Adhere) -> None:
    code, out, _ = company("check", "--on", "2098-01-01", "--policy", "desk-rules")
    lines = out.splitlines()
    assert (code, lines[:2]) == (
        1,
        [
            "Judged for 2098-01-01",
            "  desk-rules, version 1: 1 clauses; 1 not kept",
        ],
    )
    assert [line.split() for line in lines[3:6]] == [
        ["findings", "measured", "inspected", "reported", "attested", "all"],
        ["kept", "·", "·", "·", "1", "1"],
        ["not", "kept", "·", "·", "·", "24", "24"],
    ]
    assert lines[7:9] == ["Not kept (24):", "  desk-rules#read"]
    assert len([line for line in lines if line.startswith("    Person-")]) == 20
    assert lines[-1] == "  … and 4 more: --all shows them, --json gives them as data"
    every = company("check", "--on", "2098-01-01", "--policy", "desk-rules", "--all")[1]
    assert every.count("    Person-") == 24


def test_json_has_the_shape_that_others_build_on(company: Adhere) -> None:
    code, out, _ = company("check", "--on", "2098-01-01", "--known", "2098-01-01", "--json")
    report = json.loads(out)
    assert (code, report["day"], report["known"]) == (1, "2098-01-01", "2098-01-01")
    assert [policy["policy"] for policy in report["policies"]] == ["desk-rules", "door-rules"]
    clause = {
        "clause": "read", "checks": ["conduct.acknowledged"], "strength": "attested",
        "satisfied": 1, "not_satisfied": 24, "unknown": 0, "exempt": 0, "not_applicable": 0,
    }  # fmt: skip
    assert report["policies"][0]["clauses"] == [clause]
    anna = next(each for each in report["findings"] if each["subject"]["id"] == "anna")
    keys = ["policy", "clause", "check", "subject", "state", "since", "why", "facts", "exemption"]
    assert {name: anna[name] for name in keys} == {
        "policy": "desk-rules",
        "clause": "read",
        "check": "conduct.acknowledged",
        "subject": {"kind": "person", "id": "anna", "name": "Anna"},
        "state": "satisfied",
        "since": "2024-01-10",
        "why": "accepted version 1 on 2024-01-10",
        "facts": ["acknowledgements/desk-rules:1:anna"],
        "exemption": None,
    }


def test_all_kept_is_zero_and_what_was_not_yet_known_does_not_count(company: Adhere) -> None:
    assert company("check")[0] == 0
    code, out, _ = company("check", "--on", "2098-01-01", "--known", "2020-01-01", "--json")
    states = [each["state"] for each in json.loads(out)["findings"]]
    assert (code, states) == (0, ["unknown", "unknown"])


def test_files_for_pipelines_and_auditors(company: Adhere, tmp_path: Path) -> None:
    oscal, junit = tmp_path / "o.json", tmp_path / "j.xml"
    files = ("--oscal", str(oscal), "--junit", str(junit))
    assert company("check", "--on", "2098-01-01", *files)[0] == 1
    document = json.loads(oscal.read_text())["assessment-results"]
    assert len(AssessmentResults.model_validate(document).results) == 2
    root = ElementTree.fromstring(junit.read_bytes())
    assert (root.get("tests"), root.get("failures")) == ("50", "48")
    out = company("check", "--on", "2098-01-01", "--junit", "-")[1]
    assert ElementTree.fromstring(out.encode()).get("tests") == "50"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--policy", "desk-rule"), "policy: no policy is called “desk-rule” "
         "(expected nearest is “desk-rules”)"),
        (("--json", "--oscal", "-"), "two results for one standard output "
         "(expected a file name for one of them)"),
        (("--junit", "/nowhere/j.xml"), "/nowhere/j.xml: cannot be written: "
         "No such file or directory"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line(company: Adhere, arguments: tuple[str, ...], message: str) -> None:
    assert company("check", *arguments) == (2, "", f"adhere: {message}\n")


def test_a_day_that_does_not_exist_is_wrong_usage(adhere: Adhere) -> None:
    with pytest.raises(SystemExit) as caught:
        adhere("check", "--on", "2026-02-30")
    assert caught.value.code == 2


def test_export_gives_each_format_and_imports_again(company: Adhere, tmp_path: Path) -> None:
    out = company("export", "people")[1]
    assert len(list(csv.DictReader(io.StringIO(out)))) == 25
    for name in ("p.jsonl", "p.csv"):
        assert company("export", "people", str(tmp_path / name))[0] == 0
        done = company("import", "people", str(tmp_path / name))[1]
        assert done == "people: 0 added, 0 corrected, 25 known\n"
    assert company("export", "people", "--format", "xlsx", str(tmp_path / "p.xlsx"))[0] == 0
    sheet = load_workbook(tmp_path / "p.xlsx").worksheets[0]
    assert (sheet.max_row, sheet["A1"].value, sheet["A2"].value) == (26, "id", "anna")
    assert company("export", "people", "--since", "2098-01-01")[1].splitlines() == [HEADER.strip()]


def test_evidence_verifies_and_oscal_is_valid(company: Adhere, tmp_path: Path) -> None:
    bundle, oscal = tmp_path / "bundle", tmp_path / "oscal.json"
    assert company("export", "evidence", str(bundle))[0] == 0
    assert company("verify", str(bundle))[0] == 0
    assert company("export", "oscal", str(oscal))[0] == 0
    document = json.loads(oscal.read_text())["assessment-results"]
    assert len(AssessmentResults.model_validate(document).results) == 2


def test_an_unknown_kind_and_a_format_that_does_not_fit(company: Adhere) -> None:
    assert company("export", "evidenc") == (
        2,
        "",
        "adhere: KIND: unknown kind “evidenc” (expected nearest is “evidence”)\n",
    )
    assert company("export", "oscal", "--format", "csv") == (
        2,
        "",
        "adhere: --format: oscal has one format only (expected nothing)\n",
    )

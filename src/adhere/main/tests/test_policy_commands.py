"""``coverage``, ``publish`` and ``read`` as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adhere.core.areas import checks
from adhere.main.cli import main

FRONT = "---\npolicy: desks\ntitle: Desks\nowner: security\naudience: public\n---\n"


def bound(text: str) -> str:
    name = next(name for name, check in checks().items() if not check.parameters.__struct_fields__)
    return f'[{text}]{{#lock check="{name}"}}\n'


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "desks.md"
    path.write_text(FRONT + bound("A desk must be locked."))
    return path


def test_coverage_of_a_file_needs_no_database(policy: Path, home: object) -> None:
    done = home.run("coverage", str(policy), "--json")  # type: ignore[attr-defined]
    report = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert (report["policy"], report["normative"], report["bound"]) == ("desks", 1, 1)
    assert not home.path.exists()  # type: ignore[attr-defined]


def test_coverage_fails_and_says_where(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy.write_text(policy.read_text() + "\nYou must be kind.\n")
    assert main(["coverage", str(policy)]) == 1
    said = capsys.readouterr()
    assert f"adhere: {policy}:9: bound to no check: “You must be kind.”" in said.err
    assert "1 of 2 normative sentences bound" in said.out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no front matter", ":1: the front matter is missing"),
        ("---\npolicy: [\n---\nx\n", "broken front matter"),
        (FRONT + '[A desk must be locked.{#lock check="a.b"}\n', ":7: "),
        ("", ":1: the document is empty"),
    ],
)
def test_what_cannot_be_read_is_told_apart(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "desks.md"
    path.write_text(text)
    assert main(["coverage", str(path)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert message in said.err


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "nowhere.md"]) == 2
    assert "nowhere.md: No such file or directory" in capsys.readouterr().err


def test_coverage_finds_translations_beside_the_file(
    policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dutch = FRONT.replace("owner", "language: nl\nowner") + "[Een bureau moet toe zijn.]{#slot}\n"
    policy.with_name("desks.nl.md").write_text(dutch)
    assert main(["coverage", str(policy), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["missing_translations"] == ["fr", "de"]
    assert [each["rule"] for each in report["problems"]] == [
        "other-clauses",
        "other-clauses",
        "unbound",
    ]


def test_publish_then_cover_by_name(policy: Path, home: object) -> None:
    first = home.run("publish", str(policy), "--changes", "We begin.")  # type: ignore[attr-defined]
    again = home.run("publish", str(policy))  # type: ignore[attr-defined]
    named = home.run("coverage", "desks")  # type: ignore[attr-defined]
    wrong = home.run("coverage", "dekss")  # type: ignore[attr-defined]
    assert first.stdout.decode() == "desks: version 1 published (en)\n  We begin.\n"
    assert b"nothing changed" in again.stdout
    assert [run.returncode for run in (first, again, named, wrong)] == [0, 0, 0, 2]
    assert "no policy is called “dekss”" in wrong.stderr.decode()


def test_publish_refuses_what_is_not_covered(policy: Path, home: object) -> None:
    policy.write_text(FRONT + "You must be kind.\n")
    done = home.run("publish", str(policy))  # type: ignore[attr-defined]
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines()[-1] == "adhere: nothing was published"


RULES = """Rules of the house

Doors must be locked at night. You may use the kitchen.
"""


def test_read_shows_what_each_sentence_demands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rules.txt"
    path.write_text(RULES)
    assert main(["read", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["clauses"]
    assert [each["modality"] for each in found][-2:] == ["obligation", "permission"]
    assert main(["read", str(path)]) == 0
    assert "    3  must      Doors must be locked at night." in capsys.readouterr().out


def test_read_writes_a_policy_and_replaces_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = tmp_path / "rules.txt", tmp_path / "rules.md"
    path.write_text(RULES)
    assert main(["read", str(path), "--to", str(target)]) == 0
    written = target.read_text()
    assert main(["coverage", str(target), "--json"]) in {0, 1}
    assert main(["read", str(path), "--to", str(target)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert target.read_text() == written
    assert main(["read", str(path), "--to", str(target), "--force"]) == 0

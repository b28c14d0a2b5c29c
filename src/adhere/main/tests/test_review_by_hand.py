"""``adhere review`` as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adhere.core.texts import LIBRARY
from adhere.documents.tests.review_cast import cookies
from adhere.main.cli import main

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A cookie policy with one warning."""
    path = tmp_path / "cookies.md"
    path.write_text(cookies("en", without="date"))
    return path


def test_a_sound_text_exits_zero_and_needs_no_database(home: object) -> None:
    done = home.run("review", str(LIBRARY / "cookies.en.md"), "--json")  # type: ignore[attr-defined]
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"] == []
    assert not home.path.exists()  # type: ignore[attr-defined]


def test_a_finding_is_told_with_its_place_and_exits_one(broken: Path, capsys: Printed) -> None:
    assert main(["review", str(broken)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{broken}:1: warning: no-date"
    assert said[-1] == f"{broken}: 1 warning"


def test_json_has_the_shape_of_the_contract(broken: Path, capsys: Printed) -> None:
    assert main(["review", str(broken), "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["rule"], found["severity"], found["line"], found["quote"]) == (
        "no-date",
        "warning",
        1,
        "Cookies",
    )
    assert set(found) == {"rule", "severity", "line", "quote", "why", "reference", "advice"}


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("note", 1), ("never", 0)])
def test_what_fails_can_be_chosen(broken: Path, least: str, code: int) -> None:
    assert main(["review", str(broken), "--fail-on", least]) == code


def test_another_language_is_said(tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "politica.html"
    path.write_text('<html lang="es"><body><h1>Cookies</h1><p>Usamos cookies.</p></body></html>')
    assert main(["review", str(path)]) == 0
    assert "language “es”: only tables" in capsys.readouterr().err


@pytest.mark.parametrize("text", [None, "", "%PDF-1.4 nothing"])
def test_what_cannot_be_read_exits_two(text: str | None, tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "policy.txt"
    if text is not None:
        path.write_text(text)
    assert main(["review", str(path)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)

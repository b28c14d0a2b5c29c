"""Forty pages in half a second; hostile texts in a moment."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from adhere.documents.policy import parse_policy
from adhere.documents.propose import to_policy
from adhere.documents.read import read
from adhere.errors import Problem

SENTENCES = "Person {n} must lock device {n} before lunch. Anna keeps list {n} in the cupboard. "


def test_forty_pages_are_read_and_split_quickly() -> None:
    parts = [f"{n}. Part {n}\n\n" + (SENTENCES * 5).format(n=n) for n in range(250)]
    text = "\n\n".join(parts)
    assert len(text.split()) > 18_000
    start = time.process_time()
    document = read(text.encode(), name="long.txt")
    assert time.process_time() - start < 1.0
    policy = to_policy(document, {})
    start = time.process_time()
    assert len(parse_policy(policy, "long.md").clauses) == 2500
    assert time.process_time() - start < 2.0


HOSTILE = {
    "A": 100_000, "A.": 50_000, "[": 10_000, "0": 50_000, "www.a": 9_000, "a\n": 9_000, "> ": 3_000,
    "Aastraat": 9_000, "{#a ": 3_000, "uses A B C ": 5_000, "1 ": 9_000, "<div>": 9_000,
}  # fmt: skip


@pytest.mark.parametrize("text", [piece * count for piece, count in HOSTILE.items()], ids=HOSTILE)
@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_hostile_texts_do_not_hang(text: str, ending: str) -> None:
    start = time.process_time()
    try:
        read(text.encode(), name=f"x.{ending}")
    except Problem as problem:
        assert problem.file == f"x.{ending}"  # noqa: PT017
    assert time.process_time() - start < 3.0


def test_heavy_libraries_are_loaded_only_when_needed() -> None:
    code = (
        "import sys; import adhere.documents.policy, adhere.documents.read;"
        "print(sorted({'lxml', 'docx', 'pdfplumber', 'django', 'weasyprint'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

"""Whatever Adhere needs to run may be distributed beside software under the Apache License 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distribution, metadata, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
# Licences by their SPDX names. Those of the last line ask for more: that changed files (MPL) or a
# changed library (LGPL) stay free. They are used as they come, and can be swapped for others.
ALLOWED = frozenset(
    ("MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0")
) | {"PSF-2.0", "Unlicense", "MPL-2.0", "LGPL-3.0-only"}
SAID = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
# Where the metadata says nothing that can be read alone: what the licence files in the
# distribution say, and a sentence of one of them that has to stand there still.
READ = {
    "pypdfium2": (
        "BSD-3-Clause or Apache-2.0; the PDFium inside and what is in it under permissive ones",
        "Redistribution and use in source and binary forms",
    ),
    "pyphen": (
        "one may choose between GPL 2, LGPL 2.1 and MPL 1.1, and we take the LGPL, unmodified; its "
        "hyphenation lists are under GPL, LGPL and/or MPL, and we do not ship them",
        "GPL 2.0+/LGPL 2.1+/MPL 1.1",
    ),
    "qrcode": (
        "BSD-3-Clause, and MIT for what it came from; the proprietary thing is a trade mark",
        "Licensed under the MIT license",
    ),
}


def pinned() -> list[tuple[str, str]]:
    return PINNED.findall((ROOT / "requirements" / "base.txt").read_text(encoding="utf-8"))


def said_by(name: str) -> Iterator[str]:
    """The licences that a distribution's metadata names, each of which holds."""
    found = metadata(name)
    if expression := found.get("License-Expression"):
        yield expression
        return
    classifiers = [each for each in found.get_all("Classifier") or [] if "License ::" in each]
    for each in classifiers:
        last = each.rpartition(" :: ")[2]
        yield SAID.get(last, last)
    if not classifiers:
        yield (found.get("License") or "nothing is said").strip()


def allowed(expression: str) -> bool:
    """Whether an SPDX expression leaves a choice that we may take.

    OR binds less than AND; with brackets every licence named has to be allowed.
    """
    names = [each.strip(" ()") for each in re.split(r"\s+(?:OR|AND)\s+", expression)]
    if "(" in expression and len(names) > 1:
        return ALLOWED.issuperset(names)
    choices = re.split(r"\s+OR\s+", expression)
    return any(ALLOWED.issuperset(re.split(r"\s+AND\s+", choice)) for choice in choices)


def licence_files(name: str) -> str:
    files = distribution(name).files or []
    chosen = [each for each in files if re.search(r"licen[cs]e|copying", str(each), re.IGNORECASE)]
    return "\n".join(
        Path(str(each.locate())).read_text(encoding="utf-8", errors="replace") for each in chosen
    )


def test_everything_pinned_is_looked_at() -> None:
    lines = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line and line[0] not in " #-"]
    assert len(pinned()) == len(names) > 50


@pytest.mark.parametrize(("name", "wanted"), pinned(), ids=[name for name, _ in pinned()])
def test_a_dependency_may_be_distributed_with_apache_software(name: str, wanted: str) -> None:
    assert version(name) == wanted
    if name in READ:
        licence, sentence = READ[name]
        assert sentence in licence_files(name), f"{name} was read as: {licence}"
        assert not all(map(allowed, said_by(name))), f"{name} can be read by itself now"
        return
    assert [each for each in said_by(name) if not allowed(each)] == []


def test_no_explanation_outlives_its_dependency() -> None:
    assert READ.keys() - {name for name, _ in pinned()} == set()


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND Apache-2.0", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", False),
        ("GPL-2.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("SSPL-1.0", False),
        ("BUSL-1.1", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("nothing is said", False),
    ],
)
def test_what_may_be_distributed(expression: str, may: bool) -> None:
    assert allowed(expression) is may

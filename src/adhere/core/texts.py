"""Policy texts in folders: one file a language, translations beside their base.

``cookies.md`` and ``cookies.nl.md`` are two languages of one policy.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

import adhere
from adhere.documents.policy import LANGUAGES, PolicySource, parse_policy, read_text
from adhere.errors import Problem

LIBRARY = Path(adhere.__file__).parent / "library"


class Text(msgspec.Struct, frozen=True):
    """The exact text of a file and what it parses to."""

    text: str
    source: PolicySource


def data_folder() -> Path:
    """Where this installation keeps its data; known before Django is."""
    return Path(os.environ.get("ADHERE_DATA", "./adhere-data"))


def policy_folder() -> Path:
    """The company's own policies where it has some, else those that are shipped."""
    own = data_folder() / "policies"
    return own if own.is_dir() else LIBRARY


def load(path: Path) -> Text:
    """A file, read and parsed. Ids may repeat: coverage lists every one."""
    if path.is_dir():
        raise Problem("is a folder", file=str(path), expected="a policy file")
    text = read_text(path)
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Problem("holds a zero byte", file=str(path), line=line, expected="text")
    return Text(text, parse_policy(text, str(path), repeats=True))


def load_folder(folder: Path) -> list[Text]:
    """Every policy text of a folder, in the order of the file names."""
    names = sorted(path for path in folder.glob("*.md") if path.name.lower() != "readme.md")
    return [load(path) for path in names]


def load_with_siblings(path: Path) -> list[Text]:
    """A file, and the other languages of the same policy beside it."""
    given = load(path)
    found = [given]
    for sibling in _siblings(path):
        other = load(sibling)
        languages = {text.source.language for text in found}
        if other.source.slug == given.source.slug and other.source.language not in languages:
            found.append(other)
    return found


def _siblings(path: Path) -> list[Path]:
    stem = path.stem
    for language in LANGUAGES:
        stem = stem.removesuffix(f".{language}")
    names = [f"{stem}.md", *(f"{stem}.{language}.md" for language in LANGUAGES)]
    return [
        path.with_name(name)
        for name in names
        if name != path.name and path.with_name(name).is_file()
    ]

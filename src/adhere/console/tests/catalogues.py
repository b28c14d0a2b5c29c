"""Reads catalogues and marked words without any tool but Django and the standard library."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

HOUSE = Path(__file__).parents[2]
LANGUAGES = ("nl", "fr", "de")
_MARKS = {"gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "_": 0, "ngettext": 0, "pgettext": 1}
_IN_TEMPLATE = re.compile(r"\bn?p?gettext\(((?:u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"|[, ])+)")
_INLINE = re.compile(r"\b_\((\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\)")

Key = tuple[str, str]  # context, msgid
Entry = tuple[bool, list[str]]  # fuzzy, what it is in the other language


def rooms() -> list[Path]:
    """Every folder of the house that speaks to people and has catalogues, found by walking."""
    return sorted(found.parent for found in HOUSE.glob("**/locale"))


def catalogue(path: Path) -> dict[Key, Entry]:
    """The entries of a .po file, its head included."""
    found: dict[Key, Entry] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        fields, last = {"msgctxt": "", "msgid": ""}, ""
        for line in block.splitlines():
            name, _, rest = line.partition(" ")
            if line.startswith('"'):
                fields[last] += ast.literal_eval(line)
            elif name.startswith("msg"):
                last = name
                fields[last] = ast.literal_eval(rest)
        if last:
            said = [text for name, text in fields.items() if name.startswith("msgstr")]
            found[fields["msgctxt"], fields["msgid"]] = ("#, fuzzy" in block, said)
    return found


def compiled(path: Path) -> dict[Key, list[str]]:
    """The entries of a .mo file, in the form of ``catalogue``."""
    with path.open("rb") as file:
        known: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    found: dict[Key, list[str]] = {}
    for key, text in sorted(known.items(), key=str):
        name = key[0] if isinstance(key, tuple) else key
        context, _, words = str(name).rpartition("\x04")
        found.setdefault((context, words), []).append(text)
    return found


def marked(room: Path) -> set[Key]:
    """Every word that the code and the templates of a room mark for translation."""
    return {key for path in _sources(room) for key in _marks(path)}


def _sources(room: Path) -> Iterator[Path]:
    inner = [each for each in rooms() if each != room and each.is_relative_to(room)]
    for path in [*room.rglob("*.py"), *room.rglob("templates/**/*.*")]:
        if "tests" not in path.parts and not any(path.is_relative_to(each) for each in inner):
            yield path


def _marks(path: Path) -> Iterator[Key]:
    text = path.read_text(encoding="utf-8")
    return _in_code(ast.parse(text)) if path.suffix == ".py" else _in_template(text)


def _in_code(tree: ast.AST) -> Iterator[Key]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = _MARKS.get(node.func.id)
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if place is not None and len(words) > place:
                yield (str(words[0]) if place else "", str(words[place]))


def _in_template(text: str) -> Iterator[Key]:
    source = templatize(re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL))
    for found in _IN_TEMPLATE.finditer(source):
        words = ast.literal_eval(f"[{found[1]}]")
        yield (words[0], words[1]) if found[0].startswith("pgettext") else ("", words[0])
    for found in _INLINE.finditer(source):
        yield "", ast.literal_eval(found[1])

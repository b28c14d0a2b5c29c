"""The attributes of a clause: ``{#id check="area.name" key=value}``."""

from __future__ import annotations

import re

import msgspec
from mdit_py_plugins.attrs.parse import ParseError, parse

from adhere.errors import Problem

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
ID_RULE = "lower-case letters, digits and hyphens"
_OWN = ("id", "check", "maps", "consents", "class")
_QUOTED = re.compile(r'"[^"\n]*"')
_KEY = re.compile(r"([\w:-]+)=")
_HASH = re.compile(r"#([^\s}\"]*)")
_DOTTED = re.compile(r'([\w:-]+)=([^\s"}]*[^\w\s"}:-][^\s"}]*)')
LEFT_OVER = re.compile(r"\]\{|\{\s*#\w|\{[^{}]*\b(?:check|maps)\s*=")


class Attributes(msgspec.Struct, frozen=True):
    id: str
    checks: tuple[str, ...]
    maps: tuple[str, ...]
    consents: int
    rest: dict[str, str]


def scan(raw: str) -> tuple[int, dict[str, str]] | None:
    """Length and attributes at the start of `raw`, or None where none can be read."""
    try:
        end, found = parse(raw)
    except ParseError:
        return None
    return end + 1, found


def fault(raw: str) -> str | None:
    """What is wrong with attributes that could be read, as one phrase."""
    bare = _QUOTED.sub("", raw)
    if '"' in bare:
        return "a quoted value does not end on its line"
    if len(_HASH.findall(bare)) > 1:
        return "more than one id"
    keys = _KEY.findall(bare)
    twice = next((key for key in keys if keys.count(key) > 1), None)
    return f"“{twice}” stands twice" if twice else None


def diagnose(raw: str) -> tuple[str, str]:
    """Why attributes could not be read, and what was expected."""
    inside = raw[raw.find("{") :].split("}", maxsplit=1)[0] if "{" in raw else raw
    bare = _QUOTED.sub("", inside)
    dotted = _DOTTED.search(bare)
    mark = _HASH.search(bare)
    if mark and not ID.fullmatch(mark[1]):
        return f"the id “{mark[1]}” has illegal characters", ID_RULE
    if dotted:
        return f"the value of “{dotted[1]}” is not quoted", f'{dotted[1]}="{dotted[2]}"'
    if bare.count('"') % 2:
        return "a quoted value is not closed", 'key="value"'
    if "}" not in raw:
        return "a clause's attributes are not closed", '{#id check="area.name"}'
    return (
        "attributes that cannot be read, or that follow no closed span",
        'a span [text]{#id check="area.name"}, or attributes on a line of their own before a block',
    )


def build(found: dict[str, str], file: str, line: int) -> Attributes | None:
    """A clause's attributes, or None where they only style. Raises Problem."""
    rest = {key: value for key, value in found.items() if key not in _OWN}
    name = found.get("id")
    if name is None:
        if found.keys() - {"class"}:
            raise Problem("a clause without an id", file=file, line=line, expected="{#id …}")
        return None
    if not ID.fullmatch(name):
        why = f"the id “{name}” has illegal characters"
        raise Problem(why, file=file, line=line, field="id", expected=ID_RULE)
    checks = tuple(dict.fromkeys(found.get("check", "").split()))
    if "check" in found and not checks:
        raise Problem("names no check", file=file, line=line, field="check", expected="area.name")
    consents = found.get("consents", "1")
    if consents not in ("1", "2"):
        raise Problem(
            f"“{consents}” does not fit", file=file, line=line, field="consents", expected="1 or 2"
        )
    return Attributes(name, checks, tuple(found.get("maps", "").split()), int(consents), rest)

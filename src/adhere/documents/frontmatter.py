"""The front matter of a policy: YAML between two lines of dashes."""

from __future__ import annotations

import re

import yaml

from adhere.documents.source import LANGUAGES
from adhere.errors import Problem, nearest

REQUIRED = ("policy", "title", "owner", "audience")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FENCE = re.compile(r"---[ \t]*")
EXAMPLE = "front matter with policy, title, owner and audience between two lines of ---"


def split(text: str, file: str) -> tuple[str, str, int]:
    """Front matter, body and the number of lines before the body. Raises Problem."""
    plain = text.removeprefix("\ufeff")
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", plain)
    if not _FENCE.fullmatch(lines[0].rstrip("\r\n")):
        raise Problem("the front matter is missing", file=file, line=1, expected=EXAMPLE)
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line.rstrip("\r\n")):
            return "".join(lines[1:number]), "".join(lines[number + 1 :]), number + 1
    raise Problem("the front matter is not closed", file=file, line=1, expected="a line of ---")


def load(front: str, file: str) -> dict[str, object]:
    """A policy's front matter, `language` filled in. Raises Problem naming line and field."""
    found, lines = _values(front, file)
    return _checked(found, lines, file)


def values(front: str, file: str) -> dict[str, object]:
    """Any front matter, no field required. Raises Problem where it is broken."""
    return _values(front, file)[0] if front.strip() else {}


def _values(front: str, file: str) -> tuple[dict[str, object], dict[str, int]]:
    try:
        node = yaml.compose(front, Loader=yaml.SafeLoader)
        found = yaml.safe_load(front)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 2
        why = error.problem or "not YAML"
        raise Problem(f"broken front matter: {why}", file=file, line=line) from None
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Problem(f"broken front matter: {why}", file=file, line=2) from None
    if not isinstance(found, dict) or not isinstance(node, yaml.MappingNode):
        raise Problem("broken front matter", file=file, line=2, expected="lines of “key: value”")
    return {str(key): value for key, value in found.items()}, _key_lines(node, file)


def _key_lines(node: yaml.MappingNode, file: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    for key, _ in node.value:
        name, line = str(key.value), key.start_mark.line + 2
        if name in lines:
            raise Problem("stands twice in the front matter", file=file, line=line, field=name)
        lines[name] = line
    return lines


def _checked(front: dict[str, object], lines: dict[str, int], file: str) -> dict[str, object]:
    for name in REQUIRED:
        if name not in front:
            raise Problem("missing from the front matter", file=file, line=1, field=name)
        value = front[name]
        if not isinstance(value, str) or not value.strip():
            raise Problem("is not a text", file=file, line=lines[name], field=name, expected="text")
    if not SLUG.fullmatch(str(front["policy"])):
        raise Problem(
            f"“{front['policy']}” cannot be an address",
            file=file,
            line=lines["policy"],
            field="policy",
            expected="lower-case letters, digits and single hyphens",
        )
    language = front.setdefault("language", "en")
    if language not in LANGUAGES:
        hint = nearest(str(language), LANGUAGES)
        raise Problem(
            f"unknown language “{language}”",
            file=file,
            line=lines.get("language", 1),
            field="language",
            expected=hint,
        )
    return front

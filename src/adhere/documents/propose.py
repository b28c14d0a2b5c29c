"""Any document as a literate policy, with checks proposed for what it demands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import yaml

from adhere.documents.blocks import without_number
from adhere.documents.document import Document, ReadClause, Tracker
from adhere.documents.matching import Matcher
from adhere.documents.modality import NORMATIVE, demands
from adhere.documents.source import LANGUAGES
from adhere.documents.statements import slug

NO_CHECK = "<!-- no check proposed -->"
_HEAD = ("Name", "Purpose", "Provider", "Strictly necessary", "Retention")


def to_policy(document: Document, checks: Mapping[str, str]) -> str:
    """A literate policy: every statement a clause with its id, normative ones with a check.

    `checks` maps a check's name to words that describe it. A normative sentence that no check
    fits stays without one and says so in a comment, so that coverage reports it as unbound.
    """
    matcher = Matcher(checks)
    language = document.language
    parts: list[str] = [_front(document)]
    heading, last = "", None
    for thing in _in_order(document):
        if isinstance(thing, list):
            parts.append(_table(thing))
            last = None
            continue
        if thing.heading != heading:
            heading, last = thing.heading, None
            parts.append(f"## {_escape(without_number(heading))}")
        joined = last is not None and last.kind == thing.kind and _together(last, thing)
        line = _clause(thing, matcher, language)
        if joined:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
        last = thing
    return "\n\n".join(parts) + "\n"


def _front(document: Document) -> str:
    language = document.language if document.language in LANGUAGES else "en"
    title = document.title or "Policy"
    values = {
        "policy": slug(title),
        "title": title,
        "owner": "security",
        "audience": "public" if document.trackers or document.rights else "personnel",
        "language": language,
    }
    if document.effective:
        values["effective"] = document.effective
    text = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{text}---"


def _in_order(document: Document) -> Iterable[ReadClause | list[Tracker]]:
    """Clauses and tables as they stood; trackers on neighbouring lines are one table."""
    rows = sorted(document.trackers, key=lambda tracker: tracker.line)
    for clause in document.clauses:
        ahead = [row for row in rows if row.line < clause.line]
        if ahead:
            yield ahead
            rows = rows[len(ahead) :]
        yield clause
    if rows:
        yield rows


def _together(before: ReadClause, clause: ReadClause) -> bool:
    return clause.kind == "item" or (clause.kind == "sentence" and before.line == clause.line)


def _clause(clause: ReadClause, matcher: Matcher, language: str) -> str:
    normative = clause.modality in NORMATIVE
    count = max(1, demands(clause.text, language)) if normative else 0
    checks = matcher.best(f"{clause.heading} {clause.text}", count)
    bound = f' check="{" ".join(checks)}"' if checks else ""
    note = f" {NO_CHECK}" if normative and not checks else ""
    bullet = "- " if clause.kind == "item" else ""
    return f"{bullet}[{_escape(clause.text)}]{{#{clause.id}{bound}}}{note}"


def _table(rows: list[Tracker]) -> str:
    lines = [_row(_HEAD), _row(["---"] * len(_HEAD))]
    for row in rows:
        necessary = {True: "Yes", False: "No", None: ""}[row.strictly_necessary]
        names = _escape(", ".join(row.names))
        cells = [names, _escape(row.purpose or ""), _escape(row.provider or ""), necessary]
        lines.append(_row([*cells, _escape(row.retention or "")]))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escape(text: str) -> str:
    """The text with every mark that Markdown would take for its own made plain."""
    plain = re.sub(r"([\\`*_\[\]{}<>#|~&!])", r"\\\1", text)
    return re.sub(r"^(\s*)([-+=]|\d+[.)])", _quiet, plain)


def _quiet(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark[:-1]}\\{mark[-1]}"

"""Question banks: one YAML file a language, each question bound to a clause. Pure.

    policy: work-behaviours
    language: en
    questions:
      - id: locked-1
        clause: locked
        ask: You fetch a coffee. What happens to your laptop?
        right: [I lock it.]
        wrong: [I leave it open, I will be back at once., I turn the screen away.]

Translations keep the ids, the clauses and the number of right and wrong answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec
import yaml

from adhere.documents.policy import LANGUAGES
from adhere.errors import Problem, nearest

_TOP = ("policy", "language", "questions")
_FIELDS = ("id", "clause", "ask", "right", "wrong")
_SHAPE = f"a list of questions with {', '.join(_FIELDS)}"


class Question(msgspec.Struct, frozen=True):
    """One question of a clause. Every answer under ``right`` has to be chosen, none of the others.

    ``line`` is where it begins in its file, from 1.
    """

    id: str
    clause: str
    ask: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    line: int

    @property
    def answers(self) -> tuple[str, ...]:
        """All of them, the right ones first."""
        return (*self.right, *self.wrong)

    @property
    def shape(self) -> tuple[str, int, int]:
        """What a translation has in common with it."""
        return self.clause, len(self.right), len(self.wrong)


class Bank(msgspec.Struct, frozen=True):
    """The questions about one policy in one language; ``sha256`` is of the file."""

    policy: str
    language: str
    questions: tuple[Question, ...]
    sha256: str
    file: str

    def about(self, clause: str) -> list[Question]:
        """The questions of a clause, in the same order in every language."""
        found = [each for each in self.questions if each.clause == clause]
        return sorted(found, key=lambda each: each.id)

    @property
    def clauses(self) -> set[str]:
        """The clauses that have a question."""
        return {each.clause for each in self.questions}


def parse_bank(text: str, file: str) -> Bank:
    """A bank from its text; a ``Problem`` names file, line and field of the first fault."""
    top = _mapping(_composed(text, file), file, _TOP)
    questions = tuple(_questions(top["questions"][1], file))
    language = _text(top["language"], file, "language")
    if language not in LANGUAGES:
        line = top["language"][0]
        expected = nearest(language, LANGUAGES)
        raise Problem(
            f"unknown language “{language}”",
            file=file,
            line=line,
            field="language",
            expected=expected,
        )
    policy = _text(top["policy"], file, "policy")
    return Bank(policy, language, questions, sha256(text.encode()).hexdigest(), file)


def fits_policy(bank: Bank, clauses: Collection[str]) -> None:
    """A ``Problem`` where a question is bound to a clause that the policy has not."""
    for each in bank.questions:
        if each.clause not in clauses:
            raise Problem(
                f"“{bank.policy}” has no clause “{each.clause}”",
                file=bank.file,
                line=each.line,
                field="clause",
                expected=nearest(each.clause, clauses),
            )


def fits_translation(bank: Bank, other: Bank) -> None:
    """A ``Problem`` where two languages of a bank differ in more than their words."""
    own, theirs = _by_id(bank), _by_id(other)
    for missing in theirs.keys() - own.keys():
        line = theirs[missing].line
        raise Problem(
            f"question “{missing}” of {other.file}:{line} is missing",
            file=bank.file,
            field="id",
            expected=f"the ids of the “{other.language}” bank",
        )
    for each in bank.questions:
        twin = theirs.get(each.id)
        if twin is None or twin.shape != each.shape:
            clause, right, wrong = twin.shape if twin else ("", 0, 0)
            raise Problem(
                f"question “{each.id}” differs from the “{other.language}” bank",
                file=bank.file,
                line=each.line,
                field="id",
                expected=f"clause {clause}, {right} right and {wrong} wrong answers"
                if twin
                else nearest(each.id, theirs),
            )


def _by_id(bank: Bank) -> Mapping[str, Question]:
    return {each.id: each for each in bank.questions}


Placed = tuple[int, Any]  # the line, and the YAML node below it


def _composed(text: str, file: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Problem(f"not YAML: {error.problem}", file=file, line=line) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Problem(f"not YAML: {str(error).splitlines()[0]}", file=file, line=1) from None
    if node is None:
        raise Problem("the file is empty", file=file, line=1, expected=_SHAPE)
    return node


def _mapping(node: yaml.Node, file: str, fields: Sequence[str]) -> dict[str, Placed]:
    """The values of a mapping with their lines: these fields, all of them, each once."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise Problem("no fields", file=file, line=line, expected=", ".join(fields))
    found: dict[str, Placed] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        if key.value not in fields or key.value in found:
            why = "stands twice" if key.value in found else "is unknown"
            raise Problem(
                f"“{key.value}” {why}", file=file, line=at, expected=nearest(str(key.value), fields)
            )
        found[key.value] = (at, value)
    for field in fields:
        if field not in found:
            raise Problem(
                f"“{field}” is missing",
                file=file,
                line=line,
                field=field,
                expected=", ".join(fields),
            )
    return found


def _questions(node: yaml.Node, file: str) -> Iterator[Question]:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise Problem("no questions", file=file, line=line, field="questions", expected=_SHAPE)
    lines: dict[str, int] = {}
    for each in node.value:
        found = _question(each, file)
        if found.id in lines:
            raise Problem(
                f"the id “{found.id}” repeats the one of line {lines[found.id]}",
                file=file,
                line=found.line,
                field="id",
                expected="an id used once",
            )
        lines[found.id] = found.line
        yield found


def _question(node: yaml.Node, file: str) -> Question:
    fields = _mapping(node, file, _FIELDS)
    right, wrong = (_texts(fields[name], file, name) for name in ("right", "wrong"))
    line = node.start_mark.line + 1
    if len({*right, *wrong}) < len(right) + len(wrong):
        raise Problem("two answers are the same", file=file, line=line, expected="each once")
    own, clause, asked = (_text(fields[name], file, name) for name in ("id", "clause", "ask"))
    return Question(own, clause, asked, right, wrong, line)


def _texts(placed: Placed, file: str, field: str) -> tuple[str, ...]:
    line, node = placed
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise Problem("no answers", file=file, line=line, field=field, expected="at least one")
    return tuple(_text((each.start_mark.line + 1, each), file, field) for each in node.value)


def _text(placed: Placed, file: str, field: str) -> str:
    line, node = placed
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise Problem("no text", file=file, line=line, field=field, expected="a line of text")
    return " ".join(node.value.split())

"""What is wrong with the bindings of a policy text: every fault, not only the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from adhere.core.checking import Check
from adhere.core.parameters import Parameters, fields_of, parse_parameters
from adhere.documents.policy import PolicySource, SourceClause
from adhere.errors import Problem, nearest


class Fault(msgspec.Struct, frozen=True):
    """One thing that keeps a policy from being published, at its file and line.

    ``rule`` is ``unbound``, ``repeated-id``, ``unknown-check``, ``unknown-parameter``,
    ``bad-value``, ``contradiction``, ``several-demands``, ``other-clauses`` or ``other-binding``.
    """

    rule: str
    file: str
    line: int
    message: str
    expected: str = ""
    clause: str = ""

    def __str__(self) -> str:
        hint = f" (expected {self.expected})" if self.expected else ""
        return f"{self.file}:{self.line}: {self.message}{hint}"


def repeated_ids(source: PolicySource) -> Iterator[Fault]:
    """Each clause whose id stands higher up already."""
    first: dict[str, int] = {}
    for clause in source.clauses:
        if clause.id in first:
            message = f"the id “{clause.id}” repeats the one of line {first[clause.id]}"
            expected = "an id used once"
            yield Fault("repeated-id", source.file, clause.line, message, expected, clause.id)
        first.setdefault(clause.id, clause.line)


def binding_faults(
    source: PolicySource, clause: SourceClause, checks: Mapping[str, Check]
) -> Iterator[Fault]:
    """Unknown checks, attributes that no check declares, and values that do not fit."""
    chosen = [checks[name] for name in clause.checks if name in checks]
    for name in clause.checks:
        if name not in checks:
            hint = nearest(name, checks) if checks else "no check is installed"
            yield _at(source, clause, "unknown-check", f"unknown check “{name}”", hint)
    if len(chosen) == len(clause.checks):
        yield from _unclaimed(source, clause, chosen)
    for check in chosen:
        for problem in _misfits(check.parameters, clause.attributes):
            message = f"{problem.field}: {problem.message}" if problem.field else problem.message
            yield _at(source, clause, "bad-value", message, problem.expected or "")


def _unclaimed(
    source: PolicySource, clause: SourceClause, chosen: Sequence[Check]
) -> Iterator[Fault]:
    fields = {name for check in chosen for name in field_names(check.parameters)}
    for name in clause.attributes:
        if name not in fields:
            hint = nearest(name, fields) if fields else "no parameter here"
            yield _at(source, clause, "unknown-parameter", f"unknown parameter “{name}”", hint)


def _misfits(kind: type[Parameters], attributes: Mapping[str, str]) -> list[Problem]:
    written = {name: value for name, value in attributes.items() if name in field_names(kind)}
    whole = _misfit(kind, written)
    if whole is None:
        return []
    single = [_misfit(kind, {name: value}) for name, value in written.items()]
    # A field that is missing beside this one shows up too; only the written one counts here.
    found = [each for each in single if each and each.field in written]
    return found or [whole]


def _misfit(kind: type[Parameters], written: dict[str, str]) -> Problem | None:
    try:
        parse_parameters(kind, written)
    except Problem as problem:
        return problem
    return None


def field_names(kind: type[Parameters]) -> list[str]:
    """The parameters that a check declares."""
    return [field.name for field in fields_of(kind)]


def _at(source: PolicySource, clause: SourceClause, rule: str, text: str, hint: str) -> Fault:
    return Fault(rule, source.file, clause.line, f"{clause.id}: {text}", hint, clause.id)

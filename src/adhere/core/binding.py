"""Binds the clauses of a policy text to checks with typed parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adhere.core.checking import Check, Person, Verdict, World
from adhere.core.judging import Binding
from adhere.core.parameters import NoParameters, fields_of, parse_parameters
from adhere.documents.policy import PolicySource, SourceClause
from adhere.errors import Problem, nearest


def bind(source: PolicySource, checks: Mapping[str, Check]) -> list[Binding]:
    """All bindings of a policy; raises a ``Problem`` with file and line at the first fault."""
    return [binding for clause in source.clauses for binding in bind_clause(source, clause, checks)]


def bind_clause(
    source: PolicySource, clause: SourceClause, checks: Mapping[str, Check]
) -> Iterator[Binding]:
    """The bindings of one clause: each check takes those attributes that it declares."""
    try:
        chosen = [_find(name, checks) for name in clause.checks]
        _refuse_unclaimed(clause, chosen)
        for check in chosen:
            fields = {field.name for field in fields_of(check.parameters)}
            written = {name: text for name, text in clause.attributes.items() if name in fields}
            parameters = parse_parameters(check.parameters, written)
            yield Binding(source.slug, clause.id, check, parameters)
    except Problem as problem:
        raise problem.at(source.file, clause.line) from None


def bind_published(source: PolicySource, checks: Mapping[str, Check]) -> Iterator[Binding]:
    """The bindings of a text that was sound when it was published.

    A check that is gone since, or no longer takes what stands there, judges ``unknown``: an
    area may be removed without making the published policy unreadable.
    """
    for clause in source.clauses:
        try:
            yield from list(bind_clause(source, clause, checks))
        except Problem as problem:
            for name in clause.checks:
                yield Binding(source.slug, clause.id, _gone(name, problem), NoParameters())


def _gone(name: str, problem: Problem) -> Check:
    why = f"cannot be judged any more: {problem.message}"

    def judge(_: NoParameters, world: World) -> list[Verdict]:
        return [Verdict(world.company, "unknown", why)]

    return Check(name, why, "attested", "company", (Person.kind,), judge=judge)


def _find(name: str, checks: Mapping[str, Check]) -> Check:
    if name not in checks:
        raise Problem(f"unknown check “{name}”", field="check", expected=nearest(name, checks))
    return checks[name]


def _refuse_unclaimed(clause: SourceClause, chosen: list[Check]) -> None:
    fields = {field.name for check in chosen for field in fields_of(check.parameters)}
    for name in clause.attributes:
        if name not in fields:
            hint = nearest(name, fields) if fields else "no parameter here"
            raise Problem(f"unknown parameter “{name}”", field=name, expected=hint)

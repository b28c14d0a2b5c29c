"""The texts of one policy in several languages: which one binds, and whether the others agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from adhere.core.checking import Check
from adhere.core.contradictions import contradictions
from adhere.core.coverage import Coverage, cover, unbound_faults
from adhere.core.faults import Fault, repeated_ids
from adhere.documents.policy import LANGUAGES, PolicySource, SourceClause
from adhere.errors import Problem, nearest


def by_slug(sources: Iterable[PolicySource]) -> dict[str, list[PolicySource]]:
    """The texts of each policy; a ``Problem`` where a language is given twice."""
    groups: dict[str, list[PolicySource]] = {}
    for source in sources:
        group = groups.setdefault(source.slug, [])
        for other in group:
            if other.language == source.language:
                raise Problem(
                    f"“{source.slug}” in “{source.language}” is also in {other.file}",
                    file=source.file,
                    line=1,
                    field="language",
                    expected="one text a language",
                )
        group.append(source)
    return groups


def base_of(sources: Sequence[PolicySource]) -> PolicySource:
    """The text whose checks bind: the one that front matter names as ``base``, else the one
    that has checks, else the English one, else the first.
    """
    by_language = {source.language: source for source in sources}
    for source in sources:
        named = source.front.get("base")
        if named is not None and named not in LANGUAGES:
            raise Problem(
                f"unknown language “{named}”",
                file=source.file,
                line=1,
                field="base",
                expected=nearest(str(named), LANGUAGES),
            )
        if named in by_language:
            return by_language[str(named)]
    bound = [source for source in sources if any(clause.checks for clause in source.clauses)]
    for source in [*bound, *sources]:
        if source.language == "en":
            return source
    return (bound or list(sources))[0]


def cover_all(
    sources: Sequence[PolicySource], checks: Mapping[str, Check], base: PolicySource | None = None
) -> Coverage:
    """The coverage of one policy: its base text, and each translation held against it."""
    base = base or base_of(sources)
    covered = cover(base, checks)
    others = [source for source in sources if source is not base]
    return msgspec.structs.replace(
        covered,
        translations=tuple(_translation(other, covered) for other in others),
        missing=missing({source.language for source in sources}),
    )


def missing(present: set[str]) -> tuple[str, ...]:
    """The languages without a text."""
    return tuple(language for language in LANGUAGES if language not in present)


def _translation(source: PolicySource, base: Coverage) -> Coverage:
    faults = [*repeated_ids(source), *_other_clauses(source, base.source)]
    originals = {clause.id: clause for clause in base.source.clauses}
    for clause in source.clauses:
        original = originals.get(clause.id)
        if original is None:
            continue
        faults += _other_binding(source, clause, original)
        sentences = [each for each in source.sentences if each.clause == clause.id]
        bound = base.bindings.get(clause.id, ())
        faults += contradictions(source.file, clause, sentences, bound, original.attributes)
    faults += unbound_faults(source, base.bindings)
    return Coverage(source, base.bindings, tuple(faults))


def _other_clauses(source: PolicySource, base: PolicySource) -> Iterator[Fault]:
    own = {clause.id: clause.line for clause in source.clauses}
    theirs = {clause.id: clause.line for clause in base.clauses}
    for clause, line in own.items():
        if clause not in theirs:
            message = f"{clause}: no such clause in the text that binds, {base.file}"
            hint = nearest(clause, theirs) if theirs else "no clause"
            yield Fault("other-clauses", source.file, line, message, hint, clause)
    for clause, line in theirs.items():
        if clause not in own:
            message = f"the clause “{clause}” of {base.file}:{line} is not in this text"
            expected = "the same clauses in every language"
            yield Fault("other-clauses", source.file, 1, message, expected, clause)


def _other_binding(
    source: PolicySource, clause: SourceClause, original: SourceClause
) -> Iterator[Fault]:
    """A translation may leave attributes out, but not say others."""
    differs = [
        name for name, value in clause.attributes.items() if original.attributes.get(name) != value
    ]
    if set(clause.checks) - set(original.checks):
        differs.append("check")
    for name in differs:
        message = f"{clause.id}: “{name}” is not as in the text that binds"
        expected = "its id alone, or the same attributes"
        yield Fault("other-binding", source.file, clause.line, message, expected, clause.id)

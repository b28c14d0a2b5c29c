"""Coverage: which normative sentences of a policy are bound to which checks, and every fault.

Pure: texts and checks in, a report out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from adhere.core.binding import bind_clause
from adhere.core.checking import Check
from adhere.core.contradictions import contradictions
from adhere.core.faults import Fault, binding_faults, repeated_ids
from adhere.core.judging import Binding
from adhere.documents.policy import PolicySource, Sentence, SourceClause
from adhere.errors import Problem

Bindings = Mapping[str, tuple[Binding, ...]]


class Coverage(msgspec.Struct, frozen=True):
    """One text with what binds it. Of a translation, the bindings are those of its base."""

    source: PolicySource
    bindings: Bindings
    faults: tuple[Fault, ...]
    translations: tuple[Coverage, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def normative(self) -> list[Sentence]:
        """The sentences that promise, require or forbid."""
        return [sentence for sentence in self.source.sentences if sentence.normative]

    @property
    def unbound(self) -> list[Sentence]:
        """Normative sentences that no check judges."""
        return [each for each in self.normative if (each.clause or "") not in self.bindings]

    @property
    def unknown(self) -> list[str]:
        """Clauses of which no check has a collector yet: they stand ``unknown``."""
        return [
            clause
            for clause, bindings in self.bindings.items()
            if bindings and all(binding.check.judge is None for binding in bindings)
        ]

    @property
    def all_faults(self) -> list[Fault]:
        """The faults of the text and of its translations, in the order of file and line."""
        every = [*self.faults, *(fault for each in self.translations for fault in each.faults)]
        files = list(dict.fromkeys(fault.file for fault in every))
        return sorted(every, key=lambda fault: (files.index(fault.file), fault.line))


def cover(source: PolicySource, checks: Mapping[str, Check]) -> Coverage:
    """The coverage of a text by its own attributes."""
    sentences = _by_clause(source)
    bindings: dict[str, tuple[Binding, ...]] = {}
    faults = list(repeated_ids(source))
    twice = {fault.clause for fault in faults}
    for clause in source.clauses:
        wrong = list(binding_faults(source, clause, checks))
        faults += wrong
        if not clause.checks:
            continue
        bound = () if wrong else _bound(source, clause, checks)
        bindings.setdefault(clause.id, bound)
        if clause.id in twice:  # whose sentences are whose cannot be told
            continue
        mine = sentences.get(clause.id, [])
        faults += contradictions(source.file, clause, mine, bound, clause.attributes)
        faults += _several_demands(source, clause, mine)
    faults += unbound_faults(source, bindings)
    return Coverage(source, bindings, tuple(faults))


def _bound(
    source: PolicySource, clause: SourceClause, checks: Mapping[str, Check]
) -> tuple[Binding, ...]:
    try:
        return tuple(bind_clause(source, clause, checks))
    except Problem:  # listed by binding_faults
        return ()


def _several_demands(
    source: PolicySource, clause: SourceClause, sentences: Sequence[Sentence]
) -> Iterator[Fault]:
    for sentence in sentences:
        if sentence.normative and len(clause.checks) < sentence.demands:
            count = len(clause.checks)
            message = f"{clause.id}: {sentence.demands} demands in one sentence, {count} check"
            yield Fault(
                "several-demands",
                source.file,
                sentence.line,
                message + ("" if count == 1 else "s"),
                "a clause for each demand, or a check for each",
                clause.id,
            )


def unbound_faults(source: PolicySource, bound: Bindings) -> Iterator[Fault]:
    """Each normative sentence in no clause that has a check."""
    for sentence in source.sentences:
        if sentence.normative and (sentence.clause or "") not in bound:
            message = f"bound to no check: “{shortened(sentence.text)}”"
            expected = '[…]{#id check="area.name"} around it'
            if sentence.clause:
                expected = f"a check beside #{sentence.clause}"
            clause = sentence.clause or ""
            yield Fault("unbound", source.file, sentence.line, message, expected, clause)


def _by_clause(source: PolicySource) -> Mapping[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in source.sentences:
        if sentence.clause:
            found[sentence.clause].append(sentence)
    return found


def shortened(text: str, width: int = 90) -> str:
    """A text on one line, cut between words."""
    if len(text) <= width:
        return text
    return text[:width].rsplit(" ", 1)[0] + " …"

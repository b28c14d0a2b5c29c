"""Numbers in a sentence that disagree with the parameters it is bound to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from adhere.core.checking import Check
from adhere.core.durations import Duration
from adhere.core.faults import Fault
from adhere.core.judging import Binding
from adhere.core.parameters import fields_of
from adhere.documents.policy import Sentence, SourceClause
from adhere.documents.quantities import Quantity, quantities

# Whole numbers whose name says that they count time, in days.
_NAMED_UNITS = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0, "years": 365.0}
_QUARTER, _HALF_YEAR = (91.0, 90.0), (182.0, 180.0)


class Number(msgspec.Struct, frozen=True):
    """A parameter that a sentence may name: a duration in days, or a count."""

    check: Check
    name: str
    kind: str
    value: float
    shown: str
    written: bool


class _Named(msgspec.Struct, frozen=True):
    quantity: Quantity
    line: int


def contradictions(
    file: str,
    clause: SourceClause,
    sentences: Sequence[Sentence],
    bindings: Sequence[Binding],
    written: Iterable[str],
) -> Iterator[Fault]:
    """Each number of the clause's text that no parameter holds while a parameter holds another.

    A text may leave a parameter unsaid, and may name numbers that no parameter is about; it
    contradicts where a number in it is nobody's and a parameter of that kind is said nowhere.
    Defaults count: they judge like any other value.
    """
    numbers = [number for binding in bindings for number in _numbers(binding, set(written))]
    named = list(_named(clause, sentences)) if numbers else []
    for kind in ("duration", "count"):
        held = [number for number in numbers if number.kind == kind]
        said = [each for each in named if each.quantity.kind == kind]
        strangers = [each for each in said if not any(_same(each, number) for number in held)]
        silent = [number for number in held if not any(_same(each, number) for each in said)]
        silent.sort(key=lambda number: not number.written)
        for each, number in zip(strangers, silent, strict=False):
            yield _fault(file, clause, each, number)


def _fault(file: str, clause: SourceClause, each: _Named, number: Number) -> Fault:
    how = f"{number.name}={number.shown}" + ("" if number.written else " (its default)")
    message = f"{clause.id}: the text says “{each.quantity.text}”, {number.check.name} has {how}"
    expected = "the same number in text and parameter"
    return Fault("contradiction", file, each.line, message, expected, clause.id)


def _numbers(binding: Binding, written: set[str]) -> Iterator[Number]:
    for field in fields_of(type(binding.parameters)):
        value = getattr(binding.parameters, field.name)
        measured = _measure(field.name, value)
        if measured:
            yield Number(binding.check, field.name, *measured, str(value), field.name in written)


def _measure(name: str, value: object) -> tuple[str, float] | None:
    if isinstance(value, Duration):
        return "duration", value.days
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    unit = _NAMED_UNITS.get(name.rpartition("_")[2])
    return ("duration", value * unit) if unit else ("count", float(value))


def _same(each: _Named, number: Number) -> bool:
    said, held = each.quantity.value, number.value
    return math.isclose(said, held, rel_tol=1e-6) or (said, held) in (_QUARTER, _HALF_YEAR)


def _named(clause: SourceClause, sentences: Sequence[Sentence]) -> Iterator[_Named]:
    if not sentences:
        yield from (_Named(found, clause.line) for found in quantities(clause.text))
    for sentence in sentences:
        yield from (_Named(found, sentence.line) for found in quantities(sentence.text))

"""The typed numbers of a check, as a policy writes them beside its sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import FieldInfo

from adhere.core.durations import Duration
from adhere.errors import Problem, nearest


class Parameters(msgspec.Struct, frozen=True):
    """Base of each check's parameters: fields with a type, a default and, by ``Meta``, a range.

    ``__post_init__`` may raise ``ValueError`` for what a range cannot say.
    """


class NoParameters(Parameters, frozen=True):
    """For a check that has nothing to set."""


@cache
def fields_of(kind: type[Parameters]) -> tuple[FieldInfo, ...]:
    """The fields of a check's parameters; worked out once, for a policy asks for each clause."""
    return msgspec.structs.fields(kind)


P = TypeVar("P", bound=Parameters)


def _durations(kind: type[Parameters], written: dict[str, str]) -> dict[str, object]:
    """The attributes with those parsed that stand for a length of time."""
    values: dict[str, object] = dict(written)
    for field in fields_of(kind):
        if field.name in values and Duration in (field.type, *get_args(field.type)):
            try:
                values[field.name] = Duration.parse(written[field.name])
            except ValueError as error:
                raise Problem(
                    f"“{written[field.name]}” does not fit", field=field.name, expected=str(error)
                ) from None
    return values


def parse_parameters(kind: type[P], written: dict[str, str]) -> P:
    """Turn attributes into parameters; a ``Problem`` names the field and what it takes."""
    known = [field.name for field in fields_of(kind)]
    for name in written:
        if name not in known:
            if not known:
                raise Problem(f"unknown parameter “{name}”", field=name, expected="none")
            raise Problem(f"unknown parameter “{name}”", field=name, expected=nearest(name, known))
    try:
        return msgspec.convert(_durations(kind, written), kind, strict=False)
    except msgspec.ValidationError as error:
        text = str(error)
        field = (re.findall(r"\$\.(\w+)", text) or [None])[-1]
        wanted = text.split(" - at ", maxsplit=1)[0].removeprefix("Expected ").replace("`", "")
        wanted = _described(kind, field or "") or wanted
        given = written.get(field or "", "")
        raise Problem(f"“{given}” does not fit", field=field, expected=wanted) from error


def _described(kind: type[Parameters], field: str) -> str:
    """What a field takes: the words of its ``Meta``, or its choices; else nothing."""
    hint = get_type_hints(kind, include_extras=True).get(field)
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, msgspec.Meta) and note.description:
            return note.description
    return "one of " + ", ".join(get_args(hint)) if get_origin(hint) is Literal else ""


def as_written(parameters: Parameters) -> dict[str, Any]:
    """Parameters as JSON: durations in their short form, all else as it is."""
    return {
        field.name: str(value) if isinstance(value, Duration) else value
        for field in fields_of(type(parameters))
        for value in [getattr(parameters, field.name)]
    }


def between(field: str, value: Duration, low: str, high: str) -> None:
    """Hold a length of time in a range, both ends inclusive; for a ``__post_init__``.

    Raises ``ValueError`` naming the field in the way msgspec does, so that
    ``parse_parameters`` tells the writer which attribute is wrong.
    """
    if not Duration.parse(low).days <= value.days <= Duration.parse(high).days:
        raise ValueError(f"between {low} and {high} - at `$.{field}`")

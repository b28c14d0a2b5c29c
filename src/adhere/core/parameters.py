"""The typed numbers of a check, as a policy writes them beside its sentence."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from adhere.core.durations import Duration
from adhere.errors import Problem, nearest


class Parameters(msgspec.Struct, frozen=True):
    """Base of each check's parameters: fields with a type, a default and, by ``Meta``, a range.

    ``__post_init__`` may raise ``ValueError`` for what a range cannot say.
    """


class NoParameters(Parameters, frozen=True):
    """For a check that has nothing to set."""


P = TypeVar("P", bound=Parameters)


def _decode(kind: type, value: object) -> object:
    if kind is Duration:
        return Duration.parse(str(value))
    raise NotImplementedError(kind)


def parse_parameters(kind: type[P], written: dict[str, str]) -> P:
    """Turn attributes into parameters; a ``Problem`` names the field and what it takes."""
    known = [field.name for field in msgspec.structs.fields(kind)]
    for name in written:
        if name not in known:
            if not known:
                raise Problem(f"unknown parameter “{name}”", field=name, expected="none")
            raise Problem(f"unknown parameter “{name}”", field=name, expected=nearest(name, known))
    try:
        return msgspec.convert(written, kind, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        text = str(error)
        field = (re.findall(r"\$\.(\w+)", text) or [None])[-1]
        wanted = text.split(" - at ", maxsplit=1)[0].removeprefix("Expected ").replace("`", "")
        given = written.get(field or "", "")
        raise Problem(f"“{given}” does not fit", field=field, expected=wanted) from error


def as_written(parameters: Parameters) -> dict[str, Any]:
    """Parameters as JSON: durations in their short form, all else as it is."""
    return {
        field.name: str(value) if isinstance(value, Duration) else value
        for field in msgspec.structs.fields(parameters)
        for value in [getattr(parameters, field.name)]
    }

"""The violations put in on purpose, and the file that lists them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from django.conf import settings

from adhere.core.judging import Binding

FILE = "demo-violations.json"


class Planted(msgspec.Struct, frozen=True, order=True):
    """One verdict that the demonstration is to give, ``why`` in the words of who planted it."""

    policy: str
    clause: str
    check: str
    subject: str
    state: str
    why: str


def planted_by(told: Iterable[Mapping[str, str]], bindings: Sequence[Binding]) -> Iterator[Planted]:
    """What an area says that it planted; where it names no clause, every one of that check."""
    for each in told:
        for binding in bindings:
            if binding.check.name == each["check"] and _names(each, binding):
                yield Planted(
                    binding.policy,
                    binding.clause,
                    each["check"],
                    each["subject"],
                    each.get("state", "not-satisfied"),
                    each["why"],
                )


def _names(told: Mapping[str, str], binding: Binding) -> bool:
    policy, clause = told.get("policy"), told.get("clause")
    return policy in {None, binding.policy} and clause in {None, binding.clause}


def path() -> Path:
    """Where the list is kept."""
    return Path(settings.DATA) / FILE


def write(planted: Iterable[Planted]) -> None:
    """The list, sorted, as JSON."""
    rows = [msgspec.to_builtins(each) for each in sorted(planted)]
    path().write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

"""How states, strengths and kinds of subject are called and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adhere.core.checking import STATES, STRENGTHS

STATE_WORDS: Final[dict[str, str | Promise]] = {
    "satisfied": _("Kept"),
    "not-satisfied": _("Broken"),
    "unknown": _("Unknown"),
    "exempt": _("Exempt"),
    "not-applicable": _("Not applicable"),
}
STATE_ICONS: Final = {
    "satisfied": "check",
    "not-satisfied": "cross",
    "unknown": "question",
    "exempt": "shield",
    "not-applicable": "minus",
}
STRENGTH_WORDS: Final[dict[str, str | Promise]] = {
    "measured": _("Measured"),
    "inspected": _("Inspected"),
    "reported": _("Reported"),
    "attested": _("Attested"),
}
STRENGTH_MEANINGS: Final[dict[str, str | Promise]] = {
    "measured": _("a machine saw it"),
    "inspected": _("a person went and looked"),
    "reported": _("nobody reported otherwise"),
    "attested": _("people said so"),
}
# What stands in facts and policies as a word of ours; areas may add theirs to their catalogues.
SUBJECTS: Final = (
    _("person"),
    _("company"),
    _("device"),
    _("exemption"),
    _("incident"),
    _("place"),
    _("policy"),
    _("request"),
    _("visit"),
    _("website"),
)
VOCABULARY: Final = (
    _("employee"),
    _("contractor"),
    _("personnel"),
    _("public"),
    _("page"),
    _("import"),
)
# The worst news first: what is broken, then what nobody knows.
WORST_FIRST: Final = ("not-satisfied", "unknown", "exempt", "satisfied", "not-applicable")


@dataclass(frozen=True)
class Part:
    """One stretch of a bar of states, in hundredths of its width."""

    state: str
    word: str | Promise
    count: int
    start: float
    width: float


def parts(counts: Mapping[str, int]) -> list[Part]:
    """The stretches of a bar, none so thin that it cannot be seen."""
    present = [(state, counts.get(state, 0)) for state in STATES if counts.get(state, 0)]
    total = sum(count for _, count in present)
    floor = 1.5
    spare = 100 - floor * len(present)
    found, start = [], 0.0
    for state, count in present:
        width = floor + spare * count / total
        found.append(Part(state, STATE_WORDS[state], count, round(start, 2), round(width, 2)))
        start += width
    return found


def worst(states: Iterable[str]) -> str:
    """The state that speaks for a clause with several subjects."""
    held = set(states)
    return next((state for state in WORST_FIRST if state in held), "unknown")


def in_words(value: str) -> str:
    """A word of the vocabulary in the language of the page; any other as it is."""
    return gettext(value) if value else ""


def state_choices() -> list[tuple[str, str | Promise]]:
    return [(state, STATE_WORDS[state]) for state in STATES]


def strength_choices() -> list[tuple[str, str | Promise]]:
    return [(name, STRENGTH_WORDS[name]) for name in STRENGTHS]

"""What a visitor answered, out of the consent cookie. What is not plainly right is no answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from adhere.areas.cookies.wall.site import Wall

CONSENT = "adhere_consent"
DAY = 86_400
MONTH = 30.4375 * DAY
_LONGEST = 4_096
_SAID = r"[a-z0-9][a-z0-9-]{0,39}(?::[a-z0-9-]{1,100})?\.[01]\.[0-9a-f]{6}"
_ANSWER = re.compile(
    rf"1!([0-9]{{9,11}})!([0-9a-f]{{12}})!({_SAID}(?:!{_SAID}){{0,199}})!s\.([0-9a-f]{{32}})"
)


@dataclass(frozen=True)
class Choices:
    """An answer as a page on the server may use it: ``choices["analytics"]`` is true or false.

    ``given`` holds the keys in force: purposes, and ``purpose:vendor`` where one vendor alone
    was allowed. A purpose that changed since the answer is not in it.
    """

    answered: bool = False
    at: int = 0
    notice: str = ""
    subject: str = ""
    given: frozenset[str] = frozenset()
    necessary: frozenset[str] = frozenset()
    said: Mapping[str, bool] = field(default_factory=dict)

    def __getitem__(self, purpose: str) -> bool:
        return self.allows(purpose)

    def allows(self, purpose: str, vendor: str = "") -> bool:
        """Whether the purpose, or this vendor (by its key) within it, may store and load."""
        wanted = {purpose, f"{purpose}:{vendor}"} if vendor else {purpose}
        return purpose in self.necessary or not wanted.isdisjoint(self.given)


def read_choices(header: str, wall: Wall, now: float) -> Choices:
    """The answer in a ``Cookie`` header. Malformed, expired, from tomorrow, of a notice that this
    site never showed, or two that differ: as if nothing had been said."""
    necessary = frozenset(gate.slug for gate in wall.gates if gate.necessary)
    nothing = Choices(necessary=necessary)
    values = {value for name, value in pairs(header) if name == CONSENT}
    if len(values) != 1:
        return nothing
    value = values.pop()
    found = _ANSWER.fullmatch(value) if len(value) <= _LONGEST else None
    if not found or found[2] not in wall.notices:
        return nothing
    at = int(found[1])
    if not at - DAY <= now < at + wall.months * MONTH:
        return nothing
    parts = [each.split(".") for each in found[3].split("!")]
    said = {key: answer == "1" for key, answer, _ in parts}
    if len(said) != len(parts):
        return nothing
    hashes = {gate.slug: gate.hash for gate in wall.gates if not gate.necessary}
    given = frozenset(
        key for key, answer, hash6 in parts
        if answer == "1" and hashes.get(key.partition(":")[0]) == hash6
    )  # fmt: skip
    return Choices(True, at, found[2], found[4], given, necessary, said)


def pairs(header: str) -> list[tuple[str, str]]:
    """Names and values of a ``Cookie`` header, in order, as RFC 6265 section 5.4 writes them."""
    found = [each.partition("=") for each in header.split(";")]
    return [(name.strip(), value.strip()) for name, _, value in found if name.strip()]

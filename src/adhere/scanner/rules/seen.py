"""What a scan saw, put together: trackers and hosts over all states, and which states count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from adhere.scanner.declared import Declaration, Declared
from adhere.scanner.knowledge.knowing import Knowledge
from adhere.scanner.knowledge.known import UNKNOWN, Known
from adhere.scanner.observations import Choice, Observations, Request, Stored
from adhere.scanner.sites import host_of, site_of

# Choices that somebody makes: they count only when two signs say so.
_MADE = ("refused", "accepted", "withdrawn")
_SIGNS = 2
_KEPT = re.compile(r"consent state written, [\w-]+ [^:]*: ([^=\s]+)=")


class Tracker(Struct, frozen=True):
    """One thing stored, over all states; ``records`` in the order of the scan."""

    kind: str
    name: str
    domain: str
    third_party: bool
    known: Known
    records: tuple[Stored, ...]
    rows: tuple[Declared, ...] = ()
    row: Declared | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same in another state."""
        return (self.kind, self.name, self.domain)

    @property
    def first(self) -> Stored:
        return self.records[0]

    @property
    def lifetime(self) -> int | None:
        """The longest that was written, in seconds; None for a session."""
        return max((one.lifetime for one in self.records if one.lifetime is not None), default=None)

    @property
    def states(self) -> tuple[str, ...]:
        """Where it was written or found, in the order of the scan."""
        kept = (one.state for one in self.records if not one.removed)
        return tuple(dict.fromkeys(kept))

    def within(self, state: str) -> list[Stored]:
        """What says that a state's choice allows it: written or found once that was made."""
        return [
            one for one in self.records if one.state == state and not (one.removed or one.early)
        ]

    def passing(self, state: str) -> bool:
        """Whether a state wrote it only to take it away at once, as tests of a browser do."""
        there = [one for one in self.records if one.state == state]
        return bool(there) and there[-1].removed


class Host(Struct, frozen=True):
    """One host that was asked; ``known`` is whose it is, by its CNAME where that hides it."""

    host: str
    third_party: bool
    cloaked: str
    known: Known
    requests: tuple[Request, ...]

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.state for one in self.requests))

    def within(self, state: str) -> list[Request]:
        """What was sent once a state's choice was made."""
        return [one for one in self.requests if one.state == state and not one.early]


class Seen(Struct, dict=True):
    """All that the rules judge: what was seen, what is declared, what is known."""

    saw: Observations
    declaration: Declaration | None
    knowledge: Knowledge

    @property
    def site(self) -> str:
        return site_of(host_of(self.saw.url))

    @cached_property
    def trackers(self) -> list[Tracker]:
        """Each by kind, name and domain, in the order of the scan."""
        grouped: dict[tuple[str, str, str], list[Stored]] = {}
        for one in sorted(self.saw.stored, key=self._order):
            grouped.setdefault((one.kind, one.name, one.domain), []).append(one)
        kept = [each for each in grouped.values() if not all(one.removed for one in each)]
        return [self._tracker(each) for each in kept]

    @cached_property
    def hosts(self) -> list[Host]:
        """Each host of another site, or that leads to one."""
        return [each for each in self.all_hosts if each.third_party or each.cloaked]

    @cached_property
    def all_hosts(self) -> list[Host]:
        """Each host that was asked, in the order of the scan."""
        grouped: dict[str, list[Request]] = {}
        for one in sorted(self.saw.requests, key=self._order):
            grouped.setdefault(one.host, []).append(one)
        return [self._asked(host, requests) for host, requests in grouped.items()]

    @cached_property
    def reached(self) -> frozenset[str]:
        """The states whose choice was made; nothing is said of any other."""
        seen = {page.state for page in self.saw.pages if not page.failed}
        choices = {choice.state: choice for choice in self.saw.choices}
        return frozenset(state for state in seen if _made(state, choices.get(state)))

    @property
    def withdraw_clicks(self) -> int | None:
        """What withdrawing took, None where it was not done."""
        if "withdrawn" not in self.reached:
            return None
        made = [choice for choice in self.saw.choices if choice.state == "withdrawn"]
        return self.saw.dialog.withdraw_clicks or (made[-1].clicks if made else None)

    @cached_property
    def contradicted(self) -> frozenset[str]:
        """The states in which a choice was made, by two signs, and a third denies it."""
        return frozenset(
            state for state, made in self.unreached.items() if len(made.signs) >= _SIGNS
        )

    @cached_property
    def unreached(self) -> dict[str, Choice]:
        """The states that were tried in vain, with what was tried last."""
        return {
            choice.state: choice for choice in self.saw.choices if choice.state not in self.reached
        }

    def holding(self, state: str) -> list[tuple[Tracker, list[Stored]]]:
        """The trackers of a state that was reached."""
        if state not in self.reached:
            return []
        found = [(each, each.within(state)) for each in self.trackers]
        return [(each, records) for each, records in found if records]

    def sending(self, state: str) -> list[tuple[Host, list[Request]]]:
        """The hosts of other sites asked in a state that was reached."""
        if state not in self.reached:
            return []
        found = [(each, each.within(state)) for each in self.hosts]
        return [(each, requests) for each, requests in found if requests]

    def purposes(self) -> list[str]:
        """The states in which one purpose alone was agreed to."""
        return sorted(state for state in self.reached if state.startswith("purpose:"))

    def _tracker(self, records: list[Stored]) -> Tracker:
        one = records[0]
        key = (one.kind, one.name, one.domain)
        told = self.declaration
        foreign = any(each.third_party for each in records)
        known = _best(self.knowledge.of_stored(each) for each in records)
        if known.purpose == UNKNOWN and not foreign and one.name in self._choices_kept:
            known = Known(known.vendor, "necessary", "this scan", why="keeps the visitor's choice")
        return Tracker(
            *key,
            foreign,
            known,
            tuple(records),
            tuple(told.rows_of(*key)) if told else (),
            told.row_of(*key) if told else None,
        )

    def _order(self, one: Stored | Request) -> int:
        """States are seen side by side; they are told in their own order."""
        states = self.saw.states
        return states.index(one.state) if one.state in states else len(states)

    @cached_property
    def _choices_kept(self) -> frozenset[str]:
        """What the signs of a choice name as the place where the site keeps it."""
        signs = [sign for choice in self.saw.choices for sign in choice.signs]
        return frozenset(name for sign in signs for name in _KEPT.findall(sign))

    def _asked(self, host: str, requests: list[Request]) -> Host:
        cloaked = next((one.canonical for one in requests if one.canonical), "")
        known = _best(self.knowledge.of_host(each) for each in (host, cloaked) if each)
        return Host(host, any(one.third_party for one in requests), cloaked, known, tuple(requests))


def _made(state: str, choice: Choice | None) -> bool:
    if state in _MADE or state.startswith("purpose:"):
        return choice is not None and choice.reached and len(choice.signs) >= _SIGNS
    return choice is None or choice.reached


def _best(known: Iterable[Known]) -> Known:
    """The first that tells a purpose, else the first that names anyone."""
    every = list(known)
    told = [each for each in every if each.purpose != UNKNOWN]
    named = [each for each in every if each.vendor]
    return (told or named or every)[0]

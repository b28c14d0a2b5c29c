"""What a check is: a pure function from parameters and a world of facts to verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import ModuleType
from typing import Any, ClassVar, Literal, TypeVar, cast
from zoneinfo import ZoneInfo

import msgspec

from adhere.core.parameters import NoParameters, Parameters

State = Literal["satisfied", "not-satisfied", "unknown", "not-applicable", "exempt"]
Strength = Literal["measured", "inspected", "reported", "attested"]
BRUSSELS = ZoneInfo("Europe/Brussels")
STATES: tuple[State, ...] = ("satisfied", "not-satisfied", "unknown", "exempt", "not-applicable")
STRENGTHS: tuple[Strength, ...] = ("measured", "inspected", "reported", "attested")


class Subject(msgspec.Struct, frozen=True, order=True):
    """Who or what is judged: a person, device, visit, website, place or the company."""

    kind: str
    id: str
    name: str


class Fact(msgspec.Struct, frozen=True, gc=False):
    """One recorded thing about the world, as a check sees it: plain, without database.

    ``kind`` is the name of its fact kind; ``key`` stays the same through corrections.
    """

    kind: ClassVar[str]

    key: str
    happened_at: datetime
    recorded_at: datetime

    @property
    def ref(self) -> str:
        """How findings name it: ``attendance/s1:anna``."""
        return f"{self.kind}/{self.key}"


class Person(Fact, frozen=True, gc=False):
    """An employee or contractor as known. ``left`` is the last day, inclusive."""

    kind: ClassVar[str] = "people"

    name: str
    email: str
    role: str
    supervisor: str
    teams: tuple[str, ...]
    joined: date
    left: date | None
    language: str

    @property
    def subject(self) -> Subject:
        return Subject("person", self.key, self.name)

    def serves(self, day: date) -> bool:
        """Whether the person works here on that day."""
        return self.joined <= day and (self.left is None or day <= self.left)


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a check says of one subject, in one plain sentence, with the facts that show it."""

    subject: Subject
    state: State
    why: str
    since: date | None = None
    facts: tuple[str, ...] = ()


F = TypeVar("F", bound=Fact)


class World:
    """Everything known about the company on a day. Facts of later days are not in it."""

    def __init__(
        self,
        day: date,
        company: Subject,
        facts: Mapping[str, Sequence[Fact]],
        zone: ZoneInfo = BRUSSELS,
    ) -> None:
        self.day = day
        self.company = company
        self.zone = zone
        self._facts = facts
        self._groups: dict[tuple[str, str], dict[Any, list[Fact]]] = {}
        self._serving: list[Person] | None = None

    def facts(self, kind: type[F]) -> Sequence[F]:
        """All facts of a kind, in the order they happened."""
        return cast("Sequence[F]", self._facts.get(kind.kind, ()))

    def named(self, kind: str) -> Sequence[Fact]:
        """All facts of the kind of that name."""
        return self._facts.get(kind, ())

    def has(self, kinds: Iterable[str]) -> bool:
        """Whether anything of any of these kinds is recorded."""
        return any(self._facts.get(kind) for kind in kinds)

    def by(self, kind: type[F], attribute: str) -> Mapping[Any, list[F]]:
        """Facts of a kind grouped by an attribute; grouped once, then kept."""
        at = (kind.kind, attribute)
        if at not in self._groups:
            groups: dict[Any, list[Fact]] = defaultdict(list)
            for fact in self.facts(kind):
                groups[getattr(fact, attribute)].append(fact)
            self._groups[at] = dict(groups)
        return cast("Mapping[Any, list[F]]", self._groups[at])

    def people(self) -> list[Person]:
        """Those who work here on the day."""
        if self._serving is None:
            self._serving = [each for each in self.facts(Person) if each.serves(self.day)]
        return self._serving

    def person(self, key: str) -> Person | None:
        """Anybody ever known by that id."""
        found = self.by(Person, "key").get(key)
        return found[-1] if found else None

    def local_day(self, moment: datetime) -> date:
        """The company's calendar day of a moment."""
        return moment.astimezone(self.zone).date()


Judge = Callable[[Any, World], Iterable[Verdict]]


@dataclass(frozen=True)
class Check:
    """The automated judgement that a clause is bound to.

    ``needs`` names the fact kinds without which it can only say *nothing recorded yet*.
    ``judge`` is None while no collector for those facts exists.
    """

    name: str
    summary: str
    strength: Strength
    subject: str
    needs: tuple[str, ...]
    parameters: type[Parameters] = NoParameters
    judge: Judge | None = field(default=None, repr=False)


def check(
    name: str,
    *,
    strength: Strength,
    subject: str,
    needs: Sequence[str],
    parameters: type[Parameters] = NoParameters,
) -> Callable[[Judge], Check]:
    """Make a check of a judging function; the first line of its docstring is its summary."""

    def wrap(judge: Judge) -> Check:
        summary = (judge.__doc__ or "").strip().partition("\n")[0]
        return Check(name, summary, strength, subject, tuple(needs), parameters, judge)

    return wrap


def checks_in(module: ModuleType) -> tuple[Check, ...]:
    """The checks a module defines, in the order of its text."""
    return tuple(value for value in vars(module).values() if isinstance(value, Check))

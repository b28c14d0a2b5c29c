"""Rates over time out of sums: pure, without database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from adhere.areas.cookies.consents.counting import Said
from adhere.areas.cookies.consents.periods import Period

MOST_SERIES = 6
OTHERS = ""
WITHDRAW = "withdraw"
Sum = tuple[Said, int]


@dataclass(frozen=True)
class Rate:
    """``part`` of ``whole`` answers; no share where nobody was asked."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """From 0 to 1."""
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> str:
        """For people; a rate that is not quite all or nothing is never shown as such."""
        if not self.whole:
            return "–"
        share = 100 * self.part / self.whole
        inside = 0 < self.part < self.whole
        if inside and share < 0.5:
            return "< 1 %"
        if inside and share > 99.5:
            return "> 99 %"
        return f"{share:.0f} %"


@dataclass(frozen=True)
class Series:
    """The rates of one purpose, language, version, method or site, one a stretch."""

    key: str
    rates: Sequence[Rate]
    total: Rate


def by_purpose(sums: Iterable[Sum], period: Period, purposes: Sequence[str]) -> list[Series]:
    """How many of those asked gave each purpose. A withdrawal is no answer to a question."""
    part, whole = _tables()
    for said, number in sums:
        if said.method == WITHDRAW:
            continue
        at = period.index(said.day)
        for slug, given in said.given.items():
            whole[slug][at] += number
            part[slug][at] += number if given else 0
    return [_series(slug, part[slug], whole[slug], period) for slug in purposes if whole[slug]]


def by_key(
    sums: Iterable[Sum], period: Period, purpose: str, key: Callable[[Said], str]
) -> list[Series]:
    """How many gave one purpose, apart for each language, version or site; the largest first."""
    part, whole = _tables()
    for said, number in sums:
        given = said.given
        if said.method == WITHDRAW or purpose not in given:
            continue
        at = period.index(said.day)
        whole[key(said)][at] += number
        part[key(said)][at] += number if given[purpose] else 0
    return _largest([_series(each, part[each], whole[each], period) for each in whole], period)


def by_method(sums: Iterable[Sum], period: Period, methods: Sequence[str]) -> list[Series]:
    """How many of all records came about in each way."""
    part, _ = _tables()
    whole: Counter[int] = Counter()
    for said, number in sums:
        at = period.index(said.day)
        whole[at] += number
        part[said.method][at] += number
    return [_series(each, part[each], whole, period) for each in methods if part[each]]


def _tables() -> tuple[dict[str, Counter[int]], dict[str, Counter[int]]]:
    return defaultdict(Counter), defaultdict(Counter)


def _series(key: str, part: Mapping[int, int], whole: Mapping[int, int], period: Period) -> Series:
    numbers = range(len(period.stretches))
    rates = [Rate(part.get(each, 0), whole.get(each, 0)) for each in numbers]
    return Series(key, rates, Rate(sum(part.values()), sum(whole.values())))


def _largest(found: list[Series], period: Period) -> list[Series]:
    found.sort(key=lambda each: (-each.total.whole, each.key))
    if len(found) <= MOST_SERIES:
        return found
    shown, rest = found[: MOST_SERIES - 1], found[MOST_SERIES - 1 :]
    rates = [
        Rate(sum(each.rates[at].part for each in rest), sum(each.rates[at].whole for each in rest))
        for at in range(len(period.stretches))
    ]
    total = Rate(sum(each.total.part for each in rest), sum(each.total.whole for each in rest))
    return [*shown, Series(OTHERS, rates, total)]

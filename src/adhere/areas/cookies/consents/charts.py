"""Charts as SVG: where each line, bar and point stands. The templates draw; nothing is inline.

Each chart is laid out twice, wide and narrow, so that its words stay readable on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adhere.areas.cookies.consents.periods import Stretch
from adhere.areas.cookies.consents.rates import Series

Words = str
LINE_HEIGHT = 17
LETTER = 6.6  # about the width of a letter of 12 units


@dataclass(frozen=True)
class Size:
    """A drawing's own units."""

    name: str
    width: int
    height: int
    labels: int
    left: int = 44
    right: int = 14
    top: int = 14
    bottom: int = 30

    @property
    def bottom_line(self) -> int:
        return self.height - self.bottom

    @property
    def right_line(self) -> int:
        return self.width - self.right


WIDE = Size("wide", 900, 280, 10)
NARROW = Size("narrow", 360, 260, 4)


@dataclass(frozen=True)
class Mark:
    """A label, a line or a dot at a place."""

    x: float
    y: float
    text: str = ""
    number: int = 0


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    number: int


@dataclass(frozen=True)
class Tip:
    """What a point says: a box with lines of words. ``lines`` carry the number of a series."""

    x: float
    y: float
    width: float
    height: float
    lines: Sequence[Mark]


@dataclass(frozen=True)
class Point:
    """One stretch: what can be pointed at and reached by keyboard, and what it says."""

    x: float
    left: float
    width: float
    label: str
    url: str
    tip: Tip


@dataclass(frozen=True)
class Drawing:
    """One layout of a chart."""

    size: Size
    rules: Sequence[Mark]
    ticks: Sequence[Mark]
    paths: Sequence[tuple[int, str]]
    dots: Sequence[Mark]
    bars: Sequence[Bar]
    points: Sequence[Point]


@dataclass(frozen=True)
class Told:
    """What a stretch says: its title, its address, and a line of words for each series."""

    title: str
    url: str
    lines: Sequence[tuple[int, str]]
    last: str

    @property
    def label(self) -> str:
        return f"{self.title}: {', '.join(text for _, text in self.lines) or self.last}"


def lines(
    series: Sequence[Series], stretches: Sequence[Stretch], told: Sequence[Told]
) -> list[Drawing]:
    """Shares from 0 to 100 %, a line for each series; a stretch without answers breaks it."""
    return [_lines(series, stretches, told, size) for size in (WIDE, NARROW)]


def _lines(
    series: Sequence[Series], stretches: Sequence[Stretch], told: Sequence[Told], size: Size
) -> Drawing:
    xs = _centres(len(stretches), size)
    height = size.bottom_line - size.top
    rules = [
        Mark(0, _one(size.bottom_line - height * step / 4), f"{25 * step} %") for step in range(5)
    ]
    paths: list[tuple[int, str]] = []
    dots: list[Mark] = []
    for number, each in enumerate(series, 1):
        places = [
            None if rate.share is None else (x, _one(size.bottom_line - height * rate.share))
            for x, rate in zip(xs, each.rates, strict=True)
        ]
        paths.append((number, _path(places)))
        dots += [Mark(place[0], place[1], number=number) for place in places if place]
    points = _points(xs, told, size)
    return Drawing(size, rules, _ticks(xs, stretches, size), paths, dots, (), points)


def bars(
    stacks: Sequence[Sequence[int]], stretches: Sequence[Stretch], told: Sequence[Told]
) -> list[Drawing]:
    """Numbers as stacked bars: for each series its number in each stretch."""
    return [_bars(stacks, stretches, told, size) for size in (WIDE, NARROW)]


def _bars(
    stacks: Sequence[Sequence[int]],
    stretches: Sequence[Stretch],
    told: Sequence[Told],
    size: Size,
) -> Drawing:
    xs = _centres(len(stretches), size)
    totals = [sum(column) for column in zip(*stacks, strict=True)] or [0] * len(stretches)
    top = _round_up(max(totals, default=0))
    height = size.bottom_line - size.top
    rules = [
        Mark(0, _one(size.bottom_line - height * step / 4), _count(top * step // 4))
        for step in range(5)
    ]
    wide = min(36.0, _step(len(stretches), size) * 0.64)
    found: list[Bar] = []
    for at, x in enumerate(xs):
        y = float(size.bottom_line)
        for number, stack in enumerate(stacks, 1):
            tall = height * stack[at] / top
            y -= tall
            if tall:
                found.append(Bar(_one(x - wide / 2), _one(y), _one(wide), _one(tall), number))
    ticks, points = _ticks(xs, stretches, size), _points(xs, told, size)
    return Drawing(size, rules, ticks, (), (), found, points)


def _round_up(number: int) -> int:
    """The next number that quarters well: 4, 8, 20, 40, 80, 200 …"""
    step = 4
    while step < number:
        step = step * 5 // 2 if str(step)[0] == "8" else step * 2
    return step


def _count(number: int) -> str:
    if number >= 1_000_000:
        return f"{number / 1_000_000:g} M"
    return f"{number / 1000:g} k" if number >= 10_000 else str(number)


def _step(count: int, size: Size) -> float:
    return (size.right_line - size.left) / max(count, 1)


def _centres(count: int, size: Size) -> list[float]:
    return [_one(size.left + _step(count, size) * (at + 0.5)) for at in range(count)]


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    found = []
    pen = "M"
    for place in places:
        if place is None:
            pen = "M"
            continue
        found.append(f"{pen}{place[0]:g} {place[1]:g}")
        pen = "L"
    return "".join(found)


def _ticks(xs: Sequence[float], stretches: Sequence[Stretch], size: Size) -> list[Mark]:
    """As many dates as there is room for, the last one always."""
    every = -(-len(xs) // size.labels)
    last = len(xs) - 1
    return [
        Mark(xs[at], size.bottom_line + 20, stretches[at].short)
        for at in range(len(xs))
        if (last - at) % every == 0
    ]


def _points(xs: Sequence[float], told: Sequence[Told], size: Size) -> list[Point]:
    step = _step(len(xs), size)
    return [
        Point(x, _one(x - step / 2), _one(step), each.label, each.url, _tip(x, each, size))
        for x, each in zip(xs, told, strict=True)
    ]


def _tip(x: float, told: Told, size: Size) -> Tip:
    words = [(0, told.title), *told.lines, (0, told.last)]
    width = max(len(text) + (2 if number else 0) for number, text in words) * LETTER + 22
    width = min(width, size.width - 4.0)
    left = x + 12 if x + 12 + width <= size.width else max(2.0, x - 12 - width)
    left = min(left, size.width - width - 2)
    lines = [
        Mark(_one(left + 11), size.top + 19 + LINE_HEIGHT * at, text, number)
        for at, (number, text) in enumerate(words)
    ]
    return Tip(_one(left), size.top, _one(width), LINE_HEIGHT * len(words) + 12, lines)


def _one(number: float) -> float:
    return round(number, 1)

"""Counts of this process, in the text format of Prometheus."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import defaultdict
from pathlib import Path

from adhere import __version__
from adhere.edge.http import Request, Response, Route
from adhere.errors import Problem
from adhere.ledger.reader import LogReader

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Requests by route and status, how long they took in seconds, and how many are open."""

    def __init__(self) -> None:
        self.started = time.time()
        self.open = 0
        self._answers: dict[tuple[str, str, int], int] = defaultdict(int)
        self._times: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._sums: dict[str, float] = defaultdict(float)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        self._answers[route, method, status] += 1
        self._times[route][bisect_left(BUCKETS, seconds)] += 1
        self._sums[route] += seconds

    def text(self, ledger_size: int | None) -> str:
        lines = [
            *_gauge("adhere_info", "The version that runs.", f'{{version="{__version__}"}} 1'),
            *_gauge("adhere_start_time_seconds", "Start, in Unix time.", f" {self.started:.3f}"),
            *_gauge("adhere_edge_open_requests", "Requests being answered.", f" {self.open}"),
        ]
        if ledger_size is not None:
            lines += _gauge("adhere_ledger_leaves", "Leaves published.", f" {ledger_size}")
        return "\n".join([*lines, *self._counters(), *self._histogram()]) + "\n"

    def _counters(self) -> list[str]:
        name = "adhere_edge_requests_total"
        lines = [f"# HELP {name} Requests answered.", f"# TYPE {name} counter"]
        for (route, method, status), number in sorted(self._answers.items()):
            labels = f'route="{route}",method="{method}",status="{status}"'
            lines.append(f"{name}{{{labels}}} {number}")
        return lines

    def _histogram(self) -> list[str]:
        name = "adhere_edge_request_seconds"
        lines = [f"# HELP {name} How long answers took.", f"# TYPE {name} histogram"]
        for route, counts in sorted(self._times.items()):
            total = 0
            for limit, number in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
                total += number
                lines.append(f'{name}_bucket{{route="{route}",le="{limit}"}} {total}')
            lines.append(f'{name}_sum{{route="{route}"}} {self._sums[route]:.6f}')
            lines.append(f'{name}_count{{route="{route}"}} {total}')
        return lines


def _gauge(name: str, told: str, value: str) -> list[str]:
    return [f"# HELP {name} {told}", f"# TYPE {name} gauge", f"{name}{value}"]


def metrics_route(metrics: Metrics, ledger: Path) -> Route:
    """``/metrics``."""

    async def show(request: Request) -> Response:
        return Response(metrics.text(_size(ledger)).encode(), _TYPE)

    return Route("GET", "/metrics", show)


def _size(folder: Path) -> int | None:
    try:
        with LogReader(folder) as reader:
            return reader.size
    except Problem:
        return None

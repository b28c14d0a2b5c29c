"""How often one address may ask, kept in memory alone."""

from __future__ import annotations

import ipaddress
import math
import os
import time
from collections.abc import Callable

from adhere.edge.http import Refusal

A_SECOND = float(os.environ.get("ADHERE_EDGE_RATE", "20"))
AT_ONCE = 10
MOST_KEPT = 50_000


class RateLimit:
    """A bucket of tokens for each key: ``rate`` a second, ten seconds' worth at once.

    A connection from this machine itself is a proxy that stands for everybody, so it has no
    limit here. A rate of 0 is none.
    """

    def __init__(self, rate: float = A_SECOND, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._most = rate * AT_ONCE
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def take(self, what: str, client: str) -> None:
        """Refuses with 429 when this address has asked too often."""
        if self._rate <= 0 or _is_here(client):
            return
        now = self._clock()
        left, at = self._buckets.pop((what, client), (self._most, now))
        left = min(self._most, left + (now - at) * self._rate)
        if len(self._buckets) >= MOST_KEPT:
            self._buckets.pop(next(iter(self._buckets)))  # the one seen longest ago
        if left < 1:
            self._buckets[what, client] = (left, now)
            raise Refusal(
                429, "too many requests", retry_after=max(1, math.ceil((1 - left) / self._rate))
            )
        self._buckets[what, client] = (left - 1, now)


def _is_here(client: str) -> bool:
    if client in {"127.0.0.1", "::1", ""}:
        return True
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False

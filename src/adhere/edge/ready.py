"""Whether a durable commit is possible just now: proved by making a tiny one."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing

import psycopg

from adhere.edge.http import Refusal, Request, Response, Route
from adhere.edge.place import Place

_TABLE = "CREATE TABLE IF NOT EXISTS edge_ready (id integer PRIMARY KEY, at double precision)"
WAIT = 3.0
KEPT = 1.0


class Readiness:
    """Commits at most once a second, however often it is asked."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = asyncio.Lock()
        self._good_until = 0.0

    async def check(self) -> None:
        """Refuses with 503 while nothing can be committed."""
        async with self._lock:
            if time.monotonic() < self._good_until:
                return
            try:
                await asyncio.wait_for(asyncio.to_thread(commit, self._place), WAIT + 1)
            except (OSError, sqlite3.Error, TimeoutError, psycopg.Error) as error:
                reason = str(error).strip().partition("\n")[0] or "it took too long"
                raise Refusal(503, f"cannot commit: {reason}", retry_after=5) from None
            self._good_until = time.monotonic() + KEPT


def commit(place: Place) -> None:
    """One durable row; raises the database's own error where that fails."""
    if place.database:
        _commit_postgresql(place.database)
    else:
        _commit_sqlite(place)


def _commit_sqlite(place: Place) -> None:
    # mode=rw: a probe makes no database where there is none.
    address = f"{(place.data / 'adhere.sqlite3').as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        if not _has_table(connection):
            connection.execute(_TABLE)
        with connection:
            connection.execute("INSERT OR REPLACE INTO edge_ready VALUES (1, ?)", [time.time()])


def _has_table(connection: sqlite3.Connection) -> bool:
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'edge_ready'"
    return connection.execute(known).fetchone() is not None


def _commit_postgresql(url: str) -> None:
    with psycopg.connect(url, connect_timeout=int(WAIT)) as connection:
        connection.execute(f"SET statement_timeout = {int(WAIT * 1000)}")
        if connection.execute("SELECT to_regclass('edge_ready')").fetchone() == (None,):
            connection.execute(_TABLE)
        connection.execute(
            "INSERT INTO edge_ready VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET at = excluded.at",
            [time.time()],
        )


def health_routes(place: Place) -> tuple[Route, ...]:
    """``/healthz``: this process answers. ``/readyz``: it is able to commit."""
    readiness = Readiness(place)
    fresh = (("cache-control", "no-store"),)

    async def alive(request: Request) -> Response:
        return Response.json({"status": "alive"}, headers=fresh)

    async def ready(request: Request) -> Response:
        await readiness.check()
        return Response.json({"status": "ready"}, headers=fresh)

    return Route("GET", "/healthz", alive), Route("GET", "/readyz", ready)

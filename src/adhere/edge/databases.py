"""Plain SQL on both databases, without Django: one connection, durable transactions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import psycopg

from adhere.edge.place import Place

PATIENCE = 5.0
_RETRY = 0.0005
_MOST_PARAMETERS = 4_096
_SQLITE = (
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-64000",
    "PRAGMA mmap_size=268435456",
    # Pages that change in every batch are then copied to the file less often.
    "PRAGMA wal_autocheckpoint=4000",
)
Rows = Sequence[Sequence[Any]]
# What a lost or busy database raises; the request may come again.
Errors = (sqlite3.Error, psycopg.Error, OSError)


@dataclass(frozen=True)
class Table:
    """A table as it is written here: its columns, each with its type.

    Types: ``text``, ``bytes``, ``int``, ``json`` (JSON text) and ``time`` (datetime with offset, or
    its ISO 8601 text in UTC; one of the two for all rows).
    """

    name: str
    columns: Mapping[str, str]


class Database(Protocol):
    """One connection; not for several threads at once."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a query gives; its places are written ``?``."""

    def run(self, sql: str) -> None:
        """A statement that gives nothing, such as one that makes a table."""

    def insert(self, table: Table, rows: Rows) -> None:
        """Add rows in as few statements as there can be."""

    def insert_numbered(self, table: Table, rows: Rows) -> list[int]:
        """Add rows to a table that numbers them in ``id``; their numbers in the same order."""

    def transaction(self) -> Any:
        """A durable transaction, the only writing one; undone when its block raises."""

    def time(self, value: Any) -> datetime:
        """A time as this database gives it back."""

    def close(self) -> None: ...


def open_database(place: Place) -> Database:
    """A connection of its own to the database of this installation."""
    return Postgresql(place.database) if place.database else Sqlite(place.data / "adhere.sqlite3")


class Sqlite:
    """The embedded database, in the forms that Django stores."""

    def __init__(self, path: Path) -> None:
        # mode=rw: makes no database where there is none.
        self._connection = sqlite3.connect(
            f"{path.as_uri()}?mode=rw",
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in _SQLITE:
            self._connection.execute(pragma)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._patiently(
            lambda: self._connection.execute(sql, values).fetchall()
        )
        return found

    def run(self, sql: str) -> None:
        self._connection.execute(sql)

    def insert(self, table: Table, rows: Rows) -> None:
        width = len(table.columns)
        times = [place for place, kind in enumerate(table.columns.values()) if kind == "time"]
        at = 0
        while at < len(rows):
            count = _step(len(rows) - at, width)
            values = [value for row in rows[at : at + count] for value in row]
            for first in times:
                values[first::width] = map(_written, values[first::width])
            self._connection.execute(_insert(table, count), values)
            at += count

    def insert_numbered(self, table: Table, rows: Rows) -> list[int]:
        known = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        found = self._connection.execute(known, [table.name]).fetchone()
        first = (found[0] if found else 0) + 1
        numbers = list(range(first, first + len(rows)))
        numbered = Table(table.name, {"id": "int", **table.columns})
        self.insert(numbered, [(number, *row) for number, row in zip(numbers, rows, strict=True)])
        return numbers

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._patiently(lambda: self._connection.execute("BEGIN IMMEDIATE"))
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _patiently(self, step: Any) -> Any:
        """SQLite's own waiting sleeps up to 100 ms at a time; this one half a millisecond."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return step()
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
                if not busy or time.monotonic() > until:
                    raise
                time.sleep(_RETRY)

    def time(self, value: Any) -> datetime:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)

    def close(self) -> None:
        self._connection.close()


def _step(left: int, width: int) -> int:
    """Powers of two, so that few statements serve every number of rows."""
    return min(1 << (left.bit_length() - 1), 1 << ((_MOST_PARAMETERS // width).bit_length() - 1))


def _written(time: datetime | str) -> str:
    text = time if isinstance(time, str) else time.astimezone(UTC).isoformat()
    return text.removesuffix("+00:00").replace("T", " ")


def _insert(table: Table, count: int) -> str:
    names = ", ".join(f'"{name}"' for name in table.columns)
    row = f"({', '.join('?' * len(table.columns))})"
    return f'INSERT INTO "{table.name}" ({names}) VALUES {", ".join([row] * count)}'  # noqa: S608


_ARRAYS = {
    "text": "text",
    "bytes": "bytea",
    "int": "bigint",
    "json": "text",
    "time": "timestamptz",
}
_CASTS = {"json": "::jsonb"}
# One batch at a time, of whichever process: what it looks up is still so when it commits.
_TURN = 0x6164_6865


class Postgresql:
    """PostgreSQL; connects again by itself after it was away."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = self._connect()

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
        connection.execute("SET synchronous_commit = on")
        connection.execute("SET TIME ZONE 'UTC'")
        connection.execute(f"SET lock_timeout = {int(PATIENCE * 1000)}")
        return connection

    def _alive(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._connection.closed:
            self._connection = self._connect()
        return self._connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._alive().execute(sql.replace("?", "%s").encode(), values).fetchall()

    def run(self, sql: str) -> None:
        self._alive().execute(sql.encode())

    def insert(self, table: Table, rows: Rows) -> None:
        self._put(table, rows, "")

    def insert_numbered(self, table: Table, rows: Rows) -> list[int]:
        return [number for (number,) in self._put(table, rows, " RETURNING id")]

    def _put(self, table: Table, rows: Rows, ending: str) -> list[tuple[Any, ...]]:
        names = ", ".join(f'"{name}"' for name in table.columns)
        given = ", ".join(f"%s::{_ARRAYS[kind]}[]" for kind in table.columns.values())
        taken = ", ".join(f'"{n}"{_CASTS.get(kind, "")}' for n, kind in table.columns.items())
        sql = (
            f'INSERT INTO "{table.name}" ({names}) SELECT {taken} '  # noqa: S608
            f"FROM unnest({given}) WITH ORDINALITY AS given({names}, place) ORDER BY place{ending}"
        )
        columns = [list(column) for column in zip(*rows, strict=True)]
        found = self._alive().execute(sql.encode(), columns)
        return found.fetchall() if ending else []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._alive().transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
            yield

    def time(self, value: Any) -> datetime:
        found: datetime = value.astimezone(UTC)
        return found

    def close(self) -> None:
        self._connection.close()

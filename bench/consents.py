"""One consent at the edge: CPU, rate beside an empty answer, and with millions of records before.

Runs the real ``adhere serve --only edge`` with one process, and ``wrk`` beside it. The empty 201
comes from the same gate in the same server, to the same posts: headers checked, body read and
left unread. Servers take turns for a few rounds, and what stands here is the median.
``BENCH_CONSENTS_RECORDS`` sets how many records stand in the full table, and
``BENCH_CONSENTS_SECONDS`` how long each measure takes. A peer, c15t's backend, runs beside it
where npm can install it, which compiles its database for some minutes.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench.loading import CLIENTS, Load, load, posts, serving

HERE = Path(__file__).parent
CAST = HERE.parent / "src/adhere/areas/cookies/tests"
ROUNDS = 3
RECORDS = int(os.environ.get("BENCH_CONSENTS_RECORDS", "1000000"))
RECORD_BYTES = 4_000  # with its indexes, and room for what is added
PEER_PACKAGES = ("@c15t/backend@2.2.1", "better-sqlite3@12.11.1", "kysely")
INSTALL_SECONDS = 1_200
Row = dict[str, Any]


def row(name: str, value: float | None, unit: str, *, limit: float | None = None,
        ratio: float | None = None, peer: str | None = None) -> Row:  # fmt: skip
    rounded = [None if each is None else round(each, 4) for each in (value, ratio)]
    return {"name": name, "value": rounded[0], "unit": unit, "limit": limit,
            "ratio": rounded[1], "peer": peer}  # fmt: skip


def consent(notice: str, path: str = "consents") -> str:
    choices = dict.fromkeys(("preferences", "analytics", "marketing"), True)
    body = {"notice": notice, "language": "en", "method": "accept", "purposes": choices,
            "subject": "SUBJECT", "key": "KEY"}  # fmt: skip
    return posts(f"/e/shop/{path}", body, content_type="application/json",
                 origin="https://shop.polderpolis.example", user_agent="Firefox/140")  # fmt: skip


EMPTY = """
from adhere.edge.app import Edge
from adhere.edge.http import Response, Route
from adhere.edge.place import Place
async def empty(request): return Response(b"", status=201)
def make(): return Edge(Place.from_environment(), [Route("POST", "/e/{site}/empty", empty)])
from granian import Granian
if __name__ == "__main__":
    import sys
    Granian("empty_host:make", address="127.0.0.1", port=int(sys.argv[1]), interface="asgi",
            factory=True, websockets=False, log_enabled=False).serve()
"""


def edge(env: Mapping[str, str], port: int) -> Any:
    options = ["serve", "--only", "edge", "--port", str(port)]
    return serving([sys.executable, "-m", "adhere.main.cli", *options], env, port)


def empty_host(folder: Path, env: Mapping[str, str], port: int) -> Any:
    (folder / "empty_host.py").write_text(EMPTY)
    bare = {**env, "PYTHONPATH": str(folder)}
    return serving([sys.executable, str(folder / "empty_host.py"), str(port)], bare, port)


def installed(folder: Path, url: str = "") -> dict[str, str]:
    """An environment with a data folder of its own."""
    folder.mkdir(exist_ok=True)
    env = {**os.environ, "ADHERE_DATA": str(folder / "data")}
    env.pop("ADHERE_DATABASE_URL", None)
    return {**env, "ADHERE_DATABASE_URL": url} if url else env


def prepared(env: Mapping[str, str]) -> str:
    spec = importlib.util.spec_from_file_location("consent_killing", CAST / "consent_killing.py")
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{CAST} has no consent_killing.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.prepare(env))


def in_turns(*measures: Callable[[], Load]) -> list[Sequence[Load]]:
    """For each measure what its rounds found; the others ran in between."""
    found = [[measure() for measure in measures] for _ in range(ROUNDS)]
    return list(zip(*found, strict=True))


def middle(loads: Sequence[Load], name: str) -> float:
    return median(getattr(each, name) for each in loads)


def share(loads: Sequence[Load], beside: Sequence[Load]) -> float:
    """The median of the rounds' own ratios of rates."""
    return median(one.rate / other.rate for one, other in zip(loads, beside, strict=True))


def own(folder: Path, url: str, label: str) -> tuple[list[Row], float, float]:
    """Ours on one database; the rows, the rate and the CPU of one consent."""
    env = installed(folder, url)
    notice = prepared(env)
    with ExitStack() as servers:
        bare = servers.enter_context(empty_host(folder, env, 18_802))
        port = servers.enter_context(edge(env, 18_801))
        empty, whole = in_turns(lambda: load(bare, consent(notice, "empty")),
                                lambda: load(port, consent(notice)))  # fmt: skip
        rate, cpu = middle(whole, "rate"), middle(whole, "cpu")
        half = load(port, consent(notice), rate=rate / 2)
    part = share(whole, empty)
    return (
        [
            row(
                f"{label}: the same host, an empty 201",
                middle(empty, "rate"),
                "1/s",
                peer="machine",
            ),
            row(f"{label}: CPU of that", middle(empty, "cpu"), "CPU ms", peer="machine"),
            row(f"{label}: one consent", cpu, "CPU ms", limit=0.3, ratio=0.3 / cpu),
            row(f"{label}: consents, each durable", rate, "1/s"),
            row(f"{label}: share of the empty rate", part, "", limit=0.5, ratio=part / 0.5),
            row(f"{label}: p99 at half load", half.p99, "ms"),
            row(f"{label}: rate at half load", half.rate, "1/s"),
        ],
        rate,
        cpu,
    )


def full(folder: Path) -> list[Row]:
    """The rate with records before, beside an empty table of the same moment."""
    count = min(RECORDS, shutil.disk_usage(folder).free // RECORD_BYTES)
    before, after = installed(folder / "none"), installed(folder / "many")
    one, other = prepared(before), prepared(after)
    fill(folder / "many" / "data" / "adhere.sqlite3", other, count)
    with edge(before, 18_801) as none, edge(after, 18_804) as many:
        little, much = in_turns(lambda: load(none, consent(one)),
                                lambda: load(many, consent(other)))  # fmt: skip
    part, dearer = share(much, little), middle(little, "cpu") / middle(much, "cpu")
    return [row(f"SQLite: rate with {count:,} records before", middle(much, "rate"), "1/s"),
            row("SQLite: share of the empty table's rate", part, "", limit=0.9, ratio=part / 0.9),
            row("SQLite: CPU of one, empty table to full", dearer, "")]  # fmt: skip


_NUMBERS = "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?)"
_ENTRIES = """
INSERT INTO core_entry (id, kind, record, secret, commitment, person, recorded_at)
SELECT ? + n, 'consents', printf('%.*c', 600, 'x'), randomblob(32), randomblob(32), '',
  printf('2025-%02d-01 00:00:00', n % 12 + 1) FROM number"""
_RECORDS = """
INSERT INTO cookies_consentrecord (id, site, notice, language, method, purposes, subject,
  previous, token_hash, family, at, expires_at, entry_id)
SELECT printf('%012x', n) || lower(hex(randomblob(10))), 'shop', ?, 'en', 'accept',
  '{"analytics":true,"marketing":true,"necessary":true,"preferences":true}',
  lower(hex(randomblob(16))), '', lower(hex(randomblob(32))), '',
  printf('2025-01-01 %02d:%02d:%02d', n / 3600 % 24, n / 60 % 60, n % 60),
  '2025-07-01 00:00:00', ? + n FROM number"""
_INDEXES = """SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
AND tbl_name IN ('core_entry', 'cookies_consentrecord')"""


def fill(path: Path, notice: str, count: int) -> None:
    """As many records as the years would bring, with subjects at random."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
            connection.execute(f"PRAGMA {setting}")
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _ in indexes:  # built at the end: in order, so much faster
            connection.execute(f'DROP INDEX "{name}"')
        first = connection.execute("SELECT coalesce(max(id), 0) FROM core_entry").fetchone()[0] + 1
        connection.execute(_NUMBERS + _ENTRIES, [count - 1, first])
        connection.execute(_NUMBERS + _RECORDS, [count - 1, notice, first])
        for _, statement in indexes:
            connection.execute(statement)
        connection.execute("PRAGMA journal_mode=WAL")


def peer(folder: Path, rate: float, cpu: float) -> list[Row]:
    """c15t's backend on SQLite, with the same durability, and as many clients as suit it best."""
    name = "c15t backend"
    if not shutil.which("npm"):
        return [row("npm is not installed", None, "", peer=name)]
    (folder / "package.json").write_text('{"private": true}')
    install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *PEER_PACKAGES]
    build = ["npm", "rebuild", "--prefix", str(folder), "better-sqlite3"]
    try:
        for command in (install, build):
            subprocess.run(command, capture_output=True, check=True, timeout=INSTALL_SECONDS)
        theirs = peer_load(folder)
    except (subprocess.SubprocessError, RuntimeError) as error:
        return [row(f"not measured: {error}"[:90], None, "", peer=name)]
    times = rate / max(theirs.rate, 1)
    return [
        row(f"SQLite: its consents ({theirs.refused} more failed)", theirs.rate, "1/s", peer=name),
        row("SQLite: our rate beside its", times, "×", limit=50, ratio=times / 50, peer=name),
        row("SQLite: one consent", theirs.cpu, "CPU ms", ratio=theirs.cpu / cpu, peer=name),
    ]  # fmt: skip


def peer_load(folder: Path) -> Load:
    body = {"type": "cookie_banner", "subjectId": "sub_SUBJECT", "domain": "shop.example",
            "preferences": {"necessary": True, "measurement": True, "marketing": False},
            "givenAt": int(time.time() * 1000)}  # fmt: skip
    script = posts("/subjects", body, 24, content_type="application/json",
                   origin="http://localhost")  # fmt: skip
    command = ["node", str(HERE / "peers" / "c15t.mjs"), str(folder), "18803"]
    with serving(command, os.environ, 18_803) as port:
        found = [load(port, script, clients, ours=False) for clients in (8, CLIENTS)]
    return max(found, key=lambda each: each.rate)


@contextmanager
def postgresql() -> Iterator[str]:
    """A fresh database where a server answers; empty otherwise."""
    import psycopg

    told = subprocess.run([sys.executable, str(HERE.parent / "scripts/postgresql_here.py")],
                          capture_output=True, text=True, check=True).stdout  # fmt: skip
    if not told:
        yield ""
        return
    name = f"adhere_bench_{secrets.token_hex(4)}"
    with psycopg.connect(told, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield f"{told.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def rows() -> Iterator[Row]:
    """All measures; what cannot be measured here has one row that says so."""
    if not shutil.which("wrk"):
        yield row("wrk is not installed (Debian: wrk)", None, "")
        return
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as text:
        folder = Path(text)
        for name in ("peer", "full"):
            (folder / name).mkdir()
        found, rate, cpu = own(folder / "sqlite", "", "SQLite")
        yield from found
        yield from peer(folder / "peer", rate, cpu)
        with postgresql() as url:
            if url:
                yield from own(folder / "postgresql", url, "PostgreSQL")[0]
            else:
                yield row("no PostgreSQL server answers", None, "")
        yield from full(folder / "full")

"""One consent at the edge: CPU, rate beside an empty answer, and with millions of records before.

Runs the real ``adhere serve --only edge`` and a load generator beside it (``wrk`` from Debian).
``BENCH_CONSENTS_RECORDS`` sets how many records stand in the full table; ten million by default,
less with less disk. A peer, c15t's backend, runs beside it where npm can install it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CAST = HERE.parent / "src/adhere/areas/cookies/tests"
SECONDS = int(os.environ.get("BENCH_CONSENTS_SECONDS", "6"))
CLIENTS = 64
RECORDS = int(os.environ.get("BENCH_CONSENTS_RECORDS", "10000000"))
PEER_PACKAGES = ("@c15t/backend@2.2.1", "better-sqlite3@12.11.1", "kysely")
Row = dict[str, Any]

POST = """
local hex = "0123456789abcdef"
function setup(thread) thread:set("seed", os.time()) end
function init() math.randomseed(seed) end
local function draw(n)
  local t = {}
  for i = 1, n do local k = math.random(1, 16) t[i] = hex:sub(k, k) end
  return table.concat(t)
end
local headers = {HEADERS}
function request()
  local body = (BODY):gsub("SUBJECT", draw(SIZE)):gsub("KEY", draw(32))
  return wrk.format("POST", "PATH", headers, body)
end
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


def row(name: str, value: float | None, unit: str, *, limit: float | None = None,
        ratio: float | None = None, peer: str | None = None) -> Row:  # fmt: skip
    rounded = [None if each is None else round(each, 4) for each in (value, ratio)]
    return {"name": name, "value": rounded[0], "unit": unit, "limit": limit,
            "ratio": rounded[1], "peer": peer}  # fmt: skip


class Load:
    """What a load run found: successes a second, CPU of the server in ms each, latency in ms.

    A refusal under load fails ours; a peer's are left out of its count and told.
    """

    def __init__(self, text: str, cpu: float, *, ours: bool = True) -> None:
        found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", text)
        if not found:
            raise RuntimeError(text)
        count, micros, wrong, broken, median, worst = map(int, found.groups())
        if ours and (wrong or broken):
            raise RuntimeError(f"{wrong} refused, {broken} broken of {count}: {text}")
        self.refused = wrong
        self.rate = (count - wrong) / micros * 1e6
        self.cpu = cpu * 1000 / max(1, count - wrong)
        self.median, self.p99 = median / 1000, worst / 1000


def load(port: int, script: str, clients: int = CLIENTS, *, ours: bool = True) -> Load:
    """Drive a server for some seconds, after one to warm up."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = ["wrk", "-t1", f"-c{clients}", "-s", file.name, f"http://127.0.0.1:{port}"]
        subprocess.run([*command, "-d1s"], capture_output=True, check=True)
        before = cpu_of(port)
        timed = [*command, f"-d{SECONDS}s"]
        done = subprocess.run(timed, capture_output=True, text=True, check=True)
        return Load(done.stdout, cpu_of(port) - before, ours=ours)


def cpu_of(port: int) -> float:
    """CPU seconds that the processes listening on a port have used."""
    told = subprocess.run(["ss", "-ltnpH", f"sport = :{port}"], capture_output=True, text=True,
                          check=True).stdout  # fmt: skip
    total = 0
    for process in set(re.findall(r"pid=(\d+)", told)):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def script(path: str, body: Mapping[str, Any], size: int = 32, **headers: str) -> str:
    shown = ",".join(f'["{name.replace("_", "-")}"]="{value}"' for name, value in headers.items())
    return (POST.replace("HEADERS", shown).replace("PATH", path).replace("SIZE", str(size))
            .replace("BODY", "[[" + json.dumps(body) + "]]"))  # fmt: skip


def consent(notice: str) -> str:
    choices = dict.fromkeys(("preferences", "analytics", "marketing"), True)
    body = {"notice": notice, "language": "en", "method": "accept", "purposes": choices,
            "subject": "SUBJECT", "key": "KEY"}  # fmt: skip
    return script("/e/shop/consents", body, content_type="application/json",
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


@contextmanager
def serving(command: list[str], env: Mapping[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, env=dict(env), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        until = time.monotonic() + 60
        while subprocess.run(["ss", "-ltnH", f"sport = :{port}"], capture_output=True,
                             check=True).stdout == b"":  # fmt: skip
            if time.monotonic() > until or process.poll() is not None:
                raise RuntimeError(f"{command} did not start")
            time.sleep(0.1)
        time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait(30)


def edge(env: Mapping[str, str], port: int) -> Any:
    options = ["serve", "--only", "edge", "--port", str(port)]
    return serving([sys.executable, "-m", "adhere.main.cli", *options], env, port)


def prepared(env: Mapping[str, str]) -> str:
    spec = importlib.util.spec_from_file_location("consent_killing", CAST / "consent_killing.py")
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{CAST} has no consent_killing.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.prepare(env))


def measured(env: Mapping[str, str], notice: str) -> tuple[Load, Load]:
    """The whole rate, and the latency at half of it (half the clients)."""
    with edge(env, 18_801):
        whole = load(18_801, consent(notice))
        return whole, load(18_801, consent(notice), CLIENTS // 8)


def own(folder: Path, url: str, label: str) -> tuple[list[Row], Load]:
    env = {**os.environ, "ADHERE_DATA": str(folder / "data")}
    env.pop("ADHERE_DATABASE_URL", None)
    if url:
        env["ADHERE_DATABASE_URL"] = url
    notice = prepared(env)
    (folder / "empty_host.py").write_text(EMPTY)
    bare = {**env, "PYTHONPATH": str(folder)}
    with serving([sys.executable, str(folder / "empty_host.py"), "18802"], bare, 18_802):
        empty = load(18_802, script("/e/shop/empty", {}, content_type="application/json"))
    whole, quiet = measured(env, notice)
    found = [
        row(f"{label}: the same host, an empty 201", empty.rate, "1/s", peer="machine"),
        row(f"{label}: one consent", whole.cpu, "CPU ms", limit=0.3, ratio=0.3 / whole.cpu),
        row(f"{label}: consents, each durable", whole.rate, "1/s"),
        row(f"{label}: share of the empty rate", whole.rate / empty.rate, "", limit=0.5,
            ratio=whole.rate / empty.rate / 0.5),
        row(f"{label}: latency with {CLIENTS // 8} clients, p99", quiet.p99, "ms"),
        row(f"{label}: rate with {CLIENTS // 8} clients", quiet.rate, "1/s"),
    ]  # fmt: skip
    if not url:
        found += full(folder, env, notice, whole)
    return found, whole


def full(folder: Path, env: Mapping[str, str], notice: str, empty: Load) -> list[Row]:
    count = min(RECORDS, shutil.disk_usage(folder).free // 4_000)
    fill(folder / "data" / "adhere.sqlite3", notice, count)
    whole, _ = measured(env, notice)
    share = whole.rate / empty.rate
    return [row(f"SQLite: rate with {count:,} records before", whole.rate, "1/s"),
            row("SQLite: share of the empty table's rate", share, "", limit=0.9,
                ratio=share / 0.9)]  # fmt: skip


def fill(path: Path, notice: str, count: int) -> None:
    """As many records as the years would bring, with subjects at random."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        first = connection.execute("SELECT coalesce(max(id), 0) FROM core_entry").fetchone()[0] + 1
        purposes = '{"analytics":true,"marketing":true,"necessary":true,"preferences":true}'
        filler = "x" * 600
        for start in range(0, count, 100_000):
            numbers = range(start, min(start + 100_000, count))
            with connection:
                connection.executemany(
                    "INSERT INTO core_entry (id, kind, record, secret, commitment, person,"
                    " recorded_at, \"index\") VALUES (?, 'consents', ?, ?, ?, '', ?, NULL)",
                    ((first + n, filler, secrets.token_bytes(32), secrets.token_bytes(32),
                      f"2025-{n % 12 + 1:02}-01 00:00:00") for n in numbers),
                )  # fmt: skip
                connection.executemany(
                    "INSERT INTO cookies_consentrecord VALUES"
                    " (?, 'shop', ?, 'en', 'accept', ?, ?, '', ?, '', ?, ?, ?)",
                    ((f"{n:012x}{secrets.token_hex(10)}", notice, purposes, secrets.token_hex(16),
                      secrets.token_hex(32), f"2025-01-01 00:00:00.{n % 1_000_000:06}",
                      "2025-07-01 00:00:00", first + n) for n in numbers),
                )  # fmt: skip
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def peer(folder: Path, ours: Load) -> list[Row]:
    """c15t's backend on SQLite, with the same durability and load."""
    name = "c15t backend"
    if not shutil.which("npm"):
        return [row("npm is not installed", None, "", peer=name)]
    (folder / "package.json").write_text('{"private": true}')
    install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *PEER_PACKAGES]
    build = ["npm", "rebuild", "--prefix", str(folder), "better-sqlite3"]
    try:
        for command in (install, build):
            subprocess.run(command, capture_output=True, check=True, timeout=300)
        body = {"type": "cookie_banner", "subjectId": "sub_SUBJECT", "domain": "shop.example",
                "preferences": {"necessary": True, "measurement": True, "marketing": False},
                "givenAt": int(time.time() * 1000)}  # fmt: skip
        command = ["node", str(HERE / "peers" / "c15t.mjs"), str(folder), "18803"]
        with serving(command, os.environ, 18_803):
            headers = {"content_type": "application/json", "origin": "http://localhost"}
            theirs = load(18_803, script("/subjects", body, 24, **headers), 8, ours=False)
    except (subprocess.SubprocessError, RuntimeError) as error:
        return [row(f"not measured: {error}"[:90], None, "", peer=name)]
    times = ours.rate / max(theirs.rate, 1)
    return [
        row(f"SQLite: its consents ({theirs.refused} more failed)", theirs.rate, "1/s", peer=name),
        row("SQLite: our rate beside its", times, "×", limit=50, ratio=times / 50, peer=name),
        row("SQLite: one consent", theirs.cpu, "CPU ms", ratio=theirs.cpu / ours.cpu, peer=name),
    ]  # fmt: skip


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
        for name in ("sqlite", "postgresql", "peer"):
            (folder / name).mkdir()
        found, ours = own(folder / "sqlite", "", "SQLite")
        yield from found
        yield from peer(folder / "peer", ours)
        with postgresql() as url:
            if url:
                yield from own(folder / "postgresql", url, "PostgreSQL")[0]
            else:
                yield row("no PostgreSQL server answers", None, "")

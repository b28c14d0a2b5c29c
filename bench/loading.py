"""Servers under load: driven by ``wrk`` (Debian), their CPU time read from ``/proc``."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CLIENTS = 64
SECONDS = int(os.environ.get("BENCH_CONSENTS_SECONDS", "6"))
LUA = """
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
PACE
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


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


def posts(path: str, body: Mapping[str, Any], size: int = 32, **headers: str) -> str:
    """A ``wrk`` script; ``SUBJECT`` in the body becomes that many random digits, ``KEY`` 32."""
    shown = ",".join(f'["{name.replace("_", "-")}"]="{value}"' for name, value in headers.items())
    return (LUA.replace("HEADERS", shown).replace("PATH", path).replace("SIZE", str(size))
            .replace("BODY", "[[" + json.dumps(body) + "]]"))  # fmt: skip


def load(
    port: int, script: str, clients: int = CLIENTS, *, rate: float = 0, ours: bool = True
) -> Load:
    """Drive a server for some seconds, after one to warm up; at most ``rate`` a second if given."""
    # Clients wait at random, so that they do not come together.
    wait = (
        f"function delay() return math.random(0, {2000 * clients // rate:.0f}) end" if rate else ""
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script.replace("PACE", wait))
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


@contextmanager
def serving(command: list[str], env: Mapping[str, str], port: int) -> Iterator[int]:
    """A server until the block ends; its port."""
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
        yield port
    finally:
        process.terminate()
        process.wait(30)

"""``adhere check`` of a past day over companies of three sizes, each run a process of its own.

A company has five years of facts: the shipped policies, a session twice a year that everybody
is recorded at, acceptances of both policies, joiners, leavers, corrections and exemptions. The
last rows judge a policy in which each of 45 clauses says something of each person.
Run alone: ``python bench/judging.py [people …]``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

Row = dict[str, Any]
DAY = date(2026, 3, 14)
LIMITS = {500: 2.0, 10_000: 10.0}
MEMORY_LIMIT = 1024.0
GROWTH_LIMIT = 11.0
_BUILD = [sys.executable, str(Path(__file__).with_name("company.py"))]
_CHECK = [sys.executable, "-m", "adhere.main.cli", "check", "--on", DAY.isoformat()]


def rows(sizes: tuple[int, ...] = (500, 1_000, 10_000)) -> list[Row]:
    """Seconds and peak memory of each size, and how they grow."""
    found: list[Row] = []
    times: dict[int, float] = {}
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="adhere-bench-") as folder:
            home = {**os.environ, "ADHERE_DATA": folder}
            home.pop("ADHERE_DATABASE_URL", None)
            subprocess.run([*_BUILD, str(people)], env=home, check=True)
            times[people], memory = best([*_CHECK, "--policy", "work-behaviours"], home)
            found.append(row(f"check, {people:,} people", times[people], "s", LIMITS.get(people)))
            limit = MEMORY_LIMIT if people == max(sizes) else None
            found.append(row(f"check, {people:,} people, peak memory", memory, "MiB", limit))
            seconds, memory = best([*_CHECK, "--policy", "every-person"], home)
            each = f"45 clauses for each of {people:,} people"
            found.append(row(each, seconds, "s", LIMITS.get(people)))
            found.append(row(f"45 clauses × {people:,}, peak memory", memory, "MiB", None))
    if {1_000, 10_000} <= times.keys():
        growth = times[10_000] / times[1_000]
        found.append(row("growth from 1,000 to 10,000 people", growth, "×", GROWTH_LIMIT))
    return found


def best(command: list[str], home: dict[str, str], times: int = 3) -> tuple[float, float]:
    """Seconds and MiB of the fastest of some runs, whole process from its start to its end."""
    return min(once(command, home) for _ in range(times))


def once(command: list[str], home: dict[str, str]) -> tuple[float, float]:
    """One run; raises where the command could not judge."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=home, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def row(name: str, value: float, unit: str, limit: float | None) -> Row:
    ratio = round(limit / value, 2) if limit else None
    return {"name": name, "value": round(value, 3), "unit": unit, "limit": limit,
            "ratio": ratio, "peer": None}  # fmt: skip


if __name__ == "__main__":
    for each in rows(tuple(int(size) for size in sys.argv[1:]) or (500, 1_000, 10_000)):
        sys.stdout.write(f"{each}\n")

"""``adhere read`` and ``adhere coverage`` of a 40-page policy, each a process of its own.

A page is 500 words here. Run alone: ``python bench/documents.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

Row = dict[str, Any]
PAGES = 40
WORDS_A_PAGE = 500
LIMIT = 1.0
_HEAD = "---\npolicy: long\ntitle: A long policy\nowner: security\naudience: personnel\n---\n"


def rows() -> list[Row]:
    """Seconds of each command, and of both together beside the limit."""
    with tempfile.TemporaryDirectory(prefix="adhere-bench-") as folder:
        path = Path(folder) / "long.en.md"
        path.write_text(policy(), encoding="utf-8")
        home = {**os.environ, "ADHERE_DATA": folder}
        read = best(["read", str(path), "--json"], home)
        coverage = best(["coverage", str(path), "--json"], home)
    return [
        row("read, 40 pages", read, None),
        row("coverage, 40 pages", coverage, None),
        row("read + coverage, 40 pages", read + coverage, LIMIT),
    ]


def policy() -> str:
    """Forty pages of headings, paragraphs, lists and bound sentences."""
    parts, words, number = [_HEAD], 0, 0
    while words < PAGES * WORDS_A_PAGE:
        number += 1
        part = (
            f"## Part {number}\n\n"
            f"This part explains what is expected at place {number} and why it matters to all.\n\n"
            f"[Every device at place {number} locks itself and must not be left open.]"
            f'{{#lock-{number} check="devices.screen_lock"}}\n'
            "The company gives what is needed for that, and answers all questions about it.\n\n"
            f'{{#desk-{number} check="clean_desk.inspected"}}\n'
            f"At the end of the day each desk at place {number} must be cleared of papers.\n\n"
            f"- the first example of what that means in daily work\n"
            f"- the second example, in other words, for those who read lists\n\n"
        )
        parts.append(part)
        words += len(part.split())
    return "".join(parts)


def best(arguments: list[str], home: dict[str, str], times: int = 5) -> float:
    """Seconds of the fastest of some runs; raises where the command failed."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "adhere.main.cli", *arguments],
            env=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
        spent.append(time.perf_counter() - start)
        if done.returncode:
            raise RuntimeError(f"adhere {' '.join(arguments)}: {done.stderr.decode()[:2_000]}")
    return min(spent)


def row(name: str, seconds: float, limit: float | None) -> Row:
    ratio = round(limit / seconds, 2) if limit else None
    return {"name": name, "value": round(seconds, 3), "unit": "s", "limit": limit,
            "ratio": ratio, "peer": None}  # fmt: skip


if __name__ == "__main__":
    for each in rows():
        sys.stdout.write(f"{each}\n")

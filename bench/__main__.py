"""Every benchmark of this folder as one table: ``python -m bench [name …] [--json F]``.

``ratio`` is how far inside its limit a value is, or how ours stands beside a peer's: above 1 is
good. Exits with 1 where a limit is missed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Row = dict[str, Any]


def main() -> int:
    """Run what was asked for, print it, and say whether every limit holds."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="such as judging; all by default")
    parser.add_argument("--json", metavar="F", help="write the rows there too")
    chosen = parser.parse_args()
    about = machine()
    put(", ".join(f"{name} {value}" for name, value in about.items()))
    found: list[Row] = []
    for name, module in modules(chosen.names):
        put(f"\n{name}")
        for row in module.rows():
            found.append({"bench": name, **row})
            put(line(row))
    missed = [row["name"] for row in found if row.get("ratio") is not None
              and row.get("limit") is not None and row["ratio"] < 1]  # fmt: skip
    put("\n" + (f"missed: {', '.join(missed)}" if missed else "every limit holds"))
    if chosen.json:
        Path(chosen.json).write_text(json.dumps({"machine": about, "rows": found}, indent=2))
    return int(bool(missed))


def modules(names: list[str]) -> Iterator[tuple[str, Any]]:
    """The modules beside this one that have ``rows()``, of these names or all."""
    for path in sorted(HERE.glob("*.py")):
        if path.stem == "__main__" or (names and path.stem not in names):
            continue
        if "def rows(" not in path.read_text(encoding="utf-8"):
            continue
        spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"{path} cannot be loaded")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield path.stem, module


def line(row: Row) -> str:
    """One row of the table."""
    value, limit, ratio = (number(row.get(name)) for name in ("value", "limit", "ratio"))
    beside = f"  {row['peer']}" if row.get("peer") else ""
    return f"  {row['name']:<52}{value:>14} {row['unit']:<9}{limit:>10}{ratio:>9}{beside}"


def number(value: float | None) -> str:
    if value is None:
        return "·"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"


def machine() -> dict[str, str]:
    """What it ran on."""
    model = next(
        (
            text.partition(":")[2].strip()
            for text in _lines("/proc/cpuinfo")
            if text.startswith("model name")
        ),
        platform.processor() or "unknown",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpus": str(len(os.sched_getaffinity(0))),
        "model": model,
        "memory": f"{memory:.0f} GiB",
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def put(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

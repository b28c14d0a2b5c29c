"""The ledger's rates beside the bare machine and its peers.

``rows()`` gives dicts: name, value, unit, limit (None where there is none), ratio (how far inside
the limit, above 1 is good; for a peer, ours beside theirs), peer (whose measure the row is).
Run alone: ``python bench/ledger.py [leaves]``.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from adhere.ledger.keys import Signer, new_signer
from adhere.ledger.log import Log

BATCH = 256
ORIGIN = "bench.example/e/log"
Row = dict[str, Any]


def row(
    name: str,
    value: float | None,
    unit: str,
    *,
    limit: float | None = None,
    ratio: float | None = None,
    peer: str | None = None,
) -> Row:
    rounded = [None if each is None else round(each, 4) for each in (value, ratio)]
    return {"name": name, "value": rounded[0], "unit": unit, "limit": limit,
            "ratio": rounded[1], "peer": peer}  # fmt: skip


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on a real disk: a memory file system would make fdatasync free."""
    folder = Path(tempfile.mkdtemp(prefix="adhere-bench-", dir=os.environ.get("BENCH_DIR")))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def rate(work: Callable[[], object], count: int, seconds: float = 1.0) -> float:
    """How many of ``count``-sized steps of work go into a second."""
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        work()
        done += count
    return done / spent


def batches() -> Iterator[list[bytes]]:
    stock = [secrets.token_bytes(32) for _ in range(64 * BATCH)]
    at = 0
    while True:
        yield stock[at : at + BATCH]
        at = (at + BATCH) % len(stock)


def machine(folder: Path) -> tuple[float, float]:
    """Bare SHA-256 of a leaf's 33 bytes, and write + fdatasync of a batch's bytes, a second."""
    data = bytes(33)

    def hashing() -> None:
        for _ in range(1000):
            sha256(data).digest()

    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    block = bytes(32 * BATCH)

    def syncing() -> None:
        os.write(descriptor, block)
        os.fdatasync(descriptor)

    found = rate(hashing, 1000), rate(syncing, 1)
    os.close(descriptor)
    return found


def appending(folder: Path, signer: Signer, step: Callable[[Log], object]) -> float:
    """Durable leaves a second in batches of 256, with ``step`` after each batch."""
    source = batches()
    with Log.create(folder, signer) as log:

        def once() -> None:
            log.append(next(source))
            step(log)

        return rate(once, BATCH, 2.0)


def filled(folder: Path, signer: Signer, leaves: int) -> Log:
    log = Log.create(folder, signer)
    source = batches()
    while log.size < leaves:
        log.append([leaf for _ in range(16) for leaf in next(source)][: leaves - log.size])
    log.publish()
    return log


def proving(log: Log, count: int = 300) -> tuple[float, float]:
    """Milliseconds of an inclusion proof (median and worst) at places all over the tree."""
    spent = []
    for number in range(count):
        start = time.perf_counter()
        log.inclusion((number * 7919 * 131) % log.size)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    return spent[count // 2], spent[-1]


def own(folder: Path, leaves: int) -> list[Row]:
    signer = new_signer(ORIGIN)
    hashes, syncs = machine(folder)
    rates = {
        "append, head signed with Ed25519": appending(folder / "a", signer, lambda log: log.sign()),
        "append, head signed twice, published": appending(
            folder / "b", signer, lambda log: log.publish()
        ),
    }
    log = filled(folder / "c", signer, leaves)
    median, worst = proving(log)
    log.close()
    start = time.perf_counter()
    Log.open(folder / "c", signer).close()
    opened = time.perf_counter() - start
    first = next(iter(rates.values()))
    return [
        row("bare SHA-256 of one leaf", hashes, "1/s", peer="machine"),
        row("bare fdatasync of one batch", syncs, "1/s", peer="machine"),
        *(
            row(f"{name} (256)", each, "leaves/s", limit=50_000, ratio=each / 50_000)
            for name, each in rates.items()
        ),
        row("append beside bare fdatasync × 256", first, "leaves/s", ratio=first / (syncs * BATCH)),
        row("append beside bare SHA-256 ÷ 2", first, "leaves/s", ratio=first / (hashes / 2)),
        row(f"inclusion proof at {leaves} (median)", median, "ms", limit=2, ratio=2 / median),
        row(f"inclusion proof at {leaves} (worst)", worst, "ms", limit=2, ratio=2 / worst),
        row(f"open and check {leaves} leaves", opened, "s"),
    ]


def pymerkle_rows(folder: Path, ours: float, proof: float) -> list[Row]:
    from pymerkle import SqliteTree

    tree = SqliteTree(str(folder / "pymerkle.db"))
    tree.con.execute("PRAGMA synchronous=FULL")
    source = batches()
    single = rate(lambda: tree.append_entry(next(source)[0]), 1)
    many = rate(lambda: tree.append_entries(next(source)), BATCH)
    while tree.get_size() < 100_000:
        tree.append_entries([leaf for _ in range(40) for leaf in next(source)])
    spent = []
    for number in range(1, 21):
        start = time.perf_counter()
        tree.prove_inclusion(number * 4_999)
        spent.append((time.perf_counter() - start) * 1000)
    median = sorted(spent)[10]
    size = tree.get_size()
    return [
        row("append one by one", single, "leaves/s", ratio=ours / single, peer="pymerkle"),
        row("append (256)", many, "leaves/s", ratio=ours / many, peer="pymerkle"),
        row(f"inclusion proof at {size}", median, "ms", ratio=median / proof, peer="pymerkle"),
    ]


def tlog_scales_rows(folder: Path, ours: float, proof: float) -> list[Row]:
    from tlog_scales.backend import LocalBackend
    from tlog_scales.reader import TilesReader
    from tlog_scales.signing import PlainEd25519Signer
    from tlog_scales.writer import TilesWriter

    signer = new_signer(ORIGIN)
    theirs = PlainEd25519Signer(ORIGIN, signer.ed25519)
    writer = TilesWriter.create(folder / "scales", ORIGIN)
    source = batches()

    def once(gc: bool = True) -> None:
        for leaf in next(source):
            writer.add_leaf(leaf)
        writer.commit([theirs], gc=gc)

    many = rate(once, BATCH)
    while writer.size < 100_000:
        for leaf in (each for _ in range(40) for each in next(source)):
            writer.add_leaf(leaf)
        writer.commit([theirs], gc=False)
    spent = []
    for number in range(1, 21):
        reader = TilesReader(LocalBackend(folder / "scales"))
        reader.set_size(writer.size)
        start = time.perf_counter()
        reader.get_inclusion_proof(number * 4_999, writer.size)
        spent.append((time.perf_counter() - start) * 1000)
    median, size = sorted(spent)[10], writer.size
    return [
        row("append (256), as it syncs", many, "leaves/s", ratio=ours / many, peer="tlog-scales"),
        row(f"inclusion proof at {size}", median, "ms", ratio=median / proof, peer="tlog-scales"),
    ]


PEERS = {"pymerkle": pymerkle_rows, "tlog_scales": tlog_scales_rows}


def rows(leaves: int = 1_000_000) -> list[Row]:
    """All measures; a peer that is not installed has one row without a value that says so."""
    with scratch() as folder:
        found = own(folder, leaves)
        ours = next(each["value"] for each in found if each["unit"] == "leaves/s")
        proof = next(each["value"] for each in found if each["unit"] == "ms")
        for module, measure in PEERS.items():
            if importlib.util.find_spec(module):
                found += measure(folder, ours, proof)
            else:
                found.append(row("not installed", None, "", peer=module))
        found.append(row("not to be had from the package registry", None, "", peer="aics-tlog"))
        return found


if __name__ == "__main__":
    for each in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000):
        print("  ".join(str(part) for part in each.values()))  # noqa: T201

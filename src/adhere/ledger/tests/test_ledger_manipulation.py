"""Ten thousand random manipulations of bundles, receipts and log folders: every one is found."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adhere.errors import Problem
from adhere.ledger.bundle import line_of
from adhere.ledger.commitments import commit
from adhere.ledger.encoding import b64
from adhere.ledger.log import Log
from adhere.ledger.receipts import receipt
from adhere.ledger.tests.ledger_helpers import PEOPLE, SmallLog, record_of, secret_of
from adhere.ledger.verify import verify_file

Lines = list[bytes]
Chance = random.Random


def flip_byte(lines: Lines, chance: Chance) -> bytes:
    data = bytearray(b"".join(lines))
    data[chance.randrange(len(data))] ^= chance.randint(1, 255)
    return bytes(data)


def cut(lines: Lines, chance: Chance) -> bytes:
    data = b"".join(lines)
    return data[: chance.randrange(len(data))]


def insert(lines: Lines, chance: Chance) -> bytes:
    data = b"".join(lines)
    at = chance.randint(0, len(data))
    extra = chance.choice([b" ", b"\n", b"0", b"\0", b"{}\n", chance.randbytes(3)])
    return data[:at] + extra + data[at:]


def remove(lines: Lines, chance: Chance) -> bytes:
    data = b"".join(lines)
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randint(1, 60) :]


def drop(lines: Lines, chance: Chance) -> bytes:
    at = chance.randrange(len(lines))
    return b"".join(lines[:at] + lines[at + 1 :])


def double(lines: Lines, chance: Chance) -> bytes:
    at, to = chance.randrange(len(lines)), chance.randint(0, len(lines))
    return b"".join([*lines[:to], lines[at], *lines[to:]])


def swap(lines: Lines, chance: Chance) -> bytes:
    one, two = chance.sample(range(len(lines)), 2)
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def renumbered_swap(lines: Lines, chance: Chance) -> bytes:
    one, two = chance.sample(range(1, len(lines) - 1), 2)
    first, second = json.loads(lines[one]), json.loads(lines[two])
    first["index"], second["index"] = second["index"], first["index"]
    lines[one], lines[two] = line_of(second), line_of(first)
    return b"".join(lines)


def value(lines: Lines, chance: Chance) -> bytes:
    """A field of a record changed, sometimes with the commitment made to fit again."""
    at = chance.randrange(1, len(lines) - 1)
    content = json.loads(lines[at])
    record = content.get("record")
    if record is None:
        return erase(lines, chance)
    name = chance.choice(sorted(record))
    old = record[name]
    record[name] = old + 1 if isinstance(old, int) else f"{old} "
    if chance.random() < 0.2:
        del record[name]
    content["kind"] = record.get("kind")
    if chance.random() < 0.5:
        content["commitment"] = b64(commit(secret_of(content["index"]), record))
    lines[at] = line_of(content)
    return b"".join(lines)


def secret(lines: Lines, chance: Chance) -> bytes:
    at = chance.randrange(1, len(lines) - 1)
    content = json.loads(lines[at])
    content["secret" if "secret" in content else "commitment"] = b64(chance.randbytes(32))
    lines[at] = line_of(content)
    return b"".join(lines)


def erase(lines: Lines, chance: Chance) -> bytes:
    """A record taken out under the pretence that it was erased."""
    at = chance.choice([n for n in range(1, len(lines) - 1) if b'"record"' in lines[n]])
    content = json.loads(lines[at])
    kept = {"index": content["index"], "erased": True, "commitment": content["commitment"]}
    lines[at] = line_of(kept)
    return b"".join(lines)


def frame(lines: Lines, chance: Chance) -> bytes:
    """A field of the header or the footer changed, dropped or added."""
    at = chance.choice([0, -1])
    content = json.loads(lines[at])
    name = chance.choice(sorted(content))
    kind = chance.randrange(3)
    if kind == 0:
        del content[name]
    elif kind == 1:
        content["x"] = 1
    else:
        content[name] = spoil(content[name], chance)
    lines[at] = line_of(content)
    return b"".join(lines)


def spoil(old: Any, chance: Chance) -> Any:
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return old + chance.choice([-1, 1, 1000])
    if isinstance(old, list):
        return [*old, old[-1] if old else b64(bytes(32))]
    at = chance.randrange(len(old))
    return old[:at] + chance.choice("Aa0 \n") + old[at:]


def checkpoint(lines: Lines, chance: Chance) -> bytes:
    """A signature line of the checkpoint dropped or changed; the size or root changed."""
    content = json.loads(lines[0])
    note = content["checkpoint"].split("\n")
    at = chance.randrange(len(note) - 1)
    if chance.random() < 0.5:
        del note[at]
    else:
        note[at] = spoil(note[at], chance) if note[at] else "x"
    content["checkpoint"] = "\n".join(note)
    lines[0] = line_of(content)
    return b"".join(lines)


BUNDLE_WAYS: list[Callable[[Lines, Chance], bytes]] = [
    flip_byte, cut, insert, remove, drop, double, swap, renumbered_swap,
    value, secret, erase, frame, checkpoint,
]  # fmt: skip


def passes(path: Path, data: bytes, key: str | None) -> bool:
    path.write_bytes(data)
    try:
        found = verify_file(path, key)
    except Problem:
        return False
    assert found.ok == (found.first_broken is None)
    return found.ok


def tries(path: Path, original: bytes, key: str, count: int, seed: int) -> list[str]:
    """Which of ``count`` manipulations went unnoticed."""
    chance = random.Random(seed)
    unnoticed = []
    lines = original.splitlines(keepends=True)
    for number in range(count):
        way = BUNDLE_WAYS[number % len(BUNDLE_WAYS)]
        data = way(list(lines), chance)
        given = key if chance.random() < 0.5 else None
        if data != original and passes(path, data, given):
            unnoticed.append(f"{number} {way.__name__}")
    return unnoticed


@pytest.mark.parametrize(
    ("size", "complete", "count"), [(6, True, 4000), (6, False, 2500), (260, True, 60)]
)
def test_every_manipulation_of_a_bundle_is_found(
    tmp_path: Path, size: int, complete: bool, count: int
) -> None:
    small = SmallLog(tmp_path / "ledger", size, erase=2 if complete else None)
    original = small.bundle(complete=complete)
    path = tmp_path / "evidence.jsonl"
    assert passes(path, original, small.key())
    assert tries(path, original, small.key(), count, seed=size) == []


def receipt_ways(content: dict[str, Any], chance: Chance) -> dict[str, Any]:
    """Another content of the same JSON form."""
    content = json.loads(json.dumps(content))
    kind = chance.randrange(6)
    record, name = content["record"], chance.choice(sorted(content["record"]))
    if kind == 0:
        record[name] = "x" if name != "minutes" else record[name] + 1
    elif kind == 1:
        del record[name]
    elif kind == 2:
        record["more"] = chance.choice(PEOPLE)
    elif kind == 3:
        content["secret"] = b64(chance.randbytes(32))
    elif kind == 4:
        content["proof"] = altered(content["proof"], chance)
    else:
        content["keys"] = [altered(content["keys"][0], chance), *content["keys"][1:]]
    return content


def altered(text: str, chance: Chance) -> str:
    at = chance.randrange(len(text))
    new = chance.choice([each for each in "Aa0/ \nx" if each != text[at]])
    return text[:at] + new + text[at + 1 :]


def test_every_manipulation_of_a_receipt_is_found(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 300)
    content = receipt(record_of(7), secret_of(7), small.log.proof(7), small.signer.vkeys())
    path, chance, unnoticed = tmp_path / "receipt.json", random.Random(3), []
    assert passes(path, json.dumps(content).encode(), small.key())
    for number in range(2500):
        other = receipt_ways(content, chance)
        data = json.dumps(other).encode()
        if passes(path, data, small.key() if number % 2 else None):
            unnoticed.append(other)
    assert unnoticed == []


def test_every_manipulation_of_a_log_folder_is_found_or_mended(tmp_path: Path) -> None:
    small = SmallLog(tmp_path / "ledger", 300)
    small.log.close()
    folder, chance = tmp_path / "ledger", random.Random(4)
    good = {path.name: path.read_bytes() for path in folder.iterdir()}
    names = ["entries", "checkpoint", "level-0", "level-1"]
    unnoticed = []
    for number in range(1000):
        name = chance.choice(names)
        lines = [good[name][at : at + 16] for at in range(0, len(good[name]), 16)]
        way = chance.choice([flip_byte, cut, insert, remove, drop, swap])
        data = way(lines, chance)
        (folder / name).write_bytes(data)
        if not found_or_mended(folder, small, good):
            unnoticed.append((number, name, way.__name__, len(data)))
        for each in names:
            (folder / each).write_bytes(good[each])
    assert unnoticed == []


def found_or_mended(folder: Path, small: SmallLog, good: dict[str, bytes]) -> bool:
    try:
        Log.open(folder, small.signer).close()
    except Problem:
        return True
    return {each: (folder / each).read_bytes() for each in good} == good

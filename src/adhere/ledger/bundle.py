"""The evidence bundle: one text file (JSON Lines) that proves every record in it.

Line 1, the header: format, origin, public keys, tree size, root, signed checkpoint, ``complete``.
Then one line for each leaf, in order:

- ``{"index", "kind", "record", "secret", "commitment"}``, or
- ``{"index", "erased": true, "commitment"}`` where the record is gone; an erasure record at a
  later leaf has to name it.

A complete bundle has every leaf of the tree. A partial one has those selected, each with its
audit path as ``proof``. Last line, the footer: the roots of the full tiles and the leaf hashes of
the last one (they narrow down where a forged line stands) and the seal, a note that signs the
SHA-256 of all lines before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO

from adhere.errors import Problem
from adhere.ledger.checkpoints import parse_checkpoint
from adhere.ledger.encoding import b64
from adhere.ledger.keys import Signer
from adhere.ledger.merkle import HASH_SIZE
from adhere.ledger.notes import parse_note
from adhere.ledger.reader import LogReader
from adhere.ledger.tiles import WIDTH

FORMAT = "adhere-evidence/1"
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Given:
    """A record that goes into a bundle: its leaf's number, itself (with ``kind``), its secret."""

    index: int
    record: Mapping[str, Any]
    secret: bytes


def line_of(content: Mapping[str, Any]) -> bytes:
    """One line as the bundle spells it: compact, UTF-8, newline at its end."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def seal_text(origin: str, digest: bytes, lines: int) -> str:
    """What the seal signs: never a checkpoint, for its first line is no origin."""
    return f"{FORMAT}\n{origin}\n{lines}\n{b64(digest)}\n"


def write_bundle(
    out: BinaryIO,
    log: LogReader,
    signer: Signer,
    given: Iterable[Given],
    *,
    complete: bool = True,
) -> int:
    """Writes a bundle over the published tree and returns its number of leaves.

    ``given`` comes in the order of the leaves. In a complete bundle a leaf that is not given
    stands as erased; records past the checkpoint are left out. What the records say is not
    looked at: a changed one has to show in the bundle, not to hide in an error.
    """
    checkpoint = log.checkpoint()
    head = parse_checkpoint(parse_note(checkpoint).text)
    header = {
        "format": FORMAT,
        "origin": head.origin,
        "keys": signer.vkeys(),
        "size": head.size,
        "root": b64(head.root),
        "checkpoint": checkpoint,
        "complete": complete,
    }
    digest, count = sha256(), -1
    within = _ordered(given, head.size)
    leaves = _all(log, within, head.size) if complete else _some(log, within, head.size)
    for content in _chain(header, leaves):
        line = line_of(content)
        digest.update(line)
        out.write(line)
        count += 1
    tiles = [b64(each) for each in _tiles(log, head.size)] if complete else []
    tail = [b64(each) for each in _tail(log, head.size)] if complete else []
    seal = signer.sign_text(seal_text(head.origin, digest.digest(), count + 1))
    out.write(line_of({"end": True, "tiles": tiles, "tail": tail, "seal": seal.format()}))
    return count


def _chain(header: Mapping[str, Any], leaves: Iterator[dict[str, Any]]) -> Iterator[Any]:
    yield header
    yield from leaves


def _ordered(given: Iterable[Given], size: int) -> Iterator[Given]:
    last = -1
    for each in given:
        if each.index <= last:
            raise Problem(f"leaf {each.index} comes after leaf {last}", expected="leaves in order")
        last = each.index
        if last >= size:
            return
        yield each


def _line(each: Given, commitment: bytes) -> dict[str, Any]:
    return {
        "index": each.index,
        "kind": each.record.get("kind"),
        "record": dict(each.record),
        "secret": b64(each.secret),
        "commitment": b64(commitment),
    }


def _all(log: LogReader, given: Iterator[Given], size: int) -> Iterator[dict[str, Any]]:
    coming = next(given, None)
    for start in range(0, size, _CHUNK):
        entries = log.commitments(start, min(start + _CHUNK, size))
        for index, commitment in enumerate(entries, start):
            if coming is not None and coming.index == index:
                yield _line(coming, commitment)
                coming = next(given, None)
            else:
                yield {"index": index, "erased": True, "commitment": b64(commitment)}


def _some(log: LogReader, given: Iterator[Given], size: int) -> Iterator[dict[str, Any]]:
    for each in given:
        commitment = log.commitments(each.index, each.index + 1)[0]
        path = [b64(step) for step in log.inclusion(each.index, size)]
        yield {**_line(each, commitment), "proof": path}


def _tiles(log: LogReader, size: int) -> Iterator[bytes]:
    full = size // WIDTH
    for start in range(0, full, WIDTH):
        width = min(WIDTH, full - start)
        data = log.tile(1, start // WIDTH, width)
        yield from (data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE))


def _tail(log: LogReader, size: int) -> list[bytes]:
    rest = size % WIDTH
    data = log.tile(0, size // WIDTH, rest) if rest else b""
    return [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]

"""Verifies an evidence bundle line by line, keeping eight bytes of each record."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from hashlib import sha256
from typing import Any, BinaryIO

from adhere.errors import Problem
from adhere.ledger.bundle import line_of
from adhere.ledger.bundle_footer import Footer, read_footer
from adhere.ledger.bundle_header import Header, read_header
from adhere.ledger.checking import verify_inclusion
from adhere.ledger.commitments import ERASURE, SECRET_SIZE, commit, erased_by
from adhere.ledger.encoding import strict_json, unb64
from adhere.ledger.findings import Broken
from adhere.ledger.merkle import HASH_SIZE, CompactRange, leaf_hash
from adhere.ledger.trust import Trust

_MAX_LINE = 64 << 20  # bytes
_GIVEN = ["index", "kind", "record", "secret", "commitment"]
_ERASED = ["index", "erased", "commitment"]


class _StopError(Exception):
    """The file cannot be followed any further."""


class BundleCheck:
    """Runs once over a bundle; ``broken`` then names the first broken record, or is None."""

    def __init__(self, trust: Trust | None) -> None:
        self._given_trust = trust
        self.broken: Broken | None = None
        self.records = 0
        self._line = 1
        self._last = -1
        self._header: Header
        self._tree = CompactRange()
        self._tiles: list[bytes] = []
        self._tail: list[bytes] = []
        self._digest = sha256()
        self._gone: dict[int, int] = {}
        self._seen = array("q")  # The leaf of line n stands at n - 2.
        self._named: set[int] = set()

    @property
    def erased(self) -> int:
        return len(self._gone)

    @property
    def header(self) -> Header:
        return self._header

    def run(self, first: bytes, file: BinaryIO) -> None:
        """Reads the header from ``first`` and all other lines from ``file``."""
        try:
            self._header = read_header(first, self._given_trust)
            self._digest.update(first)
            self._lines(file)
        except Problem as problem:
            self._found(None, str(problem))
        except _StopError:
            pass

    def _found(self, index: int | None, reason: str, line: int | None = None) -> None:
        where = self._line if line is None else line
        if self.broken is None or where < (self.broken.line or 0):
            self.broken = Broken(index, where, reason)

    def _stop(self, index: int | None, reason: str) -> _StopError:
        self._found(index, reason)
        return _StopError()

    def _lines(self, file: BinaryIO) -> None:
        while raw := file.readline(_MAX_LINE):
            self._line += 1
            try:
                content = strict_json(raw)
            except Problem as problem:
                index = self._last + 1 if self._header.complete else None
                raise self._stop(index, str(problem)) from problem
            if "end" in content:
                self._end(raw, content)
                if file.read(1):
                    self._line += 1
                    raise self._stop(None, "something follows the end of the bundle")
                return
            self._leaf(content)
            self._digest.update(raw)
        self._line += 1
        raise self._stop(None, "the file is cut off: it has no footer")

    def _leaf(self, content: dict[str, Any]) -> None:
        index = self._index(content)
        try:
            entry = unb64(content.get("commitment"), size=HASH_SIZE, field="commitment")
        except Problem as problem:
            raise self._stop(index, str(problem)) from problem
        leaf = leaf_hash(entry)
        if self._header.complete:
            self._tail.append(leaf)
            self._tree.extend([leaf], self._tile)
        fields = list(content)
        try:
            if fields == _ERASED and content["erased"] is True and self._header.complete:
                self._gone[index] = self._line
            elif fields == (_GIVEN if self._header.complete else [*_GIVEN, "proof"]):
                self._record(index, entry, content)
            else:
                raise Problem("the line has not the fields of a record")
            if not self._header.complete:
                self._proof(index, leaf, content["proof"])
        except Problem as problem:
            self._found(index, str(problem))

    def _index(self, content: dict[str, Any]) -> int:
        index = content.get("index")
        following = self._last + 1
        if type(index) is not int or not following <= index < self._header.head.size:
            raise self._stop(following, f"the line says it is record {str(index)[:40]}")
        if self._header.complete and index != following:
            raise self._stop(following, f"it is missing; record {index} stands here")
        self._last = index
        self._seen.append(index)
        return index

    def _tile(self, level: int, root: bytes) -> None:
        if level == 1:
            self._tiles.append(root)
            self._tail.clear()

    def _record(self, index: int, entry: bytes, content: dict[str, Any]) -> None:
        self.records += 1
        record = content["record"]
        if not isinstance(record, dict) or content["kind"] != record.get("kind"):
            raise Problem("the line and its record do not name the same kind")
        secret = unb64(content["secret"], size=SECRET_SIZE, field="secret")
        if commit(secret, record) != entry:
            raise Problem("the record or its secret was changed: it does not give its commitment")
        if record.get("kind") == ERASURE:
            self._erasure(index, record)

    def _erasure(self, index: int, record: dict[str, Any]) -> None:
        for each in erased_by(record, index):
            self._named.add(each)
            place = bisect_left(self._seen, each)
            if self._seen[place] == each and each not in self._gone:
                reason = f"record {index} says that it was erased, yet it is here"
                self._found(each, reason, place + 2)

    def _proof(self, index: int, leaf: bytes, proof: object) -> None:
        if not isinstance(proof, list):
            raise Problem("is no list of hashes", field="proof")
        path = [unb64(step, size=HASH_SIZE, field="proof") for step in proof]
        head = self._header.head
        if not verify_inclusion(leaf, index, head.size, path, head.root):
            raise Problem("the proof does not lead from this record to the signed root")

    def _end(self, raw: bytes, content: dict[str, Any]) -> None:
        if raw != line_of(content):
            raise self._stop(None, "the footer was changed")
        footer = read_footer(content)
        if self._header.complete:
            missing = self._header.head.size - self._tree.size
            if missing:
                raise self._stop(self._tree.size, f"the last {missing} records are missing")
            self._root(footer)
        elif footer.tiles or footer.tail:
            raise self._stop(None, "a partial bundle has no tiles")
        self._all_named()
        if self.broken is None:
            origin = self._header.head.origin
            footer.check_seal(origin, self._digest.digest(), self._line - 1, self._header.trust)

    def _root(self, footer: Footer) -> None:
        head = self._header.head
        tiles, tail = self._tiles, self._tail
        same_shape = (len(footer.tiles), len(footer.tail)) == (len(tiles), len(tail))
        if not same_shape or footer.root() != head.root:
            raise self._stop(None, "the footer does not give the signed root")
        where = footer.differs(tiles, tail)
        if where is None:
            return  # The same hashes as the footer's, hence the signed root.
        first, end = where
        among = "" if end == first + 1 else f"one of the records {first}–{end - 1} is "
        self._found(first, f"{among}not the one that was logged", first + 2)

    def _all_named(self) -> None:
        for index in sorted(set(self._gone) - self._named)[:1]:
            reason = "the record is gone, and no later erasure record names it"
            self._found(index, reason, self._gone[index])

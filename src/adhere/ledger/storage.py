"""The files of a log: what is durable, what is derived, and how the derived is mended.

``entries`` alone is durable: one write and one fdatasync for each batch. The level files follow
from it without a sync, and are compared with it and mended when the log is opened.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from adhere.errors import Problem
from adhere.ledger.merkle import HASH_SIZE, CompactRange
from adhere.ledger.tiles import MAX_LEVEL

_CHUNK = 1 << 14  # leaves


def write_all(descriptor: int, data: bytes, offset: int) -> None:
    """Writes every byte at ``offset``; a disk that is full raises OSError."""
    view = memoryview(data)
    while view:
        done = os.pwrite(descriptor, view, offset)
        view, offset = view[done:], offset + done


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """The file holds the old bytes or the new ones, never a part, whatever happens."""
    fresh = path.with_name(f".{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        write_all(descriptor, data, 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    fresh.replace(path)
    sync_folder(path.parent)


class Busy(Problem):
    """Another process is the one writer at the moment."""


def lock_folder(folder: Path, wait: float) -> int:
    """The one writer's lock, as an open file; raises Problem after ``wait`` seconds."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError as error:
            if time.monotonic() >= until:
                os.close(descriptor)
                raise Busy("another process writes this ledger", file=str(folder)) from error
            time.sleep(0.02)


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    return [sha256(b"\x00" + entry).digest() for entry in entries]


class LevelWriter:
    """Appends to the level files what a growing tree gives; writes only where they differ."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, int] = {}
        self._counts = [0] * (MAX_LEVEL + 2)

    def _file(self, level: int) -> int:
        if level not in self._files:
            path = self._folder / f"level-{level}"
            self._files[level] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        return self._files[level]

    def extend(self, tree: CompactRange, leaves: list[bytes], *, compare: bool = False) -> None:
        """Lets ``tree`` grow by leaf hashes and writes what each level gains."""
        gained: dict[int, list[bytes]] = {0: leaves}
        tree.extend(leaves, lambda level, root: gained.setdefault(level, []).append(root))
        for level, hashes in gained.items():
            data = b"".join(hashes)
            offset = self._counts[level] * HASH_SIZE
            file = self._file(level)
            if not compare or os.pread(file, len(data), offset) != data:
                write_all(file, data, offset)
            self._counts[level] += len(hashes)

    def cut(self) -> None:
        """Takes away what stands behind the last hash of each level."""
        for path in self._folder.glob("level-*"):
            level = path.name.removeprefix("level-")
            count = self._counts[int(level)] if level.isdigit() and int(level) <= MAX_LEVEL else 0
            if path.stat().st_size > count * HASH_SIZE:
                os.truncate(path, count * HASH_SIZE)

    def close(self) -> None:
        for descriptor in self._files.values():
            os.close(descriptor)
        self._files.clear()


class EntryFile:
    """The append-only file of commitments."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        length = os.fstat(self._file).st_size
        self.count = length // HASH_SIZE
        if length % HASH_SIZE:
            # A torn write: its batch was never answered, so nothing that counts is cut.
            os.ftruncate(self._file, self.count * HASH_SIZE)
            os.fsync(self._file)

    def append(self, data: bytes) -> None:
        """Durable when it returns; when it raises, the file is as before."""
        offset = self.count * HASH_SIZE
        try:
            write_all(self._file, data, offset)
            os.fdatasync(self._file)
        except OSError:
            self.cut(self.count)
            raise
        self.count += len(data) // HASH_SIZE

    def cut(self, count: int) -> None:
        """Takes back what was written behind the first ``count`` entries."""
        self.count = count
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, count * HASH_SIZE)
            os.fsync(self._file)

    def chunks(self, stops: Iterable[int]) -> Iterable[list[bytes]]:
        """All entries in order, with a break at each of ``stops``."""
        breaks = sorted({self.count, *(stop for stop in stops if 0 < stop < self.count)})
        at = 0
        for stop in breaks:
            while at < stop:
                count = min(_CHUNK, stop - at)
                data = os.pread(self._file, count * HASH_SIZE, at * HASH_SIZE)
                yield [data[n : n + HASH_SIZE] for n in range(0, len(data), HASH_SIZE)]
                at += count

    def close(self) -> None:
        os.close(self._file)

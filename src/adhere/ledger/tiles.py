"""Tiles of C2SP tlog-tiles: their addresses, and reading tree hashes out of the level files.

``level-0`` is the concatenation of all leaf hashes, ``level-L`` that of the roots of the full
tiles of level L-1. A tile is 256 hashes of its level's file, a partial tile fewer.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from adhere.errors import Problem
from adhere.ledger.merkle import HASH_SIZE, complete_root

WIDTH = 256
MAX_LEVEL = 7  # 256^8 leaves would not fit a signed 64-bit size.
_PATH = re.compile(r"tile/(entries|0|[1-9]\d?)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


@dataclass(frozen=True, slots=True)
class TileAddress:
    """Which tile: ``level`` is None for a bundle of entries, ``width`` counts its hashes."""

    level: int | None
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """As C2SP writes it: ``tile/0/x001/x234/067.p/12``."""
        groups = [f"{self.index % 1000:03}"]
        rest = self.index // 1000
        while rest:
            groups.insert(0, f"x{rest % 1000:03}")
            rest //= 1000
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(groups)}{partial}"


def parse_path(path: str) -> TileAddress:
    """The tile that an address names; raises Problem on any other spelling than the one."""
    found = _PATH.fullmatch(path) if path.isascii() and len(path) < 64 else None
    if found is None:
        raise Problem(f"{path[:80]!r} names no tile", expected="tile/<level>/<index>[.p/<width>]")
    level = None if found[1] == "entries" else int(found[1])
    index = int(found[2].replace("/", "").replace("x", ""))
    address = TileAddress(level, index, int(found[3] or WIDTH))
    inside = (level or 0) <= MAX_LEVEL and index < 1 << 55
    if address.path() != path or not inside:
        raise Problem(f"{path[:80]!r} names no tile", expected="tile/<level>/<index>[.p/<width>]")
    return address


def width_at(size: int, level: int, index: int) -> int:
    """How many hashes (0–256) a tile has in a tree of ``size`` leaves."""
    return max(0, min(WIDTH, (size >> (8 * level)) - index * WIDTH))


class LevelFiles:
    """The level files of one folder, opened for reading when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}

    def slice(self, name: str, first: int, count: int) -> bytes:
        """``count`` hashes of a file from number ``first``; raises Problem when they are absent."""
        if name not in self._open:
            try:
                self._open[name] = os.open(self._folder / name, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError as error:
                raise Problem("is missing", file=str(self._folder / name)) from error
        data = os.pread(self._open[name], count * HASH_SIZE, first * HASH_SIZE)
        if len(data) != count * HASH_SIZE:
            raise Problem("is too short", file=str(self._folder / name), expected=f"{count} hashes")
        return data

    def hashes(self, name: str, first: int, count: int) -> list[bytes]:
        data = self.slice(name, first, count)
        return [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]

    def node(self, height: int, index: int) -> bytes:
        """The hash of a complete subtree, from at most 128 hashes of one tile."""
        level, inner = divmod(height, 8)
        count = 1 << inner
        return complete_root(self.hashes(f"level-{level}", index * count, count))

    def close(self) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()

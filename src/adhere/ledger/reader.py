"""Reading a log's folder, while another process may be writing it.

Nothing past the published checkpoint is shown, so a reader needs no lock.
"""

from __future__ import annotations

from pathlib import Path

from adhere.errors import Problem
from adhere.ledger import merkle
from adhere.ledger.checking import verify_inclusion
from adhere.ledger.checkpoints import Checkpoint, parse_checkpoint
from adhere.ledger.merkle import HASH_SIZE
from adhere.ledger.notes import Note, parse_note
from adhere.ledger.proofs import TlogProof
from adhere.ledger.tiles import MAX_LEVEL, WIDTH, LevelFiles, TileAddress, width_at

ENTRIES = "entries"
CHECKPOINT = "checkpoint"


class LogReader:
    """Tiles, entries and proofs of the log in ``folder``, up to its published checkpoint."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = LevelFiles(folder)

    def checkpoint(self) -> str:
        """The newest published checkpoint, a signed note; Problem if there is none yet."""
        path = self.folder / CHECKPOINT
        try:
            return path.read_text("utf-8")
        except FileNotFoundError as error:
            raise Problem("nothing is published yet", file=str(path)) from error

    def head(self) -> Checkpoint:
        """What the published checkpoint says. Its signature is for others to check."""
        try:
            return parse_checkpoint(parse_note(self.checkpoint()).text)
        except (Problem, UnicodeDecodeError) as error:
            found = error if isinstance(error, Problem) else Problem("is not UTF-8")
            raise found.at(str(self.folder / CHECKPOINT)) from error

    @property
    def size(self) -> int:
        """How many leaves may be shown."""
        return self.head().size

    def _within(self, size: int | None) -> int:
        known = self.size
        if size is None:
            return known
        if not 0 <= size <= known:
            raise Problem(f"the log has no size {size}", field="size", expected=f"0–{known}")
        return size

    def root(self, size: int | None = None) -> bytes:
        """The root of the first ``size`` leaves, of all by default."""
        return merkle.root_at(self._within(size), self._files.node)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The audit path of a leaf in the tree of ``size``; O(log n) reads.

        Raises Problem when the level files no longer fit the tree (reopening mends them).
        """
        within = self._within(size)
        path = merkle.inclusion_path(index, within, self._files.node)
        leaf = self._files.node(0, index)
        if not verify_inclusion(leaf, index, within, path, self.root(within)):
            raise Problem("the level files are damaged; open the log anew", file=str(self.folder))
        return path

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """The proof that the tree of ``old`` leaves is the beginning of that of ``new``."""
        return merkle.consistency_path(old, self._within(new), self._files.node)

    def proof(self, index: int, checkpoint: Note | None = None) -> str:
        """The tlog-proof text of a leaf under ``checkpoint``, by default the published one."""
        note = parse_note(self.checkpoint()) if checkpoint is None else checkpoint
        head = parse_checkpoint(note.text)
        return TlogProof(index, tuple(self.inclusion(index, head.size)), note).format()

    def tile(self, level: int, index: int, width: int = WIDTH) -> bytes:
        """A tile's bytes; raises Problem where the published tree has no such tile."""
        address = TileAddress(level, index, width)
        if not 0 <= level <= MAX_LEVEL:
            raise Problem("the tree is not that high", field="level", expected=f"0–{MAX_LEVEL}")
        self._has(address)
        return self._files.slice(f"level-{level}", index * WIDTH, width)

    def _has(self, address: TileAddress) -> None:
        have = width_at(self.size, address.level or 0, address.index)
        if address.index < 0 or not 1 <= address.width <= have:
            raise Problem("the tree has no such tile", field="tile", expected=f"width 1–{have}")

    def commitments(self, start: int, end: int) -> list[bytes]:
        """The entries of the leaves [start, end)."""
        if not 0 <= start <= end <= self.size:
            raise Problem(f"the log has no leaves {start}–{end}", field="index")
        return self._files.hashes(ENTRIES, start, end - start) if end > start else []

    def entries(self, index: int, width: int = WIDTH) -> bytes:
        """A bundle of entries, each after its length as a big-endian uint16."""
        self._has(TileAddress(None, index, width))
        first = index * WIDTH
        length = HASH_SIZE.to_bytes(2, "big")
        return b"".join(length + each for each in self.commitments(first, first + width))

    def resource(self, address: TileAddress) -> bytes:
        """The bytes that belong at a tile's address."""
        if address.level is None:
            return self.entries(address.index, address.width)
        return self.tile(address.level, address.index, address.width)

    def close(self) -> None:
        self._files.close()

    def __enter__(self) -> LogReader:
        return self

    def __exit__(self, *ignored: object) -> None:
        self.close()

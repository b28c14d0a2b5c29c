"""The log itself: one writer that appends batches, signs tree heads and publishes them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from adhere.errors import Problem
from adhere.ledger import merkle
from adhere.ledger.checkpoints import Checkpoint, parse_checkpoint
from adhere.ledger.keys import Signer
from adhere.ledger.merkle import HASH_SIZE, CompactRange
from adhere.ledger.notes import Note, parse_note, verify_note
from adhere.ledger.reader import CHECKPOINT, ENTRIES, LogReader
from adhere.ledger.storage import (
    EntryFile,
    LevelWriter,
    leaf_hashes,
    lock_folder,
    replace_file,
    sync_folder,
)

_SIGNED = "signed"


class Log(LogReader):
    """The one writer of a log's folder.

    ``append`` is durable when it returns. ``sign`` gives a head with Ed25519 alone; ``publish``
    signs with both keys and replaces the public checkpoint. Not to be shared between threads.
    """

    def __init__(self, folder: Path, signer: Signer, *, wait: float = 0) -> None:
        """Opens and checks a log; ``wait`` seconds for the lock.

        Raises Problem when another process writes it, or when its entries do not extend what
        was signed: then only a new origin can go on.
        """
        super().__init__(folder)
        self._signer = signer
        if not (folder / ENTRIES).exists():
            raise Problem(
                "there are no ledger entries here; restore them or start a new origin",
                file=str(folder),
            )
        self._lock = lock_folder(folder, wait)
        self._entries = EntryFile(folder / ENTRIES)
        self._levels = LevelWriter(folder)
        self._tree = CompactRange()
        self._failed = False
        try:
            self._signed = self._recover()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, folder: Path, signer: Signer) -> Log:
        """A new, empty log under the signer's origin, published at once."""
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / CHECKPOINT).exists() or (folder / ENTRIES).exists():
            raise Problem("there is a ledger here already", file=str(folder))
        replace_file(folder / ENTRIES, b"")
        sync_folder(folder.parent)
        log = cls(folder, signer)
        log.publish()
        return log

    @classmethod
    def open(cls, folder: Path, signer: Signer, *, wait: float = 0) -> Log:
        """The log in ``folder``, made on first use."""
        if (folder / ENTRIES).exists() or (folder / CHECKPOINT).exists():
            return cls(folder, signer, wait=wait)
        return cls.create(folder, signer)

    def _recover(self) -> Checkpoint:
        heads = self._heads()
        roots = {0: merkle.EMPTY_ROOT}
        stops = [head.size for head in heads]
        for entries in self._entries.chunks(stops):
            self._levels.extend(self._tree, leaf_hashes(entries), compare=True)
            if self._tree.size in stops:
                roots[self._tree.size] = self._tree.root()
        self._levels.cut()
        for head in heads:
            if roots.get(head.size) != head.root:
                raise self._diverged(head)
        return max(heads, key=lambda head: head.size, default=self._now())

    def _heads(self) -> list[Checkpoint]:
        """The published head and the last signed one, as far as they are there."""
        heads = []
        if (self.folder / CHECKPOINT).exists():
            head = self.head()
            try:
                signed = verify_note(parse_note(self.checkpoint()), self._signer.verifiers)
                if set(signed) != set(self._signer.verifiers):
                    raise Problem("lacks the signature of one of the log's keys")
            except Problem as problem:
                raise problem.at(str(self.folder / CHECKPOINT)) from problem
            heads.append(head)
        path = self.folder / _SIGNED
        text = path.read_bytes().rstrip(b"\0").decode("utf-8", "replace") if path.exists() else ""
        if text:  # After a power cut it may be empty: it is never synced.
            try:
                heads.append(parse_checkpoint(text))
            except Problem as problem:
                raise problem.at(str(path)) from problem
        for head in heads:
            if head.origin != self._signer.origin:
                raise Problem(
                    f"the ledger is {head.origin}, the keys are for {self._signer.origin}",
                    file=str(self.folder),
                )
        return heads

    def _diverged(self, head: Checkpoint) -> Problem:
        return Problem(
            f"the ledger holds {self._entries.count} leaves that do not extend the {head.size} "
            "signed before; restore the newer entries or start a new origin",
            file=str(self.folder),
        )

    def must_extend(self, note: str) -> None:
        """Raises Problem unless this log continues ``note``, a checkpoint published before."""
        parsed = parse_note(note)
        verify_note(parsed, self._signer.verifiers)
        head = parse_checkpoint(parsed.text)
        if head.origin != self._signer.origin or head.size > self.size:
            raise self._diverged(head)
        if self.root(head.size) != head.root:
            raise self._diverged(head)

    @property
    def size(self) -> int:
        """How many leaves are durable, published or not."""
        return self._tree.size

    def root(self, size: int | None = None) -> bytes:
        """The root of the first ``size`` leaves, of all by default."""
        return self._tree.root() if size in (None, self.size) else super().root(size)

    def append(self, batch: Sequence[bytes]) -> int:
        """Adds commitments of 32 bytes; returns the number of the first one's leaf.

        One write and one fdatasync for the batch. When it raises, nothing was added.
        """
        if self._failed:
            raise Problem("the ledger failed to write before; open it anew", file=str(self.folder))
        if any(len(entry) != HASH_SIZE for entry in batch):
            raise Problem("has a wrong length", field="commitment", expected=f"{HASH_SIZE} bytes")
        first = self.size
        if not batch:
            return first
        self._failed = True  # Until all of it went well.
        try:
            self._entries.append(b"".join(batch))
            self._levels.extend(self._tree, leaf_hashes(batch))
        except OSError as error:
            self._entries.cut(first)
            raise Problem(f"cannot write: {error.strerror}", file=str(self.folder)) from error
        self._failed = False
        return first

    def _now(self) -> Checkpoint:
        return Checkpoint(self._signer.origin, self.size, self._tree.root())

    def _next_head(self) -> Checkpoint:
        """The head to sign; raises Problem if it lies below or beside one signed before."""
        head, last = self._now(), self._signed
        if self._failed or head.size < last.size:
            raise self._diverged(last)
        if head.size == last.size and head.root != last.root:
            raise self._diverged(last)
        return head

    def _remember(self, head: Checkpoint) -> None:
        path = self.folder / _SIGNED
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            # Sizes only grow, so the text never shrinks and one write replaces it.
            os.pwrite(descriptor, head.text().encode(), 0)
        finally:
            os.close(descriptor)
        self._signed = head

    def sign(self) -> Note:
        """The present head, signed with Ed25519 alone and not published (about 0.1 ms)."""
        head = self._next_head()
        note = self._signer.sign_text(head.text())
        self._remember(head)
        return note

    def publish(self) -> str:
        """Signs the present head with all keys and makes it the public checkpoint, durably.

        Checks on the files, not only in memory, that the tree still begins with the last one.
        """
        head, last = self._next_head(), self._signed
        if super().root(last.size) != last.root or super().root(head.size) != head.root:
            raise self._diverged(last)
        note = self._signer.sign(head).format()
        self._remember(head)
        replace_file(self.folder / CHECKPOINT, note.encode())
        return note

    def close(self) -> None:
        """Lets the lock go. What was appended stays."""
        super().close()
        self._levels.close()
        self._entries.close()
        os.close(self._lock)

    def __enter__(self) -> Log:
        return self

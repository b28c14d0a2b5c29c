"""The Merkle tree of RFC 6962 §2.1 and the verification steps of RFC 9162 §2.1.

A ``Reader`` gives the hash of a complete subtree: ``read(height, index)`` covers the leaves
``index·2^height`` up to ``(index+1)·2^height``. Sizes and indexes count leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from adhere.errors import Problem

EMPTY_ROOT = sha256(b"").digest()
HASH_SIZE = 32

Reader = Callable[[int, int], bytes]
Emit = Callable[[int, bytes], None]


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees, largest first; of none: the empty tree's root."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


class CompactRange:
    """The tree's right edge: enough to append and to know the root, in O(log n) memory."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)

    def extend(self, leaves: Iterable[bytes], emit: Emit | None = None) -> None:
        """Appends leaf hashes; ``emit(level, hash)`` hears each root of a full tile (256^level)."""
        peaks, size = self.peaks, self.size
        for leaf in leaves:
            top, rest, height = leaf, size, 0
            while rest & 1:
                top = sha256(b"\x01" + peaks.pop() + top).digest()
                rest >>= 1
                height += 1
                if emit is not None and height & 7 == 0:
                    emit(height >> 3, top)
            peaks.append(top)
            size += 1
        self.size = size

    def root(self) -> bytes:
        return fold(self.peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over a list of leaf hashes."""
    tree = CompactRange()
    tree.extend(leaves)
    return tree.root()


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes; quicker than ``root_of`` for a slice of a tile."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return hashes[0]


def peaks_of(start: int, end: int, read: Reader) -> list[bytes]:
    """The complete subtrees of [start, end), where start is the edge of a subtree that holds it."""
    peaks = []
    while start < end:
        height = (end - start).bit_length() - 1
        peaks.append(read(height, start >> height))
        start += 1 << height
    return peaks


def root_at(size: int, read: Reader) -> bytes:
    """The root of the first ``size`` leaves."""
    return fold(peaks_of(0, size, read))


def _split(count: int) -> int:
    """The largest power of two smaller than ``count`` (count ≥ 2)."""
    return 1 << ((count - 1).bit_length() - 1)


def inclusion_path(index: int, size: int, read: Reader) -> list[bytes]:
    """The audit path of one leaf, from its sibling up (RFC 6962 §2.1.1)."""
    if not 0 <= index < size:
        raise Problem(f"leaf {index} is not in a tree of {size}", field="index")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(fold(peaks_of(middle, end, read)))
            end = middle
        else:
            path.append(fold(peaks_of(start, middle, read)))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, read: Reader) -> list[bytes]:
    """The proof that the first ``old`` leaves of a tree of ``new`` are an earlier tree (§2.1.2)."""
    if not 0 < old <= new:
        raise Problem(f"no proof leads from {old} to {new}", field="size")
    path = []
    start, end = 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(fold(peaks_of(middle, end, read)))
            end = middle
        else:
            path.append(fold(peaks_of(start, middle, read)))
            start = middle
    if start:
        path.append(fold(peaks_of(start, end, read)))
    return path[::-1]

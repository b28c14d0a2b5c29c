"""Verification of inclusion and consistency, step by step as RFC 9162 writes it out.

Every answer is yes or no; sizes and lengths are looked at before anything is hashed.
"""

from __future__ import annotations

from collections.abc import Sequence

from adhere.ledger.merkle import HASH_SIZE, node_hash

_LIMIT = 1 << 63


def _hashes(*groups: Sequence[bytes]) -> bool:
    return all(len(each) == HASH_SIZE for group in groups for each in group)


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether ``leaf`` (a leaf hash) is number ``index`` of the tree (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size < _LIMIT or not _hashes(path, (leaf, root)):
        return False
    number, last, result = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if number & 1 or number == last:
            result = node_hash(step, result)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            result = node_hash(result, step)
        number >>= 1
        last >>= 1
    return last == 0 and result == root


def verify_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the tree of ``new`` leaves extends that of ``old`` (RFC 9162 §2.1.4.2).

    Equal sizes need equal roots and an empty path. From an empty tree nothing can be proved, as
    every tree extends it: the answer is no.
    """
    if not 0 < old <= new < _LIMIT:
        return False
    if old == new:
        return not path and old_root == new_root
    if not _hashes(path, (old_root, new_root)):
        return False
    return _walk(old, new, list(path), old_root, new_root)


def _walk(old: int, new: int, path: list[bytes], old_root: bytes, new_root: bytes) -> bool:
    if not path:
        return False
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    number, last = old - 1, new - 1
    while number & 1:
        number >>= 1
        last >>= 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            first = node_hash(step, first)
            second = node_hash(step, second)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            second = node_hash(second, step)
        number >>= 1
        last >>= 1
    return last == 0 and first == old_root and second == new_root

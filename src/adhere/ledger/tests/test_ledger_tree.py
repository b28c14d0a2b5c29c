"""The tree against its recursive definition, and proofs that must hold or must fail."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adhere.errors import Problem
from adhere.ledger.checking import verify_consistency, verify_inclusion
from adhere.ledger.merkle import (
    EMPTY_ROOT,
    CompactRange,
    complete_root,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root_at,
    root_of,
)

# The eight inputs and roots that RFC 6962 implementations have always been tried with.
RFC_LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
RFC_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, word for word."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = naive_split(len(entries))
    return sha256(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


def naive_split(count: int) -> int:
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def naive_path(index: int, entries: list[bytes]) -> list[bytes]:
    """PATH of §2.1.1."""
    if len(entries) == 1:
        return []
    k = naive_split(len(entries))
    if index < k:
        return [*naive_path(index, entries[:k]), naive_root(entries[k:])]
    return [*naive_path(index - k, entries[k:]), naive_root(entries[:k])]


def naive_subproof(old: int, entries: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of §2.1.2."""
    if old == len(entries):
        return [] if whole else [naive_root(entries)]
    k = naive_split(len(entries))
    if old <= k:
        return [*naive_subproof(old, entries[:k], whole), naive_root(entries[k:])]
    return [*naive_subproof(old - k, entries[k:], False), naive_root(entries[:k])]


def entries_of(count: int) -> list[bytes]:
    return [bytes([n % 256, n // 256]) for n in range(count)]


def reader_of(entries: list[bytes]):
    hashes = [leaf_hash(entry) for entry in entries]
    return lambda height, index: complete_root(hashes[index << height : (index + 1) << height])


def flip(data: bytes, bit: int) -> bytes:
    at, within = divmod(bit % (8 * len(data)), 8)
    return data[:at] + bytes([data[at] ^ (1 << within)]) + data[at + 1 :]


sizes = st.integers(1, 600)


@pytest.mark.parametrize("count", range(9))
def test_roots_are_those_of_rfc_6962(count: int) -> None:
    hashes = [leaf_hash(entry) for entry in RFC_LEAVES[:count]]
    assert root_of(hashes).hex() == RFC_ROOTS[count]


@given(st.integers(0, 600))
def test_root_is_the_recursive_definition(count: int) -> None:
    entries = entries_of(count)
    assert root_of(leaf_hash(e) for e in entries) == naive_root(entries)
    assert root_at(count, reader_of(entries)) == naive_root(entries)


@given(st.lists(st.integers(0, 90), max_size=6))
def test_batches_do_not_change_the_tree(batches: list[int]) -> None:
    hashes = [leaf_hash(e) for e in entries_of(sum(batches))]
    tree = CompactRange()
    for count in batches:
        tree.extend(hashes[tree.size : tree.size + count])
    assert (tree.size, tree.root()) == (len(hashes), root_of(hashes))


@given(st.data(), sizes)
def test_inclusion_is_the_recursive_definition_and_verifies(data, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    entries = entries_of(size)
    path = inclusion_path(index, size, reader_of(entries))
    assert path == naive_path(index, entries)
    assert verify_inclusion(leaf_hash(entries[index]), index, size, path, naive_root(entries))


@given(st.data(), sizes)
def test_consistency_is_the_recursive_definition_and_verifies(data, new: int) -> None:
    old = data.draw(st.integers(1, new))
    entries = entries_of(new)
    path = consistency_path(old, new, reader_of(entries))
    assert path == naive_subproof(old, entries, True)
    assert verify_consistency(old, new, path, naive_root(entries[:old]), naive_root(entries))


@given(st.data(), st.integers(2, 600))
def test_no_altered_inclusion_proof_verifies(data, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    entries = entries_of(size)
    leaf, root = leaf_hash(entries[index]), naive_root(entries)
    path = inclusion_path(index, size, reader_of(entries))
    step, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    altered = [
        (flip(leaf, bit), index, size, path, root),
        (leaf, index, size, path, flip(root, bit)),
        (leaf, index, size, [*path[:step], flip(path[step], bit), *path[step + 1 :]], root),
        (leaf, index, size, path[:step] + path[step + 1 :], root),
        (leaf, index, size, [*path, path[step]], root),
        (leaf, index, size, [leaf, *path], root),
        (leaf, index + size, size, path, root),
        (leaf, -1, size, path, root),
        (leaf, index, size, [*path[:-1], path[-1][:-1]], root),
        (leaf, index ^ 1, size, path, root),
    ]
    assert [case for case in altered if verify_inclusion(*case)] == []


@given(st.data(), st.integers(2, 600))
def test_no_altered_consistency_proof_verifies(data, new: int) -> None:
    old = data.draw(st.integers(1, new - 1))
    entries = entries_of(new)
    first, second = naive_root(entries[:old]), naive_root(entries)
    path = consistency_path(old, new, reader_of(entries))
    step, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    altered = [
        (old, new, path, flip(first, bit), second),
        (old, new, path, first, flip(second, bit)),
        (old, new, [*path[:step], flip(path[step], bit), *path[step + 1 :]], first, second),
        (old, new, path[:step] + path[step + 1 :], first, second),
        (old, new, [*path, first], first, second),
        (old, new, [first, *path], first, second),
        (new, old, path, first, second),
        (0, new, path, first, second),
        (old, new, [], first, second),
        (old, old, path, first, first),
    ]
    assert [case for case in altered if verify_consistency(*case)] == []


def test_edges_of_the_verification() -> None:
    leaf, other = leaf_hash(b"Anna"), leaf_hash(b"Bram")
    assert verify_inclusion(leaf, 0, 1, [], leaf)
    assert not verify_inclusion(leaf, 0, 0, [], EMPTY_ROOT)
    assert not verify_inclusion(leaf, 1, 1, [], leaf)
    assert not verify_inclusion(leaf, 0, 1, [other], leaf)
    assert not verify_inclusion(leaf, 0, 1 << 63, [], leaf)
    assert not verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    assert not verify_consistency(0, 5, [], EMPTY_ROOT, other)
    assert verify_consistency(5, 5, [], leaf, leaf)
    assert not verify_consistency(5, 5, [], leaf, other)
    assert not verify_consistency(5, 5, [leaf], leaf, leaf)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_path_for_a_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(Problem, match="not in a tree"):
        inclusion_path(index, size, reader_of(entries_of(3)))


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_no_consistency_from_nothing_or_backwards(old: int, new: int) -> None:
    with pytest.raises(Problem, match="no proof leads"):
        consistency_path(old, new, reader_of(entries_of(3)))

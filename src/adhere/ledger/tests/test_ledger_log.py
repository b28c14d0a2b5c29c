"""The log on disk: appending, publishing, reading beside the writer, crashes and restores."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adhere.errors import Problem
from adhere.ledger.checking import verify_consistency, verify_inclusion
from adhere.ledger.checkpoints import parse_checkpoint
from adhere.ledger.keys import create_keys, new_signer
from adhere.ledger.log import Log
from adhere.ledger.merkle import leaf_hash, root_of
from adhere.ledger.notes import parse_note, verify_note
from adhere.ledger.proofs import parse_proof
from adhere.ledger.reader import LogReader
from adhere.ledger.tests.ledger_helpers import ORIGIN
from adhere.ledger.tiles import parse_path

SIGNER = new_signer(ORIGIN)


def entries(count: int, start: int = 0) -> list[bytes]:
    return [sha256(f"entry {n}".encode()).digest() for n in range(start, start + count)]


def root(count: int) -> bytes:
    return root_of(leaf_hash(entry) for entry in entries(count))


def test_batches_get_their_numbers_and_the_tree_their_root(tmp_path: Path) -> None:
    with Log.create(tmp_path / "ledger", SIGNER) as log:
        assert [log.append(entries(3)), log.append(entries(600, 3)), log.append([])] == [0, 3, 603]
        assert (log.size, log.root(), log.root(257)) == (603, root(603), root(257))
        assert log.commitments(0, 603) == entries(603)


def test_a_reader_sees_what_is_published_and_no_more(tmp_path: Path) -> None:
    with Log.create(tmp_path / "ledger", SIGNER) as log, LogReader(tmp_path / "ledger") as reader:
        log.append(entries(300))
        assert reader.size == 0
        note = log.publish()
        assert (reader.checkpoint(), reader.size, reader.root()) == (note, 300, root(300))
        assert verify_note(parse_note(note), SIGNER.verifiers) == SIGNER.verifiers
        log.append(entries(10, 300))
        with pytest.raises(Problem, match="no such tile"):
            reader.tile(0, 1, 45)
        with pytest.raises(Problem, match="no leaves"):
            reader.commitments(300, 301)


def test_tiles_are_the_hashes_of_the_tree(tmp_path: Path) -> None:
    with Log.create(tmp_path / "ledger", SIGNER) as log:
        log.append(entries(70_000))
        log.publish()
        leaves = [leaf_hash(entry) for entry in entries(70_000)]
        assert log.tile(0, 0) == b"".join(leaves[:256])
        assert log.tile(0, 273, 112) == b"".join(leaves[-112:])
        assert log.tile(1, 1, 17)[-32:] == root_of(leaves[272 * 256 : 273 * 256])
        assert log.tile(2, 0, 1) == root_of(leaves[:65536])
        bundle = log.resource(parse_path("tile/entries/273.p/112"))
        assert bundle == b"".join(b"\x00\x20" + entry for entry in entries(112, 69_888))
        for level, index, width in ((0, 274, 1), (0, 273, 113), (2, 0, 2), (3, 0, 1), (8, 0, 1)):
            with pytest.raises(Problem):
                log.tile(level, index, width)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_proofs_from_the_files_verify(tmp_path_factory, data) -> None:
    size = data.draw(st.integers(1, 1500))
    with Log.create(tmp_path_factory.mktemp("proofs") / "ledger", SIGNER) as log:
        log.append(entries(size))
        within = data.draw(st.integers(1, size))
        index = data.draw(st.integers(0, within - 1))
        path = log.inclusion(index, within)
        assert verify_inclusion(leaf_hash(entries(1, index)[0]), index, within, path, root(within))
        path = log.consistency(within, size)
        assert verify_consistency(within, size, path, root(within), root(size))


def test_a_proof_text_verifies_offline(tmp_path: Path) -> None:
    with Log.create(tmp_path / "ledger", SIGNER) as log:
        log.append(entries(20))
        early = log.sign()
        log.append(entries(20, 20))
        log.publish()
        for text, size in ((log.proof(7), 40), (log.proof(7, early), 20)):
            head, _ = parse_proof(text).verify(entries(8)[7], SIGNER.verifiers)
            assert (head.origin, head.size, head.root) == (ORIGIN, size, root(size))


def test_damaged_level_files_give_no_wrong_proof_and_are_mended(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    with Log.create(folder, SIGNER) as log:
        log.append(entries(600))
        log.publish()
    level = folder / "level-0"
    good = level.read_bytes()
    level.write_bytes(good[:320] + bytes(32) + good[352:])
    with pytest.raises(Problem, match="damaged"):
        LogReader(folder).inclusion(3)
    with Log.open(folder, SIGNER) as log:
        assert (level.read_bytes(), log.root()) == (good, root(600))


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    with Log.create(folder, SIGNER), pytest.raises(Problem, match="another process"):
        Log.open(folder, SIGNER, wait=0.05)
    Log.open(folder, SIGNER).close()


def test_a_batch_with_a_wrong_entry_adds_nothing(tmp_path: Path) -> None:
    with Log.create(tmp_path / "ledger", SIGNER) as log:
        with pytest.raises(Problem, match="32 bytes"):
            log.append([*entries(2), b"short"])
        assert log.append(entries(1)) == 0


def test_a_full_disk_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    import resource
    import signal

    folder = tmp_path / "ledger"
    log = Log.create(folder, SIGNER)
    log.append(entries(4))
    limits, old = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (32 * 6 + 5, limits[1]))
    try:
        with pytest.raises(Problem, match="cannot write"):
            log.append(entries(4, 4))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    with pytest.raises(Problem, match="open it anew"):
        log.append(entries(1, 4))
    with pytest.raises(Problem):
        log.publish()
    log.close()
    with Log.open(folder, SIGNER) as again:
        assert (again.size, again.root()) == (4, root(4))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_after_any_crash_the_log_is_that_of_its_entries(tmp_path_factory, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path_factory.mktemp("crash") / "ledger"
    log = Log.create(folder, SIGNER)
    for _ in range(chance.randint(1, 4)):
        log.append(entries(chance.randint(0, 400), log.size))
    log.publish()
    published = log.size
    log.append(entries(chance.randint(0, 400), log.size))
    log.close()
    # Unsynced files may have lost or torn anything; entries only what was being written.
    (folder / "signed").write_bytes(b"" if chance.random() < 0.5 else bytes(40))
    for path in sorted(folder.glob("level-*")):
        data = bytearray(path.read_bytes()[: chance.randint(0, path.stat().st_size)])
        if data and chance.random() < 0.5:
            data[chance.randrange(len(data))] ^= 0xFF
        path.write_bytes(data + chance.randbytes(chance.randint(0, 70)))
    durable = (folder / "entries").read_bytes()
    left = durable[: chance.randint(published * 32, len(durable))]
    torn = chance.randbytes(chance.randint(0, 31)) if len(left) % 32 == 0 else b""
    (folder / "entries").write_bytes(left + torn)
    with Log.open(folder, SIGNER) as again:
        count = len(left) // 32
        assert (again.size, again.root()) == (count, root(count))
        again.append(entries(300, count))
        again.publish()
        assert again.root() == root(count + 300)
        assert [again.root(size) for size in (1, published or 1, count + 256)] == [
            root(size) for size in (1, published or 1, count + 256)
        ]


def test_an_older_or_other_state_than_was_signed_is_not_gone_on_from(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    with Log.create(folder, SIGNER) as log:
        log.append(entries(300))
        log.publish()
    good = (folder / "entries").read_bytes()
    for wrong in (good[:-32], good[32:] + good[:32], b"", bytes(32) + good[32:]):
        (folder / "entries").write_bytes(wrong)
        with pytest.raises(Problem, match="start a new origin"):
            Log.open(folder, SIGNER)
    (folder / "entries").unlink()
    with pytest.raises(Problem, match="start a new origin"):
        Log.open(folder, SIGNER)
    (folder / "entries").write_bytes(good)
    Log.open(folder, SIGNER).close()


def test_a_head_signed_but_not_published_binds_too(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    with Log.create(folder, SIGNER) as log:
        log.append(entries(5))
        assert parse_checkpoint(log.sign().text).size == 5
    (folder / "entries").write_bytes(b"".join(entries(4)))
    with pytest.raises(Problem, match="start a new origin"):
        Log.open(folder, SIGNER)


def test_after_a_restore_the_log_must_extend_what_was_published(tmp_path: Path) -> None:
    folder, backup = tmp_path / "ledger", tmp_path / "backup"
    with Log.create(folder, SIGNER) as log:
        log.append(entries(10))
        log.publish()
        shutil.copytree(folder, backup)
        log.append(entries(10, 10))
        published = log.publish()
        log.must_extend(published)
    with Log.open(backup, SIGNER) as restored:
        with pytest.raises(Problem, match="start a new origin"):
            restored.must_extend(published)
        restored.append([bytes(32)] * 15)
        with pytest.raises(Problem, match="start a new origin"):
            restored.must_extend(published)


def test_other_keys_or_a_changed_checkpoint_open_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    Log.create(folder, SIGNER).close()
    for stranger in (new_signer(ORIGIN), new_signer("stranger.example/log")):
        with pytest.raises(Problem):
            Log.open(folder, stranger)
    path = folder / "checkpoint"
    path.write_text(path.read_text().replace("\n0\n", "\n1\n"))
    with pytest.raises(Problem, match="checkpoint"):
        Log.open(folder, SIGNER)


def test_create_refuses_a_folder_in_use_and_an_origin_with_spaces(tmp_path: Path) -> None:
    Log.create(tmp_path / "ledger", SIGNER).close()
    with pytest.raises(Problem, match="already"):
        Log.create(tmp_path / "ledger", SIGNER)
    with pytest.raises(Problem, match="cannot name a log"):
        new_signer("two words")


WRITER = """
import sys
from hashlib import sha256
from pathlib import Path
from adhere.ledger.keys import load_keys
from adhere.ledger.log import Log
folder = Path(sys.argv[1])
with Log.open(folder, load_keys(folder.with_name("keys.json"))) as log:
    while True:
        numbers = range(log.size, log.size + 37)
        log.append([sha256(f"entry {n}".encode()).digest() for n in numbers])
        print(log.size, flush=True)
        if log.size % 5 == 0:
            log.publish()
"""


def test_what_was_answered_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    folder, chance = tmp_path / "ledger", random.Random(5)
    signer = create_keys(tmp_path / "keys.json", ORIGIN)
    for _ in range(4):
        command = [sys.executable, "-c", WRITER, str(folder)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
            assert child.stdout is not None
            answered = [int(child.stdout.readline()) for _ in range(chance.randint(1, 60))]
            child.kill()
            answered += [int(line) for line in child.stdout.read().split()]
        with Log.open(folder, signer, wait=2) as log:
            assert log.size >= answered[-1]
            assert log.root() == root(log.size)

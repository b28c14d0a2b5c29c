"""Another implementation, tlog-scales, reads what this one writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from adhere.ledger.log import Log
from adhere.ledger.notes import parse_note
from adhere.ledger.tests.ledger_helpers import SmallLog
from adhere.ledger.tiles import TileAddress, width_at

signing = pytest.importorskip("tlog_scales.signing")


def write_tiles(log: Log, folder: Path) -> None:
    """The log's public resources as static files."""
    for level in (None, 0, 1):
        index = 0
        while width := width_at(log.size, level or 0, index):
            address = TileAddress(level, index, width)
            path = folder / address.path()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(log.resource(address))
            index += 1
    (folder / "checkpoint").write_text(log.checkpoint())


def test_tlog_scales_reads_tiles_checkpoint_and_proofs(tmp_path: Path) -> None:
    from tlog_scales.backend import LocalBackend
    from tlog_scales.reader import TilesReader
    from tlog_scales.tlog import Checkpoint, InclusionProof

    small = SmallLog(tmp_path / "ledger", 600)
    write_tiles(small.log, tmp_path / "static")
    reader = TilesReader(LocalBackend(tmp_path / "static"))
    theirs = reader.get_checkpoint()
    vkeys = [signing.Vkey.from_string(each) for each in small.signer.vkeys()]
    for vkey in vkeys:
        Checkpoint.from_text(small.log.checkpoint()).verify(vkey)
    assert (theirs.size, theirs.root_hash) == (600, small.log.root())
    assert len(parse_note(small.log.checkpoint()).signatures) == len(vkeys)
    reader.set_size(600)
    assert reader.calculate_root_hash() == small.log.root()
    for index in (0, 7, 255, 256, 599):
        proof = reader.get_inclusion_proof(index, 600)
        assert isinstance(proof, InclusionProof)
        assert list(proof.node_hashes) == small.log.inclusion(index)
        assert reader.get_entry(index) == small.log.commitments(index, index + 1)[0]
    for old in (1, 255, 256, 599):
        assert list(reader.get_consistency_proof(old, 600).node_hashes) == small.log.consistency(
            old
        )

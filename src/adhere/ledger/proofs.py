"""Offline proofs of one leaf (C2SP tlog-proof: ``c2sp.org/tlog-proof@v1``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adhere.errors import Problem
from adhere.ledger.checking import verify_inclusion
from adhere.ledger.checkpoints import Checkpoint, parse_checkpoint
from adhere.ledger.encoding import b64, decimal, unb64
from adhere.ledger.merkle import HASH_SIZE, leaf_hash
from adhere.ledger.notes import Note, parse_note, verify_note
from adhere.ledger.verifiers import Verifier

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class TlogProof:
    """Leaf number, audit path and signed checkpoint. ``extra`` is opaque and proves nothing."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes | None = None

    def format(self) -> str:
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {b64(self.extra)}")
        lines.append(f"index {self.index}")
        lines += [b64(step) for step in self.path]
        return "\n".join(lines) + "\n\n" + self.checkpoint.format()

    def verify(self, entry: bytes, known: Sequence[Verifier]) -> tuple[Checkpoint, list[Verifier]]:
        """The tree head that holds ``entry``, and who signed it; raises Problem otherwise."""
        signed = verify_note(self.checkpoint, known)
        head = parse_checkpoint(self.checkpoint.text)
        if not any(key.name == head.origin for key in signed):
            raise Problem("is not signed by the log itself", field="checkpoint")
        if not verify_inclusion(leaf_hash(entry), self.index, head.size, self.path, head.root):
            raise Problem(
                "the proof does not lead from this record to the signed root", field="proof"
            )
        return head, list(signed)


def parse_proof(text: str) -> TlogProof:
    """Reads a tlog-proof; raises Problem if it is malformed. Checks nothing else."""
    head, gap, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines[0] != HEADER:
        raise Problem("is no tlog-proof", field="proof", expected=HEADER)
    extra = None
    rest = lines[1:]
    if rest and rest[0].startswith("extra "):
        extra = unb64(rest[0].removeprefix("extra "), field="extra")
        rest = rest[1:]
    if not rest or not rest[0].startswith("index "):
        raise Problem("has no index line", field="proof", expected="index <number>")
    index = decimal(rest[0].removeprefix("index "), "index")
    if len(rest) > 64:
        raise Problem("is longer than any tree is high", field="proof", expected="≤ 63 hashes")
    path = tuple(unb64(line, size=HASH_SIZE, field="proof") for line in rest[1:])
    return TlogProof(index, path, parse_note(checkpoint), extra)

"""The footer of an evidence bundle: a second account of the tree, and the seal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adhere.errors import Problem
from adhere.ledger.bundle import seal_text
from adhere.ledger.encoding import unb64
from adhere.ledger.merkle import HASH_SIZE, CompactRange, fold
from adhere.ledger.notes import Note, parse_note, verify_note
from adhere.ledger.tiles import WIDTH
from adhere.ledger.trust import Trust

_FIELDS = ["end", "tiles", "tail", "seal"]


def _hashes(value: object, field: str) -> list[bytes]:
    if not isinstance(value, list):
        raise Problem("is no list of hashes", field=field)
    return [unb64(each, size=HASH_SIZE, field=field) for each in value]


@dataclass(frozen=True, slots=True)
class Footer:
    """Roots of the full tiles, leaf hashes of the last one, and the seal over all lines before."""

    tiles: list[bytes]
    tail: list[bytes]
    seal: Note

    def root(self) -> bytes:
        """The root of the tree that the footer describes."""
        return fold([*_peaks(self.tiles), *_peaks(self.tail)])

    def differs(self, tiles: Sequence[bytes], tail: Sequence[bytes]) -> tuple[int, int] | None:
        """The first leaves [from, to) in which another account of the tree departs from this."""
        for number, root in enumerate(self.tiles):
            if root != tiles[number]:
                return number * WIDTH, (number + 1) * WIDTH
        for number, leaf in enumerate(self.tail, len(tiles) * WIDTH):
            if leaf != tail[number % WIDTH]:
                return number, number + 1
        return None

    def check_seal(self, origin: str, digest: bytes, lines: int, trust: Trust) -> None:
        """Raises Problem unless the log's key signed exactly these lines, and nothing beside."""
        if len(self.seal.signatures) != 1 or self.seal.text != seal_text(origin, digest, lines):
            raise Problem("the seal does not fit: something in the file was changed")
        if not any(key.name == origin for key in verify_note(self.seal, trust.keys)):
            raise Problem("the seal is not signed by the log itself")


def _peaks(hashes: Sequence[bytes]) -> list[bytes]:
    tree = CompactRange()
    tree.extend(hashes)
    return tree.peaks


def read_footer(content: Mapping[str, Any]) -> Footer:
    """Reads the last line; raises Problem if it is malformed."""
    if list(content) != _FIELDS or content["end"] is not True:
        raise Problem("the footer has not its fields", expected=", ".join(_FIELDS))
    if not isinstance(content["seal"], str):
        raise Problem("is not text", field="seal")
    return Footer(
        _hashes(content["tiles"], "tiles"),
        _hashes(content["tail"], "tail"),
        parse_note(content["seal"]),
    )

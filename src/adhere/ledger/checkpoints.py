"""The three lines that a log signs (C2SP tlog-checkpoint): origin, size, root."""

from __future__ import annotations

from dataclasses import dataclass

from adhere.errors import Problem
from adhere.ledger.encoding import b64, decimal, unb64
from adhere.ledger.merkle import HASH_SIZE


def check_origin(origin: str) -> str:
    """The origin itself; raises Problem unless it can also be a key name."""
    plain = origin.isprintable() and not any(each.isspace() or each == "+" for each in origin)
    if not plain or not 0 < len(origin.encode()) < 256:
        raise Problem(
            f"{origin[:80]!r} cannot name a log",
            field="origin",
            expected="1–255 bytes without spaces and plus, such as example.com/e/log",
        )
    return origin


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: ``size`` in leaves, ``root`` of 32 bytes."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Reads the text of a note; raises Problem if it is no checkpoint or has further lines.

    Extension lines are allowed by C2SP but audited by nobody; this log never writes one.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise Problem("is no checkpoint", field="checkpoint", expected="origin, size and root")
    size = decimal(lines[1], "checkpoint size")
    root = unb64(lines[2], size=HASH_SIZE, field="checkpoint root")
    return Checkpoint(check_origin(lines[0]), size, root)

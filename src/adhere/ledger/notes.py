"""Signed notes (C2SP signed-note v1.0.0): a text, an empty line, signature lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adhere.errors import Problem
from adhere.ledger.encoding import b64, unb64
from adhere.ledger.verifiers import Verifier

_DASH = "\u2014 "
MAX_SIGNATURES = 64
MAX_NOTE = 1 << 20  # characters


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name, its four-byte id, and what it signed with."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        return f"{_DASH}{self.name} {b64(self.key_id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text (with its final newline) and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def format(self) -> str:
        return self.text + "\n" + "".join(each.line() for each in self.signatures)


def _signature(line: str) -> Signature:
    name, space, coded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not name or "+" in name:
        raise Problem("has a malformed signature line", field="note", expected="— name base64")
    blob = unb64(coded, field="signature")
    if len(blob) < 5 or any(each.isspace() for each in name):
        raise Problem("has a malformed signature line", field="note", expected="— name base64")
    return Signature(name, blob[:4], blob[4:])


def parse_note(text: str) -> Note:
    """Reads a signed note; raises Problem if it is malformed. Checks no signature."""
    if len(text) > MAX_NOTE or any(each < " " and each != "\n" for each in text):
        raise Problem("is too long or has control characters", field="note")
    body, gap, tail = text.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise Problem("is no signed note", field="note", expected="text, empty line, signatures")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Problem("has too many signatures", field="note", expected=f"≤ {MAX_SIGNATURES}")
    return Note(body + "\n", tuple(_signature(line) for line in lines))


def verify_note(note: Note, known: Sequence[Verifier]) -> tuple[Verifier, ...]:
    """Which known keys signed. Unknown keys are passed over, so keys can rotate.

    Raises Problem when a known key's signature is bad, or when no known key has signed.
    """
    keys = {(each.name, each.key_id): each for each in known}
    signed = {}
    for signature in note.signatures:
        place = (signature.name, signature.key_id)
        if place not in keys:
            continue
        if not keys[place].verify(note.text, signature.blob):
            raise Problem(f"the signature by {signature.name} is wrong", field="signature")
        signed[place] = keys[place]
    if not signed:
        raise Problem("is not signed by a known key", field="signature")
    return tuple(signed.values())

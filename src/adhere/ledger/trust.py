"""Which public keys a verification rests on: those given by the user, or the file's own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from adhere.errors import Problem
from adhere.ledger.notes import Note, verify_note
from adhere.ledger.verifiers import Verifier, parse_vkey


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys; ``carried`` when nothing but the file itself vouches for them."""

    keys: tuple[Verifier, ...]
    carried: bool = False

    def remark(self) -> str:
        """What a message has to say about where the keys came from."""
        prints = "; ".join(f"{each.name} {each.fingerprint()}" for each in self.keys)
        if self.carried:
            return (
                "signed by a key carried in the file itself; compare its fingerprint "
                f"with one from another source: {prints}"
            )
        return f"signed by the key given: {prints}"


def given_trust(key: str | os.PathLike[str] | None) -> Trust | None:
    """The keys of ``--key``: a vkey, or a file with one a line; Problem if there is none in it."""
    if key is None:
        return None
    text, place = str(key), None
    if text.count("+") < 2 or Path(key).exists():
        place = text
        try:
            text = Path(key).read_text("utf-8")
        except OSError as error:
            raise Problem(error.strerror or "cannot be read", file=place) from error
        except UnicodeDecodeError as error:
            raise Problem("is not UTF-8", file=place, expected="public keys as text") from error
    keys = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            keys.append(parse_vkey(line.strip()))
        except Problem as problem:
            raise problem.at(place, number if place else None) from problem
    if not keys:
        raise Problem("holds no public key", file=place, expected="name+id+base64 on a line")
    return Trust(tuple(keys))


def listed_keys(value: object) -> tuple[Verifier, ...]:
    """The ``keys`` field of a file; raises Problem unless it is a list of different vkeys."""
    if not isinstance(value, list) or not value or not all(isinstance(k, str) for k in value):
        raise Problem("is no list of public keys", field="keys")
    if len(set(value)) != len(value):
        raise Problem("names a key twice", field="keys")
    return tuple(parse_vkey(each) for each in value)


def require_listed(listed: tuple[Verifier, ...], note: Note, signed: Iterable[Verifier]) -> None:
    """Raises Problem unless every key that a file lists has signed, so none can be slipped in."""
    missing = set(listed) - set(signed)
    if missing and set(listed) - set(verify_note(note, listed)):
        raise Problem("a key listed in the file has not signed", field="keys")

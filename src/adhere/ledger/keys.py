"""The log's signing keys: one file of the data folder, readable by its owner alone."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from adhere.errors import Problem
from adhere.ledger.checkpoints import Checkpoint, check_origin
from adhere.ledger.encoding import b64, strict_json, unb64
from adhere.ledger.notes import Note, Signature
from adhere.ledger.verifiers import ED25519, MLDSA44, Verifier, mldsa_cosigned

_FORMAT = "adhere-keys/1"


@dataclass(frozen=True)
class Signer:
    """Signs for one origin: Ed25519 always, ML-DSA-44 beside it where OpenSSL has it."""

    origin: str
    ed25519: Ed25519PrivateKey
    mldsa44: MLDSA44PrivateKey | None

    @cached_property
    def ed25519_verifier(self) -> Verifier:
        return Verifier(self.origin, ED25519, self.ed25519.public_key().public_bytes_raw())

    @cached_property
    def _ed25519_id(self) -> bytes:
        return self.ed25519_verifier.key_id

    @cached_property
    def mldsa44_verifier(self) -> Verifier | None:
        if self.mldsa44 is None:
            return None
        return Verifier(self.origin, MLDSA44, self.mldsa44.public_key().public_bytes_raw())

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        both = (self.ed25519_verifier, self.mldsa44_verifier)
        return tuple(each for each in both if each is not None)

    def vkeys(self) -> list[str]:
        """The public keys as text: what a verifier is given."""
        return [each.vkey() for each in self.verifiers]

    def sign_text(self, text: str) -> Note:
        """A note signed with Ed25519 alone (about 0.1 ms)."""
        blob = self.ed25519.sign(text.encode())
        return Note(text, (Signature(self.origin, self._ed25519_id, blob),))

    def sign(self, head: Checkpoint, now: int | None = None) -> Note:
        """A checkpoint with both signatures (about 1 ms); ``now`` in POSIX seconds."""
        note = self.sign_text(head.text())
        verifier = self.mldsa44_verifier
        if self.mldsa44 is None or verifier is None:
            return note
        moment = int(time.time()) if now is None else now
        blob = self.mldsa44.sign(mldsa_cosigned(self.origin, moment, head))
        cosigned = Signature(self.origin, verifier.key_id, moment.to_bytes(8, "big") + blob)
        return Note(note.text, (*note.signatures, cosigned))


def new_signer(origin: str) -> Signer:
    """Fresh random keys for one origin."""
    try:
        mldsa44: MLDSA44PrivateKey | None = MLDSA44PrivateKey.generate()
    except UnsupportedAlgorithm:
        mldsa44 = None
    return Signer(check_origin(origin), Ed25519PrivateKey.generate(), mldsa44)


def create_keys(path: Path, origin: str) -> Signer:
    """Makes keys and stores them; raises Problem if the file is there already."""
    signer = new_signer(origin)
    content = {
        "format": _FORMAT,
        "origin": origin,
        "ed25519": b64(signer.ed25519.private_bytes_raw()),
        "mldsa44": None if signer.mldsa44 is None else b64(signer.mldsa44.private_bytes_raw()),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Problem("is there already; keys are never overwritten", file=str(path)) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(content, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return signer


def load_keys(path: Path) -> Signer:
    """Reads the keys; raises Problem if the file is absent, malformed or open to others."""
    try:
        if path.stat().st_mode & 0o077:
            raise Problem("can be read by others", file=str(path), expected="mode 0600")
        content = strict_json(path.read_bytes())
        if content.get("format") != _FORMAT or not isinstance(content.get("origin"), str):
            raise Problem("is no key file", expected=_FORMAT)
        ed25519 = unb64(content.get("ed25519"), size=32, field="ed25519")
        seed = content.get("mldsa44")
        mldsa44 = None if seed is None else unb64(seed, size=32, field="mldsa44")
        return Signer(
            check_origin(content["origin"]),
            Ed25519PrivateKey.from_private_bytes(ed25519),
            None if mldsa44 is None else MLDSA44PrivateKey.from_seed_bytes(mldsa44),
        )
    except OSError as error:
        raise Problem(error.strerror or "cannot be read", file=str(path)) from error
    except UnsupportedAlgorithm as error:
        raise Problem("needs ML-DSA-44, which OpenSSL here lacks", file=str(path)) from error
    except Problem as problem:
        raise problem.at(str(path)) from problem


def load_or_create_keys(path: Path, origin: str) -> Signer:
    """The keys of the file, made on first use."""
    return load_keys(path) if path.exists() else create_keys(path, origin)

"""Public keys of notes and checkpoints: the vkey text, the key id, and the check of a signature.

Types: 0x01 Ed25519 over the note text (signed-note); 0x04 Ed25519 and 0x06 ML-DSA-44 with a time
(tlog-cosignature).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from adhere.errors import Problem
from adhere.ledger.checkpoints import Checkpoint, check_origin, parse_checkpoint
from adhere.ledger.encoding import b64, unb64

ED25519 = 0x01
COSIGNATURE = 0x04
MLDSA44 = 0x06
KEY_SIZES = {ED25519: 32, COSIGNATURE: 32, MLDSA44: 1312}
_SIGNATURE_SIZES = {ED25519: 64, COSIGNATURE: 72, MLDSA44: 2428}


class UnsupportedKeyError(Problem):
    """The machine's OpenSSL lacks the algorithm of a key."""


def key_id(name: str, kind: int, key: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ newline ‖ type ‖ key)."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def ed25519_cosigned(time: int, text: str) -> bytes:
    """What a cosignature of type 0x04 signs; ``time`` in POSIX seconds."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def mldsa_cosigned(name: str, time: int, head: Checkpoint) -> bytes:
    """What a cosignature of type 0x06 signs, for a whole tree (start 0)."""
    origin, signer = head.origin.encode(), name.encode()
    return b"".join(
        (
            b"subtree/v1\n\0",
            bytes([len(signer)]) + signer,
            time.to_bytes(8, "big"),
            bytes([len(origin)]) + origin,
            bytes(8),
            head.size.to_bytes(8, "big"),
            head.root,
        )
    )


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with the name it signs under."""

    name: str
    kind: int
    key: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.kind, self.key)

    def vkey(self) -> str:
        """``name+id+base64(type ‖ key)``, the form in which keys are handed out."""
        return f"{self.name}+{self.key_id.hex()}+{b64(bytes([self.kind]) + self.key)}"

    def fingerprint(self) -> str:
        """128 bits of SHA-256 of type and key, to be compared by eye."""
        digest = sha256(bytes([self.kind]) + self.key).hexdigest()[:32]
        return " ".join(digest[at : at + 4] for at in range(0, 32, 4))

    def verify(self, text: str, blob: bytes) -> bool:
        """Whether ``blob`` is this key's signature of a note's text."""
        if len(blob) != _SIGNATURE_SIZES[self.kind]:
            return False
        try:
            self._check(text, blob)
        except UnsupportedKeyError:
            raise
        except (InvalidSignature, Problem, ValueError):
            return False
        return True

    def _check(self, text: str, blob: bytes) -> None:
        if self.kind == ED25519:
            Ed25519PublicKey.from_public_bytes(self.key).verify(blob, text.encode())
            return
        time, signature = int.from_bytes(blob[:8], "big"), blob[8:]
        if time >= 1 << 63:
            raise Problem("has a time past 2^63")
        if self.kind == COSIGNATURE:
            message = ed25519_cosigned(time, text)
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        else:
            message = mldsa_cosigned(self.name, time, parse_checkpoint(text))
            _mldsa(self.key).verify(signature, message)


def _mldsa(key: bytes) -> MLDSA44PublicKey:
    try:
        return MLDSA44PublicKey.from_public_bytes(key)
    except UnsupportedAlgorithm as error:
        # Not "wrong": this machine cannot tell, and must not answer either way.
        raise UnsupportedKeyError("cannot be checked: OpenSSL here has no ML-DSA-44") from error


def parse_vkey(text: str) -> Verifier:
    """Reads a vkey; raises Problem if it is malformed or its id does not fit its key."""
    expected = "name+key id+base64 key, of Ed25519 or an ML-DSA-44 cosigner"
    name, plus, rest = text.partition("+")
    given, second, coded = rest.partition("+")
    if not plus or not second:
        raise Problem(f"{text[:60]!r} is no public key", field="key", expected=expected)
    data = unb64(coded, field="key")
    kind, key = (data[0] if data else 0), data[1:]
    if KEY_SIZES.get(kind) != len(key):
        raise Problem(f"{text[:60]!r} is no public key", field="key", expected=expected)
    verifier = Verifier(check_origin(name), kind, key)
    if verifier.key_id.hex() != given:
        raise Problem(f"{text[:60]!r} has a wrong key id", field="key", expected=expected)
    return verifier

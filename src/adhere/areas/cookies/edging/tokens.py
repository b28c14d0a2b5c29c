"""What only this installation can make: read tokens, and subjects of those who named none."""

from __future__ import annotations

import base64
import hmac
import secrets
from hashlib import sha256

from adhere.ledger.keys import Signer


class Tokens:
    """Derived from the ledger's key, so that a retry gets the same token and none is stored."""

    def __init__(self, signer: Signer) -> None:
        key = hmac.digest(signer.ed25519.private_bytes_raw(), b"adhere consent tokens/1", "sha256")
        self._keyed = hmac.new(key, digestmod="sha256")

    def read_token(self, consent: str) -> str:
        """Lets its holder read that record."""
        made = self._made(f"read {consent}")
        return base64.urlsafe_b64encode(made[:24]).decode()

    def subject(self, mark: str) -> str:
        """A subject key: of its own, or the same again for the same retry."""
        if not mark:
            return secrets.token_hex(16)
        return self._made(f"subject {mark}").hex()[:32]

    def _made(self, what: str) -> bytes:
        found = self._keyed.copy()
        found.update(what.encode())
        return found.digest()


def token_hash(token: str) -> str:
    """The only form in which a token is stored."""
    return sha256(token.encode()).hexdigest()

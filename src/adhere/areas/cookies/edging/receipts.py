"""The receipt: the statement and, beside it, all that proves it offline."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from adhere.areas.cookies.edging.making import Made
from adhere.areas.cookies.edging.tokens import Tokens
from adhere.ledger.encoding import b64
from adhere.ledger.keys import Signer
from adhere.ledger.promises import FORMAT, promise

_encode = msgspec.json.Encoder().encode


class Receipts:
    """Writes receipts, signed with the ledger's key."""

    def __init__(self, signer: Signer, tokens: Tokens) -> None:
        self._signer = signer
        self._tokens = tokens
        self._keys = json.dumps([signer.ed25519_verifier.vkey()])

    def vkeys(self, signed: Sequence[tuple[str, bytes]]) -> list[str]:
        """Our public keys among those that signed; the one that promises always."""
        shown = set(signed)
        first = self._signer.ed25519_verifier
        others = [each for each in self._signer.verifiers
                  if each != first and (each.name, each.key_id) in shown]  # fmt: skip
        return [first.vkey(), *(each.vkey() for each in others)]

    def receipt(self, made: Made) -> bytes:
        """The receipt of a committed record, as JSON."""
        return self._joined(made, self._keys, "")

    def proved(self, made: Made, proof: str, keys: list[str]) -> bytes:
        """The receipt with the proof of its leaf; ``keys`` are all that have signed."""
        return self._joined(made, json.dumps(keys), f',"proof":{json.dumps(proof)}')

    def _joined(self, made: Made, keys: str, more: str) -> bytes:
        record = made.record
        note = _encode(promise(self._signer, made.commitment, record.at)).decode()
        token = made.token or self._tokens.read_token(record.id)
        tail = (
            f',"receipt":"{FORMAT}","record":{made.text.decode()},"secret":"{b64(made.secret)}",'
            f'"commitment":"{b64(made.commitment)}","promise":{note},"keys":{keys},'
            f'"token":"{token}"{more}}}'
        )
        return made.statement[:-1] + tail.encode()

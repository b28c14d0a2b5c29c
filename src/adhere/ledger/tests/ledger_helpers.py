"""What the ledger's tests share: a company's records and a small log."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path
from typing import Any

from adhere.ledger.bundle import Given, write_bundle
from adhere.ledger.commitments import commit, erasure_record
from adhere.ledger.keys import Signer, new_signer
from adhere.ledger.log import Log

ORIGIN = "janssens.example/e/log"
PEOPLE = ("Anna", "Bram", "Chloé", "Dirk")


def secret_of(number: int) -> bytes:
    return sha256(f"secret {number}".encode()).digest()


def record_of(number: int) -> dict[str, Any]:
    return {
        "kind": "attendance",
        "person": PEOPLE[number % len(PEOPLE)],
        "minutes": 45 + number,
        "happened_at": f"2026-03-{number % 28 + 1:02}T09:00:00Z",
    }


class SmallLog:
    """A published log whose records and secrets are at hand, one of them erased on request."""

    def __init__(self, folder: Path, count: int, *, erase: int | None = None) -> None:
        self.signer: Signer = new_signer(ORIGIN)
        self.given = [Given(n, record_of(n), secret_of(n)) for n in range(count)]
        if erase is not None:
            record = erasure_record([erase], "2026-04-01T12:00:00Z")
            self.given.append(Given(count, record, secret_of(count)))
        self.log = Log.create(folder, self.signer)
        self.log.append([commit(each.secret, each.record) for each in self.given])
        self.log.publish()
        if erase is not None:
            del self.given[erase]

    def bundle(self, *, complete: bool = True, given: list[Given] | None = None) -> bytes:
        out = io.BytesIO()
        chosen = self.given if given is None else given
        write_bundle(out, self.log, self.signer, chosen, complete=complete)
        return out.getvalue()

    def key(self) -> str:
        return self.signer.ed25519_verifier.vkey()

"""``adhere verify``: a receipt or an evidence bundle, offline, with the first broken record."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from adhere.errors import Problem
from adhere.ledger import bundle, promises, receipts
from adhere.ledger.bundle_check import BundleCheck
from adhere.ledger.encoding import strict_json
from adhere.ledger.findings import Broken
from adhere.ledger.trust import Trust, given_trust

_MAX_RECEIPT = 16 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Verification:
    """``ok``; ``what`` it was; how many records were ``checked``; what broke first; a sentence."""

    ok: bool
    what: str
    checked: int
    first_broken: Broken | None
    message: str


def verify_file(
    path: str | os.PathLike[str], key: str | os.PathLike[str] | None = None
) -> Verification:
    """Verifies a file with the public key(s) of ``key``, or else with those in the file.

    Raises Problem when the file or the key cannot be read, or when the file is neither a
    receipt nor an evidence bundle.
    """
    trust = given_trust(key)
    try:
        with Path(path).open("rb") as file:
            return _verify(file, str(path), trust)
    except OSError as error:
        raise Problem(error.strerror or "cannot be read", file=str(path)) from error


def _verify(file: BinaryIO, name: str, trust: Trust | None) -> Verification:
    first = file.readline(_MAX_RECEIPT)
    if f'"{bundle.FORMAT}"'.encode() in first:
        return _bundle(file, first, trust)
    data = first + file.read(_MAX_RECEIPT)
    if f'"{receipts.FORMAT}"'.encode() in data and len(data) < _MAX_RECEIPT:
        return _receipt(data, trust)
    if f'"{promises.FORMAT}"'.encode() in data and len(data) < _MAX_RECEIPT:
        return _promised(data, trust)
    raise Problem(
        "is neither a receipt nor an evidence bundle",
        file=name,
        expected=f"{receipts.FORMAT}, {promises.FORMAT} or {bundle.FORMAT}",
    )


def _receipt(data: bytes, trust: Trust | None) -> Verification:
    try:
        index, used = receipts.check_receipt(strict_json(data), trust)
    except Problem as problem:
        broken = Broken(None, None, str(problem))
        return Verification(False, "receipt", 0, broken, f"receipt: {problem}")
    message = f"receipt: the record is leaf {index} of the ledger, unchanged; {used.remark()}"
    return Verification(True, "receipt", 1, None, message)


def _promised(data: bytes, trust: Trust | None) -> Verification:
    try:
        index, used = promises.check_promised(strict_json(data), trust)
    except Problem as problem:
        broken = Broken(None, None, str(problem))
        return Verification(False, "receipt", 0, broken, f"receipt: {problem}")
    place = "promised to the ledger" if index is None else f"leaf {index} of the ledger"
    message = f"receipt: the record is {place}, unchanged; {used.remark()}"
    return Verification(True, "receipt", 1, None, message)


def _bundle(file: BinaryIO, first: bytes, trust: Trust | None) -> Verification:
    check = BundleCheck(trust)
    check.run(first, file)
    what = "evidence bundle"
    if check.broken is not None:
        message = f"{what}: {check.broken}"
        return Verification(False, what, check.records, check.broken, message)
    erased = f", {check.erased} erased and said so" if check.erased else ""
    kind = "complete" if check.header.complete else "partial"
    head = check.header.head
    message = (
        f"{kind} {what}: {check.records} records unchanged{erased}, "
        f"ledger {head.origin} of {head.size} leaves; {check.header.trust.remark()}"
    )
    return Verification(True, what, check.records, None, message)

"""The receipt's statement: ISO/IEC TS 27560:2023 in the terms of W3C DPV, as JSON-LD.

All of it but identifiers, times and choices follows from the notice, so it is prepared once for
each notice and only filled in for an answer. It comes out as canonical JSON (RFC 8785).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from adhere.areas.cookies.config import vendor_key
from adhere.areas.cookies.edging import terms
from adhere.ledger.commitments import canonical

Json = Mapping[str, Any]
GIVEN, REFUSED, WITHDRAWN = (
    b'"dpv:ConsentGiven"',
    b'"dpv:ConsentRefused"',
    b'"dpv:ConsentWithdrawn"',
)
_STATES = {"accept": GIVEN, "reject": REFUSED, "gpc": REFUSED, "withdraw": WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Said:
    """What changes from answer to answer. ``choices`` say the DPV state of each key in order."""

    id: str
    subject: str
    at: str
    expires_at: str
    method: str
    choices: Iterable[tuple[str, bytes]]


class StatementForm:
    """A notice's statement with places for one answer."""

    def __init__(self, content: Json, sha256: str) -> None:
        mark = secrets.token_hex(8)
        places = {name: f"{mark}:{name}" for name in terms.PLACES}
        self._pieces = _pieces(terms.statement(content, sha256, places), mark)
        self._processes = {
            key: _pieces(process, mark) for key, process in _processes(content, places)
        }

    def fill(self, said: Said) -> bytes:
        """The statement of one answer, canonical. What is filled in needs no escaping in JSON."""
        processes = []
        states = set()
        for key, state in said.choices:
            pieces = self._processes[key]
            if len(pieces) == 1:  # necessary: nothing was asked
                processes.append(pieces[0])
                continue
            processes.append(pieces[0] + state + pieces[-1])
            states.add(state)
        overall = _STATES.get(said.method) or (GIVEN if GIVEN in states else REFUSED)
        values = {
            "id": f'"{said.id}"'.encode(),
            "urn": f'"urn:adhere:consent:{said.id}"'.encode(),
            "subject": f'"urn:adhere:subject:{said.subject}"'.encode(),
            "at": f'"{said.at}"'.encode(),
            "expires_at": f'"{said.expires_at}"'.encode(),
            "method": f'"{said.method}"'.encode(),
            "state": overall,
            "processes": b",".join(processes),
        }
        return b"".join(values[part] if isinstance(part, str) else part for part in self._pieces)


def _processes(content: Json, places: Mapping[str, str]) -> Iterable[tuple[str, Json]]:
    """One for each purpose, and one for each vendor that can be chosen by itself."""
    vendors = {each["name"]: each for each in content["vendors"]}
    for purpose in content["purposes"]:
        slug = purpose["slug"]
        mine = [each for each in content["trackers"] if each["purpose"] == slug]
        yield slug, terms.process(purpose, mine, vendors, places)
        for name in sorted({each["vendor"] for each in mine}):
            theirs = [each for each in mine if each["vendor"] == name]
            key = f"{slug}:{vendor_key(name)}"
            yield key, terms.process(purpose, theirs, vendors, places, vendor=name)


def _pieces(value: Json, mark: str) -> list[Any]:
    """Canonical JSON cut at its places: bytes, and between them the places' names."""
    found: list[Any] = []
    head, *rest = canonical(value).split(f'"{mark}:'.encode())
    found.append(head)
    for part in rest:
        name, _, text = part.partition(b'"')
        found += [name.decode(), text]
    return found

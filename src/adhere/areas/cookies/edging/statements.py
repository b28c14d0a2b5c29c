"""The receipt's statement: ISO/IEC TS 27560:2023 in the terms of W3C DPV, as JSON-LD.

All of it but identifiers, times and choices follows from the notice, so it is prepared once for
each notice and only filled in for an answer. It comes out as canonical JSON (RFC 8785).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

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
# What is told apart at every answer; method and choices are the same for many.
_OWN = ("id", "urn", "subject", "at", "expires_at")
MOST_KEPT = 128


class Said(msgspec.Struct, frozen=True):
    """What changes from answer to answer; the keys of ``purposes`` stand in canonical order."""

    id: str
    subject: str
    at: str
    expires_at: str
    method: str
    purposes: Mapping[str, bool]
    withdrawn: Collection[str]


class StatementForm:
    """A notice's statement with places for one answer."""

    def __init__(self, content: Json, sha256: str) -> None:
        mark = secrets.token_hex(8)
        places = {name: f"{mark}:{name}" for name in terms.PLACES}
        self._pieces = _pieces(terms.statement(content, sha256, places), mark)
        self._processes = {
            key: _pieces(process, mark) for key, process in _processes(content, places)
        }
        self._templates: dict[Any, bytes] = {}

    def fill(self, said: Said) -> bytes:
        """The statement of one answer, canonical. What is filled in needs no escaping in JSON."""
        choices = (said.method, *said.purposes.items(), *said.withdrawn)
        template = self._templates.get(choices)
        if template is None:
            if len(self._templates) >= MOST_KEPT:
                self._templates.clear()
            template = self._templates[choices] = self._template(said)
        return template % {
            b"id": said.id.encode(),
            b"urn": b"urn:adhere:consent:%b" % said.id.encode(),
            b"subject": b"urn:adhere:subject:%b" % said.subject.encode(),
            b"at": said.at.encode(),
            b"expires_at": said.expires_at.encode(),
        }

    def _template(self, said: Said) -> bytes:
        """The statement of all answers with these choices, with places for ``%``."""
        processes = []
        states = set()
        for key, given in said.purposes.items():
            pieces = self._processes[key]
            if len(pieces) == 1:  # necessary: nothing was asked
                processes.append(pieces[0])
                continue
            state = GIVEN if given else WITHDRAWN if key in said.withdrawn else REFUSED
            processes.append(pieces[0] + state + pieces[-1])
            states.add(state)
        filled = {
            "method": f'"{said.method}"'.encode(),
            "state": _STATES.get(said.method) or (GIVEN if GIVEN in states else REFUSED),
            "processes": b",".join(processes),
        }
        texts = {name: text.replace(b"%", b"%%") for name, text in filled.items()}
        texts |= {name: f'"%({name})b"'.encode() for name in _OWN}
        return b"".join(
            texts[part] if isinstance(part, str) else part.replace(b"%", b"%%")
            for part in self._pieces
        )


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

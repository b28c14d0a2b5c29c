"""The header of an evidence bundle: what the whole file rests on."""

from __future__ import annotations

from dataclasses import dataclass

from adhere.errors import Problem
from adhere.ledger import bundle
from adhere.ledger.checkpoints import Checkpoint, parse_checkpoint
from adhere.ledger.encoding import b64, strict_json
from adhere.ledger.notes import parse_note, verify_note
from adhere.ledger.trust import Trust, listed_keys, require_listed

_FIELDS = ["format", "origin", "keys", "size", "root", "checkpoint", "complete"]


@dataclass(frozen=True, slots=True)
class Header:
    """The signed tree head, whether every leaf follows, and the keys that signed."""

    head: Checkpoint
    complete: bool
    trust: Trust


def read_header(line: bytes, trust: Trust | None) -> Header:
    """Reads and verifies the first line; raises Problem if anything in it is wrong."""
    content = strict_json(line)
    if list(content) != _FIELDS or content["format"] != bundle.FORMAT:
        raise Problem("the header has not its fields", expected=", ".join(_FIELDS))
    if not isinstance(content["checkpoint"], str) or not isinstance(content["complete"], bool):
        raise Problem("the header has fields of the wrong type")
    listed = listed_keys(content["keys"])
    note = parse_note(content["checkpoint"])
    used = trust or Trust(listed, carried=True)
    signed = verify_note(note, used.keys)
    head = parse_checkpoint(note.text)
    if not any(key.name == head.origin for key in signed):
        raise Problem("the checkpoint is not signed by the log itself", field="checkpoint")
    require_listed(listed, note, signed)
    shown = (content["origin"], content["size"], content["root"])
    if shown != (head.origin, head.size, b64(head.root)) or type(content["size"]) is not int:
        raise Problem("the header does not say what its checkpoint says")
    return Header(head, content["complete"], Trust(signed, used.carried))

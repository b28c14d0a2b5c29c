"""What the operator knows better than any list, with the reason."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from adhere.errors import Problem
from adhere.scanner.knowledge.known import Known
from adhere.scanner.knowledge.names import matches, within


class Correction(Struct, frozen=True, forbid_unknown_fields=True):
    """Who and what for, said by a person. An empty ``name`` speaks of a host's requests.

    ``name`` may have `*`; ``domain`` is empty for any. ``by`` is who said so.
    """

    purpose: str
    reason: str
    name: str = ""
    domain: str = ""
    vendor: str = ""
    by: str = "operator"

    def speaks_of(self, name: str, domain: str) -> bool:
        named = matches(self.name, name) if self.name else not name
        return named and (not self.domain or within(domain, self.domain))

    def known(self) -> Known:
        return Known(self.vendor, self.purpose, self.by, why=self.reason)


def corrections_in(path: Path) -> tuple[Correction, ...]:
    """A JSON list of them; each needs a reason. Raises Problem."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=tuple[Correction, ...])
    except OSError as error:
        raise Problem(error.strerror or "cannot be read", file=str(path)) from None
    except msgspec.DecodeError as error:
        expected = "a list of {purpose, reason, name?, domain?, vendor?, by?}"
        raise Problem(str(error), file=str(path), expected=expected) from None
    for number, each in enumerate(found, 1):
        if not each.reason.strip():
            raise Problem(f"correction {number} has no reason", file=str(path), field="reason")
    return found

"""Whether the tables that verdicts are made of still say what the ledger's records say.

Evidence proves the records. Verdicts, roles and pages come from rows beside them, which somebody
with the database in hands could change alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from adhere.core.areas import FactKind
from adhere.core.evidence import CHUNK, parsed
from adhere.core.kinds import kinds
from adhere.core.models import Entry, Person, PersonRecord, PolicyText, PolicyVersion
from adhere.core.models.facts import Fact
from adhere.core.people import FIELDS
from adhere.core.recording import plain
from adhere.core.request_proofs import altered_requests


def altered() -> list[str]:
    """What was changed, dropped, added or swapped beside the ledger, as ``kind/key``.

    Reads every fact: seconds for a large company.
    """
    found = list(dict.fromkeys(altered_rows()))
    again = set(altered_rows()) if found else found
    # What is recorded while this reads may look torn; looked at again it is not.
    return [ref for ref in found if ref in again]


def altered_rows() -> Iterator[str]:
    """The same from one reading, where nobody writes meanwhile."""
    for kind in kinds().values():
        yield from _altered_facts(kind)
    yield from _altered_people()
    yield from _altered_policies()
    yield from altered_requests()


def _altered_facts(kind: FactKind) -> Iterator[str]:
    newest: dict[str, int] = {}
    proved = set()
    rows = kind.model._default_manager.select_related("entry").order_by("pk")
    for fact in rows.iterator(chunk_size=CHUNK):
        proved.add(fact.entry_id)
        # Each row corrects the one before it, so that exactly one of a key is current.
        corrects: int | None = getattr(fact, "supersedes_id")  # noqa: B009  (Django makes it)
        if _altered(kind, fact) or corrects != newest.get(fact.key):
            yield f"{kind.name}/{fact.key}"
        newest[fact.key] = fact.pk
    waiting = Entry.objects.filter(kind=kind.name, erased_at=None).values_list("pk", "record")
    for pk, record in waiting.order_by("pk").iterator(chunk_size=CHUNK):
        if pk not in proved:
            yield f"{kind.name}/{parsed(pk, record).get('key', pk) if record else pk}"


def _altered(kind: FactKind, fact: Fact) -> bool:
    entry = fact.entry
    record = parsed(entry.index or 0, entry.record) if entry.record else {}
    names = record.keys() - {"kind"}
    if not names or record.get("kind") != kind.name:
        return True
    return any(plain(getattr(fact, name, None)) != record[name] for name in names)


def _altered_people() -> Iterator[str]:
    """The current list of people, from which roles follow, beside the newest records."""
    records = PersonRecord.objects.filter(superseded_by=None, retracted=False)
    recorded = {row["key"]: row for row in records.values("key", *FIELDS)}
    for row in Person.objects.order_by("pk").values("id", *FIELDS).iterator(chunk_size=CHUNK):
        known = recorded.pop(row["id"], {})
        if any(known.get(name) != row[name] for name in FIELDS):
            yield f"people/{row['id']}"
    yield from (f"people/{key}" for key in recorded)


def _altered_policies() -> Iterator[str]:
    """Each published text has the SHA-256 that its publication was recorded with."""
    for version in PolicyVersion.objects.select_related("entry").order_by("pk"):
        entry = version.entry
        record = parsed(entry.index or 0, entry.record) if entry.record else {}
        texts = PolicyText.objects.filter(version=version).values_list("language", "text")
        if _publication(version, dict(texts)) != record:
            yield f"publications/{version.policy_id}/{version.number}"


def _publication(version: PolicyVersion, texts: dict[str, str]) -> dict[str, Any]:
    hashes = {
        language: hashlib.sha256(text.encode()).hexdigest() for language, text in texts.items()
    }
    return {
        "kind": "publications",
        "policy": version.policy_id,
        "version": version.number,
        "language": version.language,
        "texts": hashes,
        "changes": version.changes,
        "published_at": plain(version.published_at),
    }

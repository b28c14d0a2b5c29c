"""Writing facts: each with its ledger entry, in one transaction, nothing half-done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from adhere.core.areas import FactKind
from adhere.core.locking import wait_for_turn
from adhere.core.models import Entry
from adhere.core.models.facts import Fact
from adhere.errors import Problem
from adhere.ledger.commitments import canonical, commit, new_secret

BATCH = 2_000


@dataclass(frozen=True)
class Recorded:
    """What a recording did: new facts, corrections of known ones, and rows already known."""

    added: int
    corrected: int
    unchanged: int


@dataclass(frozen=True)
class Origin:
    """Where facts come from: ``import``, ``page``, ``demo`` …, who recorded them, and when."""

    source: str
    recorder: str = ""
    at: datetime | None = None


def make_entry(kind: str, record: Mapping[str, Any], person: str, at: datetime) -> Entry:
    """An unsaved ledger entry that commits to a record."""
    value = {"kind": kind, **{name: plain(each) for name, each in record.items()}}
    secret = new_secret()
    return Entry(
        kind=kind,
        record=canonical(value).decode(),
        secret=secret,
        commitment=commit(secret, value),
        person=person,
        recorded_at=at,
    )


def plain(value: Any) -> Any:
    """A value as canonical JSON takes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def key_of(kind: FactKind, values: Mapping[str, Any]) -> str:
    """The id that stays the same through corrections: ``s1:anna``."""
    parts = [str(plain(values[name])) for name in kind.key]
    if len(parts) == 1:
        return parts[0]
    # Escaped, so that “a:b” with “c” never meets “a” with “b:c”.
    return ":".join(part.replace("\\", "\\\\").replace(":", "\\:") for part in parts)


@transaction.atomic
def record(kind: FactKind, rows: Sequence[Mapping[str, Any]], origin: Origin) -> Recorded:
    """Store rows of one kind; a known key with other values becomes a correction.

    ``rows`` map the model's own fields. All are stored, or none. Each key stands once.
    """
    wait_for_turn(f"facts/{kind.name}")
    at = origin.at or timezone.now()
    keys = [key_of(kind, row) for row in rows]
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Problem(f"“{twice}” is recorded twice at once", expected="one row for each")
    newest = _newest(kind, keys)
    fresh: list[tuple[Mapping[str, Any], Fact | None]] = []
    for key, row in zip(keys, rows, strict=True):
        known = newest.get(key)
        if known is None or known.retracted or _differs(known, row):
            fresh.append((row, known))
    facts = [_fact(kind, row, known, origin, at) for row, known in fresh]
    _save(kind, facts)
    if kind.stored:
        kind.stored(facts)
    corrected = sum(known is not None for _, known in fresh)
    return Recorded(len(fresh) - corrected, corrected, len(rows) - len(fresh))


@transaction.atomic
def retract(kind: FactKind, keys: Sequence[str], origin: Origin) -> int:
    """Take facts back, as a row of their own; how many. An unknown key is a ``Problem``."""
    wait_for_turn(f"facts/{kind.name}")
    newest = _newest(kind, keys)
    facts = []
    for key in dict.fromkeys(keys):
        known = newest.get(key)
        if known is None:
            raise Problem(f"nothing is recorded as {kind.name}/{key}", expected="a known key")
        if not known.retracted:
            facts.append(_retraction(kind, known, origin))
    _save(kind, facts)
    if kind.stored:
        kind.stored(facts)
    return len(facts)


def _retraction(kind: FactKind, known: Fact, origin: Origin) -> Fact:
    own = {field.name for field in Fact._meta.get_fields()} | {"id"}
    fields = [field.name for field in kind.model._meta.concrete_fields if field.name not in own]
    row = {name: getattr(known, name) for name in fields}
    row["key"] = known.key
    if kind.happened:
        row.setdefault(kind.happened, known.happened_at)
    at = origin.at or timezone.now()
    return _fact(kind, row, known, origin, at, taken_back=True)


def _newest(kind: FactKind, keys: Sequence[str]) -> dict[str, Fact]:
    rows: Any = kind.model._default_manager  # the abstract base has no queries of its own
    current = rows.filter(superseded_by=None)
    found: dict[str, Fact] = {}
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        found.update((fact.key, fact) for fact in current.filter(key__in=part))
    return found


def _differs(known: Fact, row: Mapping[str, Any]) -> bool:
    return any(getattr(known, name) != value for name, value in row.items())


def _fact(
    kind: FactKind,
    row: Mapping[str, Any],
    known: Fact | None,
    origin: Origin,
    at: datetime,
    *,
    taken_back: bool = False,
) -> Fact:
    # Without a field that says when, a fact is so from when it was first recorded.
    dated = row[kind.happened] if kind.happened else known and known.happened_at
    happened = known.happened_at if known and taken_back else dated or at
    values = {
        **row,
        "key": key_of(kind, row),
        "happened_at": happened if isinstance(happened, datetime) else start_of(happened),
        "recorded_at": at,
        "source": origin.source,
        "recorder": origin.recorder,
        **({"retracted": True} if taken_back else {}),
    }
    about = str(row[kind.person]) if kind.person else ""
    entry = make_entry(kind.name, values, about, at)
    model: Any = kind.model
    return cast("Fact", model(**values, supersedes=known, entry=entry))


def _save(kind: FactKind, facts: Sequence[Fact]) -> None:
    Entry.objects.bulk_create([fact.entry for fact in facts], batch_size=BATCH)
    for fact in facts:
        fact.entry = fact.entry  # takes the id that the entry has just been given
    kind.model._default_manager.bulk_create(facts, batch_size=BATCH)


def start_of(day: date) -> datetime:
    """The first moment of a day in the company's time zone."""
    zone = timezone.get_default_timezone()
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def day_of(moment: datetime) -> date:
    """The company's calendar day of a moment."""
    return moment.astimezone(timezone.get_default_timezone()).date()

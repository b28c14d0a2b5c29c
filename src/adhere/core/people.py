"""People as facts: their import, its rules, and the current list kept from them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django.dispatch import Signal
from django.utils import timezone

from adhere.core import checking, columns
from adhere.core.areas import FactKind
from adhere.core.models import Person, PersonRecord
from adhere.core.models.facts import Fact
from adhere.errors import Problem, nearest

Rows = Sequence[tuple[int, dict[str, Any]]]
LANGUAGES = ("en", "nl", "fr", "de")
# The company itself is a subject of verdicts, and a page of the console has the other's address.
_TAKEN, _DOTS = {"company", "roles"}, {".", ".."}
people_left = Signal()  # ``keys`` of people whose last day is known, as soon as it is
FIELDS = ("name", "email", "role", "supervisor", "teams", "joined", "left", "language")


def require_known(
    line: int,
    row: Mapping[str, Any],
    fields: Sequence[str],
    people: Collection[str],
    expected: str = "a known id, or nothing",
) -> None:
    """Refuse a row that names somebody unknown in one of these fields; empty is nobody."""
    for field in fields:
        if row[field] and row[field] not in people:
            raise Problem(
                f"nobody has the id “{row[field]}”",
                line=line,
                field=field,
                expected=f"{expected}; {nearest(row[field], people)}",
            )


def validate(rows: Rows, at: datetime) -> None:
    """Nobody leaves before joining; a supervisor is somebody known, not oneself, without rings."""
    before = dict(Person.objects.values_list("id", "supervisor"))
    known = dict(before)
    known.update({row["key"]: row["supervisor"] for _, row in rows})
    spelled = {_folded(each): each for each in Person.objects.values_list("id", flat=True)}
    ends = {""}
    addresses = _addresses(rows, at)
    for line, row in rows:
        _validate_id(line, row["key"], spelled)
        _validate_address(line, row, addresses, at)
        if row["left"] and row["left"] < row["joined"]:
            raise Problem(
                f"left on {row['left']}, before joining on {row['joined']}",
                line=line,
                field="left",
                expected="the last day at work, on or after joined",
            )
        # One who was erased since stays named where nothing changed, as it is in the records.
        if row["supervisor"] and row["supervisor"] != before.get(row["key"]):
            _validate_supervisor(line, row, known)
        if row["supervisor"]:
            _validate_line(line, row["key"], known, ends)


def _addresses(rows: Rows, at: datetime) -> dict[str, str]:
    """Whose each address is, among those who are here and not in this file."""
    changed = {row["key"] for _, row in rows}
    here = Person.objects.exclude(email="").exclude(left__lt=timezone.localdate(at))
    found = here.values_list("email", "pk").order_by("-pk")
    return {email.casefold(): key for email, key in found if key not in changed}


def _validate_address(
    line: int, row: dict[str, Any], addresses: dict[str, str], at: datetime
) -> None:
    """Sign-in goes by address, so two people who are here at the same time share none."""
    gone = row["left"] is not None and row["left"] < timezone.localdate(at)
    if not row["email"] or gone:
        return
    owner = addresses.setdefault(row["email"].casefold(), row["key"])
    if owner != row["key"]:
        raise Problem(
            f"“{row['email']}” is the address of {owner}",
            line=line,
            field="email",
            expected="an address of their own, or nothing",
        )


def _folded(key: str) -> str:
    return unicodedata.normalize("NFKC", key).casefold()


def _validate_id(line: int, key: str, spelled: dict[str, str]) -> None:
    """Two spellings of one id are no two people: somebody could consent to their own request."""
    if _folded(key) in _TAKEN or _folded(key).startswith("person:") or _DOTS & {*key.split("/")}:
        raise Problem(
            f"“{key}” means something else here",
            line=line,
            field="id",
            expected="an id such as anna or e1042",
        )
    other = spelled.setdefault(_folded(key), key)
    if other != key:
        raise Problem(
            f"“{key}” differs only in its spelling from “{other}”",
            line=line,
            field="id",
            expected=f"“{other}”, or an id that cannot be mistaken for it",
        )


def _validate_supervisor(line: int, row: dict[str, Any], known: dict[str, str]) -> None:
    supervisor = row["supervisor"]
    if supervisor == row["key"]:
        raise Problem(
            f"{row['key']} is their own supervisor",
            line=line,
            field="supervisor",
            expected="the id of somebody else, or nothing",
        )
    if supervisor not in known:
        raise Problem(
            f"nobody has the id “{supervisor}”",
            line=line,
            field="supervisor",
            expected=f"the id of a person in this file or known; {nearest(supervisor, known)}",
        )


def _validate_line(line: int, key: str, known: dict[str, str], ends: set[str]) -> None:
    """``ends`` holds those whose line of supervisors is known to end, so each is walked once."""
    seen: set[str] = set()
    above = key
    while above not in ends:
        if above in seen:
            raise Problem(
                f"the supervisors of {key} lead back to {above}",
                line=line,
                field="supervisor",
                expected="a line of supervisors that ends",
            )
        seen.add(above)
        above = known.get(above, "")
    ends |= seen


def keep_current(facts: Sequence[Fact]) -> None:
    """Bring the current list of people up to the newest records."""
    records = cast("Sequence[PersonRecord]", facts)
    people = [
        Person(id=record.key, **{name: getattr(record, name) for name in FIELDS})
        for record in records
        if not record.retracted
    ]
    gone = [record.key for record in records if record.retracted]
    if gone:
        Person.objects.filter(pk__in=gone).delete()
    Person.objects.bulk_create(
        people,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(FIELDS),
        batch_size=500,
    )
    left = [person.id for person in people if person.left]
    if left:
        people_left.send(Person, keys=left)


PEOPLE = FactKind(
    name="people",
    model=PersonRecord,
    row=checking.Person,
    columns=(
        columns.text("id", field="key"),
        columns.text("name"),
        columns.email("email", required=False),
        columns.choice("kind", "employee", "contractor", field="role"),
        columns.text("supervisor", required=False),
        columns.several("teams"),
        columns.day("joined"),
        columns.day("left", required=False),
        columns.choice("language", *LANGUAGES),
    ),
    key=("key",),
    happened="joined",
    person="key",
    validate=validate,
    stored=keep_current,
)

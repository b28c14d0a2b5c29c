"""Users of the directory as people: every change is a fact, and leaving ends access."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from scim2_models import (
    Context,
    InvalidValueException,
    NotFoundException,
    UniquenessException,
)
from scim2_models.path import CompareOperator, Comparison

from adhere.console.directory.models import Listed
from adhere.console.directory.projecting import address_of, name_of, overlaid, projected
from adhere.console.directory.shapes import EnterpriseUser, Staff
from adhere.console.directory.stamping import stamped
from adhere.console.leaving import end_access
from adhere.core.locking import wait_for_turn
from adhere.core.models import Person, PersonRecord
from adhere.core.people import PEOPLE, validate
from adhere.core.recording import Origin, record
from adhere.errors import Problem

FIELDS = ("name", "email", "role", "supervisor", "joined", "left", "language")


def people() -> Any:
    """Everybody whom the directory may see: those of imports too, so that it can find them."""
    return Person.objects.select_related("listed").exclude(listed__forgotten_at__isnull=False)


def found(key: str) -> Person:
    """The person behind an id."""
    person: Person | None = people().filter(pk=key).first()
    if person is None:
        raise NotFoundException(detail=f"there is no user “{key[:100]}”")
    return person


def rows(wanted: Any) -> tuple[Any, Callable[[Any], Any]]:
    """Who may match a filter: before each of its changes a directory asks for one user name."""
    found = people()
    asked = wanted.ast if wanted else None
    if isinstance(asked, Comparison) and asked.op == CompareOperator.eq:
        value = str(asked.value)
        name = str(asked.attr_path).casefold()
        if name == "username":
            found = found.filter(
                Q(listed__user_name=value.casefold())
                | Q(listed=None, email__iexact=value)
                | Q(listed=None, pk__iexact=value)
            )
        elif name == "externalid":
            found = found.filter(listed__external_id=value)
    return found, resource_of


def resource_of(person: Person) -> Any:
    """A person as a SCIM user."""
    listed: Listed | None = getattr(person, "listed", None)
    said = listed.resource if listed else {"userName": person.email or person.pk}
    user = Staff.model_validate(said)
    user = overlaid(user, _plain(_facts(person)), listed.facts if listed else {})
    if not listed or user.active is not None:
        user.active = person.shut_at is None and not _gone(person, timezone.localdate())
    user.id = person.pk
    above = user.EnterpriseUser and user.EnterpriseUser.manager
    if above and above.value:
        above.ref = location("Users", above.value)
    return stamped(user, "User", location("Users", person.pk), listed)


def _gone(person: Person, today: date) -> bool:
    return person.left is not None and person.left < today


def location(endpoint: str, key: str) -> str:
    """The address of a resource."""
    return f"{settings.URL}/scim/v2/{endpoint}/{quote(key, safe='@:')}"


@transaction.atomic
def create(user: Any, token: str) -> Person:
    """Record somebody new, or take over the person of that address, number or name."""
    wait_for_turn("facts/people")
    person = _known_as(user)
    if person is not None and hasattr(person, "listed") and not person.listed.forgotten_at:
        raise UniquenessException(detail=f"the user name “{user.user_name}” is taken")
    key = person.pk if person else _fresh_key(user)
    if person is not None:
        user = _merged(user, person)
    return _keep(key, user, token)


def _known_as(user: Any) -> Person | None:
    name = user.user_name.casefold()
    listed = Listed.objects.select_related("person").filter(user_name=name).first()
    if listed:
        return listed.person
    free = Person.objects.filter(Q(listed=None) | Q(listed__forgotten_at__isnull=False))
    number = (user.EnterpriseUser or EnterpriseUser()).employee_number or user.external_id
    address = address_of(user)
    return (
        free.filter(pk=number).first()
        or (free.filter(email__iexact=address).first() if address else None)
        or free.filter(pk__iexact=user.user_name).first()
    )


def _merged(user: Any, person: Person) -> Any:
    """What the directory says over what was known; what it does not say stays."""
    known = overlaid(Staff.model_validate({"userName": user.user_name}), _plain(_facts(person)), {})
    before = known.model_dump(scim_ctx=Context.DEFAULT)
    before["active"] = True
    employment = "urn:adhere:params:scim:schemas:extension:employment:1.0:User"
    before.get(employment, {}).pop("left", None)  # being created again means being back
    said = user.model_dump(scim_ctx=Context.DEFAULT)
    said.setdefault("displayName", name_of(user))
    for name, value in said.items():
        if isinstance(value, dict):
            before[name] = {**before.get(name, {}), **value}
        else:
            before[name] = value
    before["schemas"] = sorted({*before["schemas"], *said["schemas"]})
    return Staff.model_validate(before)


def _fresh_key(user: Any) -> str:
    number = (user.EnterpriseUser or EnterpriseUser()).employee_number
    wanted = str(number or user.user_name)
    for key in _spellings(wanted):
        if not PersonRecord.objects.filter(key__iexact=key).exists():
            return key
    raise AssertionError("the spellings never end")


def _spellings(wanted: str) -> Iterator[str]:
    yield wanted
    number = 2
    while True:
        yield f"{wanted}-{number}"
        number += 1


@transaction.atomic
def replace(person: Person, user: Any, token: str) -> Person:
    """Record that the directory says otherwise of somebody now."""
    return _keep(person.pk, user, token)


def _keep(key: str, user: Any, token: str) -> Person:
    name = user.user_name.casefold()
    if Listed.objects.filter(user_name=name).exclude(person=key).exists():
        raise UniquenessException(detail=f"the user name “{user.user_name}” is taken")
    known = Person.objects.filter(pk=key).first()
    facts = projected(user, timezone.localdate(), _facts(known) if known else {})
    _record({"key": key, "teams": known.teams if known else [], **facts}, token)
    away = user.active is False
    person = Person.objects.get(pk=key)
    _shut(person, away=away)
    said = user.model_dump(scim_ctx=Context.DEFAULT)
    Listed.objects.update_or_create(
        person=person,
        defaults={
            "user_name": name,
            "external_id": user.external_id or "",
            "resource": {each: value for each, value in said.items() if each not in _OURS},
            "facts": _plain(facts),
            "forgotten_at": None,
        },
    )
    return found(key)


_OURS = {"id", "meta"}


def _shut(person: Person, *, away: bool) -> None:
    if away != (person.shut_at is not None):
        person.shut_at = timezone.now() if away else None
        person.save(update_fields=["shut_at"])
    if away:
        end_access([person.pk])


@transaction.atomic
def remove(person: Person, token: str) -> None:
    """The directory deleted somebody: they left, and it knows them no more."""
    user = resource_of(person)
    user.active = False
    _keep(person.pk, user, token)
    Listed.objects.filter(person=person).update(forgotten_at=timezone.now())


def record_teams(changed: dict[str, list[str]], token: str) -> None:
    """Record which teams people are in now."""
    for person in Person.objects.filter(pk__in=changed):
        row = {"key": person.pk, **_facts(person), "teams": sorted(set(changed[person.pk]))}
        _record(row, token)


def _record(row: dict[str, Any], token: str) -> None:
    try:
        _validate_lengths(row)
        validate([(0, row)], timezone.now())
    except Problem as problem:
        refused = UniquenessException if problem.field == "email" else InvalidValueException
        raise refused(detail=f"{problem.field}: {problem.message}") from None
    record(PEOPLE, [row], Origin("scim", token))


def _validate_lengths(row: dict[str, Any]) -> None:
    for name, value in row.items():
        longest = getattr(PersonRecord._meta.get_field(name), "max_length", None)
        if isinstance(value, str) and longest and len(value) > longest:
            raise Problem(f"{len(value):,} characters", field=name, expected=f"at most {longest}")


def _facts(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in FIELDS}


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in facts.items()
    }

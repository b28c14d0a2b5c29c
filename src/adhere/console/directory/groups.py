"""Groups of the directory as teams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from scim2_models import (
    InvalidValueException,
    NotFoundException,
    Reference,
    UniquenessException,
)

from adhere.console.directory import users
from adhere.console.directory.models import Group
from adhere.console.directory.shapes import Group as Shape
from adhere.console.directory.shapes import Member
from adhere.console.directory.stamping import stamped
from adhere.core.locking import wait_for_turn
from adhere.core.models import Person


def found(key: str) -> Group:
    """The group of an id."""
    try:
        return Group.objects.get(pk=key)
    except (Group.DoesNotExist, ValidationError, ValueError):
        raise NotFoundException(detail=f"there is no group “{key[:100]}”") from None


def members_by_team() -> dict[str, list[Person]]:
    """Everybody in each team, in one look."""
    held: dict[str, list[Person]] = {}
    for person in users.people():
        for team in person.teams:
            held.setdefault(team, []).append(person)
    return held


def resource_of(group: Group, members: list[Person] | None = None) -> Any:
    """A group as SCIM says it."""
    inside = members_by_team().get(group.team, []) if members is None else members
    shape = Shape(
        id=str(group.pk),
        display_name=group.name,
        external_id=group.external_id or None,
        members=[
            Member(
                value=each.pk,
                ref=Reference(users.location("Users", each.pk)),
                type="User",
            )
            for each in inside
        ]
        or None,
    )
    return stamped(shape, "Group", users.location("Groups", str(group.pk)), group)


def team_of(name: str) -> str:
    """The team that a group stands for: of its name, unless ``ADHERE_ROLE_GROUPS`` names a role.

    Nobody becomes an administrator because a group happens to be called so.
    """
    for role, group in settings.ROLE_GROUPS.items():
        if group.casefold() == name.casefold():
            return str(role)
    if name.casefold() == "administrator":
        raise InvalidValueException(
            detail="displayName: a group makes administrators only if ADHERE_ROLE_GROUPS says so"
        )
    return name


def rows(wanted: Any) -> tuple[Any, Callable[[Any], Any]]:
    """All groups, with everybody in them found in one look."""
    held = members_by_team()
    return Group.objects.all(), lambda group: resource_of(group, held.get(group.team, []))


def create(shape: Any, token: str) -> Group:
    """Make a group."""
    return replace(None, shape, token)


@transaction.atomic
def replace(group: Group | None, shape: Any, token: str) -> Group:
    """Make or change a group, and with it the teams of people."""
    wait_for_turn("facts/people")
    name = shape.display_name.strip()
    if not name or len(name) > 200 or ";" in name:
        raise InvalidValueException(detail="displayName: expected 1 to 200 characters without ;")
    team = team_of(name)
    others = Group.objects.exclude(pk=group.pk) if group else Group.objects.all()
    if others.filter(team=team).exists():
        raise UniquenessException(detail=f"there is a group “{name}” already")
    before = group.team if group else team
    # A team that an import brought keeps its members when the directory first names it.
    staying = set() if group else {each.pk for each in members_by_team().get(team, [])}
    group = group or Group()
    group.name, group.team, group.external_id = name, team, shape.external_id or ""
    group.save()
    _settle(before, team, staying | _wanted(shape), token)
    return group


def _wanted(shape: Any) -> set[str]:
    wanted = {each.value for each in shape.members or [] if each.value}
    known = set(users.people().filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise InvalidValueException(detail=f"members: there is no user “{min(wanted - known)}”")
    return wanted


def _settle(before: str, team: str, wanted: set[str], token: str) -> None:
    held = members_by_team()
    inside = {each.pk: each for name in {before, team} for each in held.get(name, [])}
    people = inside | {each.pk: each for each in Person.objects.filter(pk__in=wanted)}
    changed = {}
    for key, person in people.items():
        teams = [each for each in person.teams if each not in {before, team}]
        teams += [team] if key in wanted else []
        if sorted(set(teams)) != person.teams:
            changed[key] = teams
    users.record_teams(changed, token)


@transaction.atomic
def remove(group: Group, token: str) -> None:
    """Take a group away; its people are in that team no more."""
    _settle(group.team, group.team, set(), token)
    group.delete()

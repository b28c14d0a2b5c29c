"""Who sees what: everybody their own reports, supervisors those of their people, security all."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from adhere.console.models import Account
from adhere.core.models import Incident, IncidentEvent, Person

ALL = ("security", "auditor")


def latest() -> QuerySet[Incident]:
    """Each incident as known now, the unfounded too."""
    return Incident.objects.filter(superseded_by=None)


def visible(account: Account) -> QuerySet[Incident]:
    """The incidents that an account may open."""
    return latest() if account.has_role(*ALL) else latest().filter(_own(account))


def inside(account: Account, incident: Incident) -> bool:
    """Whether the account reads all of it, notes included, and not only what it reported."""
    return visible(account).filter(key=incident.key).exclude(_only_reported(account)).exists()


def _only_reported(account: Account) -> Q:
    if account.has_role(*ALL):
        return Q(pk__in=[])
    person = account.person_id or ""
    wider = _of_people(person)
    if account.has_role("data-protection"):
        wider |= _personal_data()
    return ~wider


def _own(account: Account) -> Q:
    person = account.person_id
    found = Q(reporter=person) | _of_people(person) if person else Q(pk__in=[])
    return found | _personal_data() if account.has_role("data-protection") else found


def _of_people(person: str) -> Q:
    """What people reported or did whose supervisor this is; never what is about themselves."""
    staff: Any = Person.objects.filter(supervisor=person).values("pk") if person else []
    return (Q(reporter__in=staff) | Q(subject__in=staff)) & ~Q(subject=person)


def _personal_data() -> Q:
    marked = IncidentEvent.objects.filter(incident=OuterRef("key"), kind="personal-data")
    return Q(sort="data-exposure") | Q(Exists(marked))


def supervises(account: Account, incident: Incident) -> bool:
    """Whether the account is the supervisor of who reported it."""
    person = account.person_id
    own = bool(person) and person != incident.subject
    return own and Person.objects.filter(pk=incident.reporter, supervisor=person).exists()

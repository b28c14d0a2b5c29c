"""People: the list, and one person with data, corrections, findings and acceptances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.console.access import OVERSEERS, account_of, everyone, oversees, roles
from adhere.console.lists import Column, Empty, Filter, Listing, Rows, list_page
from adhere.console.owing import owed_by
from adhere.console.showing import plain
from adhere.console.standing import open_findings
from adhere.console.words import WORST_FIRST, in_words
from adhere.core.models import Acknowledgement, FindingRecord, Person, PersonRecord


def may_see(request: HttpRequest, person: str) -> bool:
    """Whether the account may look at what concerns this person: oneself, those one
    supervises, or everybody. Nobody (an empty id) means what concerns no person.
    """
    if oversees(request):
        return True
    own = account_of(request).person
    if own is None or not person:
        return False
    return own.pk == person or Person.objects.filter(pk=person, supervisor=own.pk).exists()


def _here(rows: Rows, value: str) -> Rows:
    today = timezone.localdate()
    gone = Q(left__lt=today)
    if value == "left":
        return rows.filter(gone)
    return (
        rows.exclude(gone).filter(joined__gt=today)
        if value == "soon"
        else rows.exclude(gone).filter(joined__lte=today)
    )


def _broken() -> Coalesce:
    rows = FindingRecord.objects.filter(
        resolved_at=None, state="not-satisfied", subject_kind="person", subject_id=OuterRef("pk")
    )
    counted = rows.order_by().values("subject_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _supervisor() -> Subquery:
    return Subquery(Person.objects.filter(pk=OuterRef("supervisor")).values("name")[:1])


PEOPLE = Listing(
    name="people",
    columns=(
        Column("name", _("Name"), order=("name",)),
        Column("kind", _("Kind"), "role", order=("role",), show=lambda row: in_words(row.role)),
        Column("teams", _("Teams")),
        Column("supervisor", _("Supervisor"), "supervisor_name", order=("supervisor_name",)),
        Column("joined", _("Joined"), order=("joined",)),
        Column("left", _("Last day"), "left", order=("left",)),
        Column("broken", _("Broken clauses"), order=("broken",), number=True),
    ),
    order="name",
    search=("name", "email", "id"),
    filters=(
        Filter(
            "here",
            _("At work"),
            _here,
            lambda: [("now", _("now")), ("soon", _("soon")), ("left", _("no longer"))],
        ),
        Filter(
            "kind",
            _("Kind"),
            "role",
            lambda: [("employee", _("employee")), ("contractor", _("contractor"))],
        ),
    ),
    link=lambda row: reverse("person", args=[row.pk]),
    empty=Empty(
        _("Nobody yet"),
        _("People come from your personnel system: import them from CSV or JSON Lines."),
        _("Import people"),
        "/import/?kind=people",
    ),
)


@roles(*OVERSEERS)
def people(request: HttpRequest) -> HttpResponse:
    rows = Person.objects.annotate(broken=_broken(), supervisor_name=_supervisor())
    lead = _("Employees and contractors, as known now.")
    return list_page(PEOPLE, request, rows, title=_("People"), lead=lead)


@everyone
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    found = get_object_or_404(Person, pk=person_id)
    if not may_see(request, found.pk):
        raise PermissionDenied
    findings = sorted(
        open_findings(found.pk), key=lambda row: (WORST_FIRST.index(row.state), row.policy)
    )
    accepted = Acknowledgement.objects.filter(person=found.pk, superseded_by=None, retracted=False)
    context = {
        "person": found,
        "supervisor": Person.objects.filter(pk=found.supervisor).first(),
        "reports": Person.objects.filter(supervisor=found.pk),
        "findings": findings,
        "counts": {state: sum(row.state == state for row in findings) for state in WORST_FIRST},
        "accepted": accepted.order_by(F("happened_at").desc()),
        "owed": owed_by(found, _day()),
        "corrections": corrections(found.pk),
    }
    return render(request, "console/person.html", context)


def _day() -> date:
    return timezone.localdate()


_NAMES = {
    "name": _("Name"),
    "email": _("E-mail"),
    "role": _("Kind"),
    "supervisor": _("Supervisor"),
    "teams": _("Teams"),
    "joined": _("Joined"),
    "left": _("Last day"),
    "language": _("Language"),
}


def _changed(older: PersonRecord, newer: PersonRecord) -> Iterator[str]:
    for name, word in _NAMES.items():
        before, after = (plain(getattr(record, name)) or "–" for record in (older, newer))
        if before != after:
            yield f"{word}: {before} → {after}"


def corrections(person_id: str) -> list[dict[str, Any]]:
    """What became known of a person, and when: newest first, each with what it changed."""
    rows: QuerySet[PersonRecord] = PersonRecord.objects.filter(key=person_id).order_by("-pk")
    records = list(rows)
    events = [
        {
            "at": newer.recorded_at,
            "title": _("Corrected"),
            "text": "; ".join(_changed(older, newer)),
        }
        for newer, older in pairwise(records)
    ]
    first = records[-1:]
    return [*events, *({"at": each.recorded_at, "title": _("First recorded")} for each in first)]

"""The registers: exemptions, and who accepted which text."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adhere.console.access import OVERSEERS, roles
from adhere.console.lists import Column, Empty, Filter, Listing, Rows, list_page
from adhere.console.showing import in_language
from adhere.console.wording import wording
from adhere.core.models import Acknowledgement, Exemption, FindingRecord, Person
from adhere.core.policies import current


def _phase(row: Exemption) -> str:
    today = timezone.localdate()
    if row.until < today:
        return "ended"
    return "active" if row.start <= today else "planned"


_PHASES = {"active": _("in force"), "planned": _("planned"), "ended": _("ended")}


def _badge(row: Exemption) -> str:
    phase = _phase(row)
    colour = {"active": "state-exempt", "planned": "", "ended": ""}[phase]
    return format_html('<span class="badge {}">{}</span>', colour, _PHASES[phase])


def _in_phase(rows: Rows, value: str) -> Rows:
    today = timezone.localdate()
    if value == "ended":
        return rows.filter(until__lt=today)
    if value == "planned":
        return rows.filter(start__gt=today)
    return rows.filter(start__lte=today, until__gte=today)


def _named(field: str) -> Subquery:
    return Subquery(Person.objects.filter(pk=OuterRef(field)).values("name")[:1])


EXEMPTIONS = Listing(
    name="exemptions",
    columns=(
        Column("clause", _("Clause"), order=("clause",)),
        Column(
            "subject",
            _("Subject"),
            value=lambda row: row.subject_name or row.subject,
            order=("subject",),
        ),
        Column("phase", _("State"), value=lambda row: _PHASES[_phase(row)], show=_badge),
        Column("from", _("From"), "start", order=("start",)),
        Column("until", _("Until"), "until", order=("until",)),
        Column(
            "granted",
            _("Granted by"),
            value=lambda row: row.granter_name or row.granted_by,
            order=("granted_by",),
        ),
        Column("reason", _("Reason"), "reason", wide=True),
    ),
    order="-until",
    search=("clause", "subject", "reason", "key"),
    filters=(Filter("phase", _("State"), _in_phase, lambda: list(_PHASES.items())),),
    link=lambda row: reverse("exemption", args=[row.key]),
    empty=Empty(
        _("No exemptions"),
        _(
            "An exemption is written consent of the security team to depart from one clause, "
            "with a reason and an end."
        ),
        _("Import exemptions"),
        "/import/?kind=exemptions",
    ),
)


def _exemptions() -> Rows:
    rows = Exemption.objects.filter(superseded_by=None, retracted=False)
    return rows.annotate(subject_name=_named("subject"), granter_name=_named("granted_by"))


@roles(*OVERSEERS)
def exemptions(request: HttpRequest) -> HttpResponse:
    lead = _("Who may depart from which clause, why, until when, and who consented.")
    return list_page(EXEMPTIONS, request, _exemptions(), title=_("Exemptions"), lead=lead)


@roles(*OVERSEERS)
def exemption(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(
        _exemptions().annotate(requester_name=_named("requested_by")), key=key
    )
    policy, _sep, clause = found.clause.partition("/")
    findings = FindingRecord.objects.filter(exemption=found.key).order_by("-first_seen")
    context = {
        "exemption": found,
        "phase": _PHASES[_phase(found)],
        "policy": policy,
        "clause": clause,
        "text": _text(policy, clause),
        "findings": findings,
        "events": list(_events(found.key)),
    }
    return render(request, "console/exemption.html", context)


def _text(slug: str, clause: str) -> str:
    texts = {
        each.id: in_language(each.text, worded.language)
        for policy in current()
        if policy.source.slug == slug
        for worded in [wording(policy)]
        for each in worded.clauses
    }
    return texts.get(clause, "")


def _events(key: str) -> Any:
    rows = Exemption.objects.filter(key=key).order_by("-pk").select_related("entry")
    for row in rows:
        words = gettext("Recorded") if row.supersedes_id is None else gettext("Corrected")
        yield {"at": row.recorded_at, "title": words, "text": f"{row.start} – {row.until}"}


def _policies() -> list[tuple[str, str]]:
    return [(policy.source.slug, wording(policy).title) for policy in current()]


ACKNOWLEDGEMENTS = Listing(
    name="acknowledgements",
    columns=(
        Column(
            "person",
            _("Person"),
            value=lambda row: row.person_name or row.person,
            order=("person_name", "person"),
        ),
        Column("policy", _("Policy"), order=("policy", "version")),
        Column("version", _("Version"), order=("version",), number=True),
        Column("language", _("Language"), order=("language",)),
        Column("at", _("Accepted"), "happened_at", order=("happened_at",)),
        Column("score", _("Score"), order=("score",), number=True),
        Column(
            "sha256",
            _("Text"),
            show=lambda row: format_html('<code title="{}">{}</code>', row.sha256, row.sha256[:12]),
        ),
    ),
    order="-at",
    search=("person", "person_name", "policy", "sha256"),
    filters=(Filter("policy", _("Policy"), "policy", _policies),),
    link=lambda row: reverse("person", args=[row.person]),
    empty=Empty(
        _("No acknowledgements yet"),
        _(
            "Once somebody reads and accepts a policy, the exact text, its language and the time "
            "stand here."
        ),
        _("To the policies"),
        "/policy/",
    ),
)


@roles(*OVERSEERS)
def acknowledgements(request: HttpRequest) -> HttpResponse:
    rows = Acknowledgement.objects.filter(superseded_by=None, retracted=False)
    lead = _("Who has read, understood and accepted which exact text.")
    return list_page(
        ACKNOWLEDGEMENTS,
        request,
        rows.annotate(person_name=_named("person")),
        title=_("Acknowledgements"),
        lead=lead,
    )

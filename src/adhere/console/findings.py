"""The findings: all of them as a list, and one with everything behind it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from adhere.console.access import OVERSEERS, everyone, oversees, roles
from adhere.console.facts import resolve
from adhere.console.lists import Column, Empty, Filter, Listing, list_page
from adhere.console.people import may_see
from adhere.console.showing import in_language
from adhere.console.templatetags.console import state_badge, strength_badge
from adhere.console.wording import wording
from adhere.console.words import (
    STATE_WORDS,
    WORST_FIRST,
    in_words,
    state_choices,
    strength_choices,
)
from adhere.core.areas import checks
from adhere.core.models import Exemption, FindingRecord, Run
from adhere.core.policies import current

_RANK = Case(
    *(When(state=state, then=Value(place)) for place, state in enumerate(WORST_FIRST)),
    default=Value(len(WORST_FIRST)),
)


def _kinds() -> list[tuple[str, str]]:
    kinds = FindingRecord.objects.filter(resolved_at=None).values_list("subject_kind", flat=True)
    return [(kind, in_words(kind)) for kind in sorted(set(kinds.distinct()))]


def _policies() -> list[tuple[str, str]]:
    return [(policy.source.slug, wording(policy).title) for policy in current()]


def _kind(row: FindingRecord) -> str:
    return "" if row.subject_kind == "person" else in_words(row.subject_kind)


def _clause(row: FindingRecord) -> str:
    return format_html(
        '<a href="{}">{}</a><br><span class="faint small nowrap">{}</span>',
        reverse("clause", args=[row.policy, row.clause]),
        row.clause,
        row.policy,
    )


FINDINGS = Listing(
    name="findings",
    columns=(
        Column("subject", _("Subject"), "subject_name", order=("subject_name",), note=_kind),
        Column(
            "clause",
            _("Clause"),
            value=lambda row: f"{row.policy}/{row.clause}",
            order=("policy", "clause"),
            show=_clause,
        ),
        Column(
            "state",
            _("State"),
            order=("rank", "policy", "clause", "subject_name"),
            show=lambda row: state_badge(row.state),
        ),
        Column(
            "strength",
            _("Strength"),
            order=("strength",),
            show=lambda row: strength_badge(row.strength),
        ),
        Column("since", _("Since"), order=("since",)),
        Column("why", _("Why"), show=lambda row: in_language(row.why, "en"), wide=True),
    ),
    order="state",
    search=("subject_name", "subject_id", "clause", "why"),
    filters=(
        Filter("state", _("State"), "state", state_choices),
        Filter("policy", _("Policy"), "policy", _policies),
        Filter("strength", _("Strength"), "strength", strength_choices),
        Filter("kind", _("Kind of subject"), "subject_kind", _kinds),
        Filter("clause", _("Clause"), "clause", hidden=True),
        Filter("subject", _("Subject"), "subject_id", hidden=True),
    ),
    link=lambda row: reverse("finding", args=[row.pk]),
    empty=Empty(
        _("No findings yet"),
        _("A finding is the verdict for one clause and one subject. Judge once to see them."),
        _("To the runs"),
        "/runs/",
    ),
)


@roles(*OVERSEERS)
def findings(request: HttpRequest) -> HttpResponse:
    rows: QuerySet[Any, Any] = FindingRecord.objects.filter(resolved_at=None).annotate(rank=_RANK)
    return list_page(
        FINDINGS,
        request,
        rows,
        "console/findings.html",
        run=Run.objects.first(),
    )


@everyone
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One verdict: why, by which facts, since when, and what it was before."""
    found = get_object_or_404(FindingRecord, pk=pk)
    if not may_see(request, found.subject_id if found.subject_kind == "person" else ""):
        raise PermissionDenied
    context = {
        "finding": found,
        "clause": _clause_text(found),
        "check": checks().get(found.check_name),
        "facts": resolve(found.facts),
        "overseer": oversees(request),
        "exemption": _exemption(found),
        "history": [_event(each) for each in history(found)],
    }
    return render(request, "console/finding.html", context)


def _clause_text(found: FindingRecord) -> str:
    for policy in current():
        if policy.source.slug == found.policy:
            worded = wording(policy)
            return next(
                (
                    in_language(each.text, worded.language)
                    for each in worded.clauses
                    if each.id == found.clause
                ),
                "",
            )
    return ""


def _exemption(found: FindingRecord) -> Exemption | None:
    if not found.exemption:
        return None
    return Exemption.objects.filter(key=found.exemption).order_by("-pk").first()


def history(found: FindingRecord) -> QuerySet[FindingRecord]:
    """Every verdict on the same clause and subject by the same check, newest first."""
    return FindingRecord.objects.filter(
        policy=found.policy,
        clause=found.clause,
        check_name=found.check_name,
        subject_kind=found.subject_kind,
        subject_id=found.subject_id,
    ).order_by("-first_seen", "-pk")


def _event(row: FindingRecord) -> dict[str, Any]:
    return {
        "at": row.first_seen,
        "title": STATE_WORDS[row.state],
        "text": in_language(row.why, "en"),
        "state": row.state,
        "url": reverse("finding", args=[row.pk]),
    }

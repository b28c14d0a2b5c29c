"""One search for everything: policies, clauses, people, findings."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from adhere.console.access import everyone, oversees
from adhere.console.policy_pages import whose
from adhere.console.showing import in_language
from adhere.console.standing import open_findings
from adhere.console.wording import wording
from adhere.core.models import Person
from adhere.core.policies import current

SHOWN = 12
LONGEST = 200


@dataclass(frozen=True)
class Hit:
    title: str
    text: str
    url: str
    state: str = ""


@everyone
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST].replace("\x00", "")
    groups = []
    if words:
        found = (
            (_("Clauses"), clauses(words)),
            (_("People"), people(words) if oversees(request) else []),
            (_("Findings"), findings(words, whose(request))),
        )
        groups = [(title, hits) for title, hits in found if hits]
    return render(request, "console/search.html", {"search_words": words, "groups": groups})


def clauses(words: str) -> list[Hit]:
    """The clauses that hold every word."""
    wanted = words.lower().split()
    hits = [
        Hit(
            in_language(clause.text, worded.language),
            in_language(f"{worded.title} · {clause.heading}", worded.language),
            reverse("clause", args=[worded.slug, clause.id]),
        )
        for worded in map(wording, current())
        for clause in worded.clauses
        if all(word in f"{clause.text} {clause.id} {clause.heading}".lower() for word in wanted)
    ]
    return hits[:SHOWN]


def people(words: str) -> list[Hit]:
    found = Person.objects.filter(_every(words, "name", "email", "id"))
    return [Hit(each.name, each.email, reverse("person", args=[each.pk])) for each in found[:SHOWN]]


def findings(words: str, person: str | None) -> list[Hit]:
    rows = open_findings(person).filter(
        _every(words, "subject_name", "subject_id", "clause", "why")
    )
    return [
        Hit(
            f"{row.subject_name}: {row.clause}",
            in_language(row.why, "en"),
            reverse("finding", args=[row.pk]),
            row.state,
        )
        for row in rows.order_by("state", "policy", "clause", "subject_name")[:SHOWN]
    ]


def _every(words: str, *fields: str) -> Q:
    wanted = Q()
    for word in words.split():
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        wanted &= one
    return wanted

"""A policy with the verdict of each sentence in its margin, and what lies behind a verdict."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adhere.console.access import account_of, everyone, oversees
from adhere.console.framing import framed
from adhere.console.icons import icon
from adhere.console.owing import accepted_versions
from adhere.console.standing import ClauseStanding, PolicyStanding, rows_of, standings
from adhere.console.timing import Moment, moment_of
from adhere.console.words import STATE_ICONS, STATE_WORDS
from adhere.core.models import PolicyVersion
from adhere.core.parameters import as_written
from adhere.documents.policy import SourceClause
from adhere.documents.policy import render as render_text

SHOWN = 100


def whose(request: HttpRequest) -> str | None:
    """Whose findings a page may show: everybody's, or one's own."""
    if oversees(request):
        return None
    person = account_of(request).person
    return person.pk if person else ""


@everyone
def policies(request: HttpRequest) -> HttpResponse:
    moment = moment_of(request)
    person = account_of(request).person
    context = {
        "moment": moment,
        "standings": standings(moment, whose(request)),
        "accepted": accepted_versions(person.pk) if person else set(),
        "own": not oversees(request),
    }
    return render(request, "console/policies.html", context)


@everyone
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    moment = moment_of(request)
    standing = _standing(request, slug, moment)
    context = {
        "moment": moment,
        "standing": standing,
        "policy": standing.policy,
        "own": not oversees(request),
        "text": framed(annotated(standing, moment)),
        "today": timezone.localdate(),
    }
    return render(request, "console/policy.html", context)


def annotated(standing: PolicyStanding, moment: Moment) -> str:
    """The policy's text, a verdict after each clause that is bound to a check."""
    bound = {each.clause.id: each for each in standing.clauses}

    def verdict(clause: SourceClause) -> str:
        found = bound.get(clause.id)
        return margin(standing.slug, found, moment) if found else ""

    return render_text(standing.wording, verdict)


def margin(slug: str, found: ClauseStanding, moment: Moment) -> str:
    """The verdict as a link; htmx opens it beside the text, without script it is a page."""
    url = reverse("clause", args=[slug, found.clause.id]) + moment.query
    return format_html(
        '<a class="verdict state-{}" lang="{}" href="{}" hx-get="{}" hx-target="#sheet-body">'
        '{}<span>{}</span><span class="verdict-count">{}</span></a>',
        found.state,
        get_language(),
        url,
        url,
        icon(STATE_ICONS[found.state]),
        STATE_WORDS[found.state],
        _count(found),
    )


def _count(found: ClauseStanding) -> str:
    if found.subjects < 2:
        return ""
    mine = found.counts.get(found.state, 0)
    return _("%(some)s of %(all)s") % {"some": mine, "all": found.subjects}


@everyone
def clause(request: HttpRequest, slug: str, clause_id: str) -> HttpResponse:
    """What lies behind a verdict: the checks, their parameters, each subject and its facts."""
    moment = moment_of(request)
    standing = _standing(request, slug, moment)
    found = standing.clause(clause_id)
    if found is None:
        raise Http404
    rows = rows_of(moment, slug, clause_id, whose(request))
    context = {
        "moment": moment,
        "standing": standing,
        "clause": found,
        "rows": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "checks": [(each.check, parameters_of(each)) for each in found.bindings],
        "own": not oversees(request),
    }
    partial = getattr(request, "htmx", None) and request.htmx.target == "sheet-body"  # type: ignore[attr-defined]
    name = "console/components/clause.html" if partial else "console/clause.html"
    response = render(request, name, context)
    response.headers["Vary"] = "Cookie, HX-Request, HX-Target"
    return response


def parameters_of(binding: object) -> dict[str, str]:
    """A binding's parameters as the policy writes them."""
    return dict(as_written(binding.parameters))  # type: ignore[attr-defined]


def _standing(request: HttpRequest, slug: str, moment: Moment) -> PolicyStanding:
    if not PolicyVersion.objects.filter(policy=slug).exists():
        raise Http404
    found = [each for each in standings(moment, whose(request)) if each.slug == slug]
    if not found:
        raise Http404
    return found[0]

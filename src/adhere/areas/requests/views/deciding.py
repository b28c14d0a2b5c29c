"""One request: what is asked, what was decided, and what may be done next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.requests import telling
from adhere.areas.requests.listings import prepare, title_of
from adhere.areas.requests.views.common import found_request, person_of, told
from adhere.areas.requests.words import DECISIONS, SORTS, TEMPLATES, badge
from adhere.console.access import account_of, everyone
from adhere.console.wording import wording
from adhere.core.exempting import may_grant
from adhere.core.models import Request
from adhere.core.policies import current
from adhere.core.recording import Origin
from adhere.core.requesting import consent, end, refuse, withdraw
from adhere.errors import Problem


@everyone
def show(request: HttpRequest, key: str) -> HttpResponse:
    """A request with its decisions, for those it concerns and who oversees."""
    found: Any = found_request(request, key)
    prepare([found])
    context = {
        "asked": found,
        "title": title_of(found),
        "sort": SORTS[found.sort],
        "template": TEMPLATES.get(found.template, ""),
        "badge": badge(found.state),
        "subject": found.names.get(found.subject, found.subject),
        "asker": found.names.get(found.requested_by, found.requested_by),
        "clauses": list(_clauses(found)),
        "events": list(_events(found)),
        "missing": found.persons - len(found.consents),
        "renewals": Request.objects.filter(renews=found.key),
        **_may(request, found),
    }
    return render(request, "requests/request.html", context)


def _may(request: HttpRequest, found: Any) -> dict[str, bool]:
    account = account_of(request)
    own = account.person_id or ""
    security = may_grant(own, timezone.now())
    opened, asker = found.state == "open", own == found.requested_by
    barred = {found.subject, found.requested_by, *(made.by for made in found.consents)}
    return {
        "may_consent": opened and security and own not in barred,
        "may_refuse": opened and security,
        "may_withdraw": opened and asker,
        "may_end": found.state == "consented" and (security or asker),
        "may_renew": found.state in {"consented", "expired", "ended"} and bool(own),
    }


def _clauses(found: Request) -> Iterator[dict[str, str]]:
    texts = {
        f"{policy.source.slug}/{clause.id}": (clause.text, worded.language)
        for policy in current()
        for worded in [wording(policy)]
        for clause in worded.clauses
    }
    for each in found.clauses:
        text, language = texts.get(each, ("", ""))
        policy, _sep, clause = each.partition("/")
        yield {"policy": policy, "clause": clause, "text": text, "language": language}


def _events(found: Any) -> Iterator[dict[str, Any]]:
    asker = found.names.get(found.requested_by, found.requested_by)
    yield {"at": found.requested_at, "title": _("Asked by %(who)s") % {"who": asker}}
    for made in found.decisions.all():
        title = _("%(what)s by %(who)s") % {
            "what": DECISIONS[made.decision],
            "who": found.names.get(made.by, made.by),
        }
        state = {"consent": "satisfied", "refuse": "not-satisfied"}.get(made.decision, "")
        yield {"at": made.at, "title": title, "text": made.text, "state": state}


@everyone
@require_POST
def decide(request: HttpRequest, key: str, decision: str) -> HttpResponse:
    """Consent, refuse, withdraw or end; who may is held by the service."""
    found_request(request, key)
    person, text = person_of(request), request.POST.get("text", "")[:4000]
    origin = Origin("page", person.pk)
    acts = {
        "consent": lambda: consent(key, origin, text),
        "refuse": lambda: refuse(key, origin, text),
        "withdraw": lambda: withdraw(key, origin),
        "end": lambda: end(key, origin, text),
    }
    if decision not in acts:
        raise Http404("no such decision")
    try:
        acts[decision]()
    except Problem as problem:
        messages.error(request, told(problem))
    else:
        telling.tell_concerned.enqueue(key, decision, person.pk)
        messages.success(request, _("Your decision is recorded."))
    return redirect("requests:request", key=key)

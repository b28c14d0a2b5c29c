"""Who has read and understood which policy, who has not, and a word to those."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from adhere.areas.conduct import listing, nudging
from adhere.areas.conduct.terms import Terms, all_terms, terms_of
from adhere.console.access import OVERSEERS, account_of, roles
from adhere.console.lists import list_page
from adhere.console.wording import wording


@roles(*OVERSEERS)
def index(request: HttpRequest) -> HttpResponse:
    """Every policy that has to be accepted, with how many have."""
    today = timezone.localdate()
    rows = [
        {
            "slug": terms.slug,
            "title": wording(terms.policy).title,
            "version": terms.policy.version,
            "counts": listing.counts(terms, today),
        }
        for terms in all_terms()
    ]
    return render(request, "conduct/overview.html", {"policies": rows})


@roles(*OVERSEERS)
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody at work, with what they accepted and by when they have to."""
    terms = _found(slug)
    today = timezone.localdate()
    return list_page(
        listing.people_of(terms),
        request,
        listing.people(terms, today),
        "conduct/understood.html",
        terms=terms,
        title=wording(terms.policy).title,
        version=terms.policy.version,
        counts=listing.counts(terms, today),
        remind_url=_with_query(reverse("conduct:remind", args=[slug]), request),
        may_remind=account_of(request).has_role("security"),
    )


@roles("security")
@require_POST
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Remind everybody on the list, as it is narrowed, who has still to accept."""
    terms = _found(slug)
    rows = listing.people_of(terms).narrowed(request, listing.people(terms, timezone.localdate()))
    account = account_of(request)
    told = nudging.remind(terms, rows, account.person_id or account.email)
    messages.success(
        request,
        ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", told) % {"n": told}
        if told
        else _("Nobody on this list is left to remind today."),
    )
    return redirect(_with_query(reverse("conduct:understood", args=[slug]), request))


def _with_query(address: str, request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _found(slug: str) -> Terms:
    terms = terms_of(slug)
    if terms is None:
        raise Http404("nobody has to accept this policy")
    return terms

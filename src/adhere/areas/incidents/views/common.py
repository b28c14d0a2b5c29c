"""What several pages of this area need."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from adhere.areas.incidents.seeing import visible
from adhere.console.access import account_of
from adhere.console.showing import in_language
from adhere.core.models import Incident
from adhere.errors import Problem


def found_incident(request: HttpRequest, key: str) -> Incident:
    """The incident of an address, or no page: nobody learns which ones there are."""
    found = visible(account_of(request)).filter(key=key).first()
    if found is None:
        raise Http404("no such incident")
    return found


def me(request: HttpRequest) -> str:
    """Who acts: the person's id, or the account's address."""
    account = account_of(request)
    return account.person_id or account.email


def told(problem: Problem) -> str:
    """What went wrong, for a page; the problem's own words are English."""
    message = in_language(problem.message, "en")
    if not problem.expected:
        return message
    expected = in_language(problem.expected, "en")
    return format_html("{}; {}: {}", message, _("expected"), expected)


def tried(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do something and say that it is done, or why not."""
    try:
        act()
    except Problem as problem:
        messages.error(request, told(problem))
        return False
    messages.success(request, done)
    return True

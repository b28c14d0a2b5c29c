"""What several pages of this area need."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from adhere.areas.requests.words import SORTS
from adhere.console.access import account_of, oversees
from adhere.console.showing import in_language
from adhere.core.models import Person, Request
from adhere.errors import Problem


def person_of(request: HttpRequest) -> Person:
    """The person behind the account, or no page: only people ask and decide."""
    person = account_of(request).person
    if person is None:
        raise Http404("this account belongs to nobody who works here")
    return person


def found_request(request: HttpRequest, key: str) -> Request:
    """The request of an address for those it concerns and who oversees; else no page."""
    found = Request.objects.filter(key=key).first()
    own = account_of(request).person_id
    if found is None or not (oversees(request) or own in {found.requested_by, found.subject}):
        raise Http404("no such request")
    return found


def known_sort(sort: str) -> str:
    """A kind of request from an address, or no page."""
    if sort not in SORTS:
        raise Http404("no such kind of request")
    return sort


def told(problem: Problem) -> str:
    """What went wrong, for a page; the problem's own words are English."""
    message = in_language(problem.message, "en")
    if not problem.expected:
        return message
    return format_html("{}; {}: {}", message, _("expected"), in_language(problem.expected, "en"))

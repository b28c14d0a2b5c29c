"""What several pages of this area need."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from adhere.areas.clean_desk.models import WorkplaceRecord, current
from adhere.areas.clean_desk.planning import floors, may_walk
from adhere.areas.clean_desk.walking import Walk, walk_of
from adhere.console.access import account_of
from adhere.console.showing import in_language
from adhere.errors import Problem

PLANNERS = ("security",)


def recorder_of(request: HttpRequest) -> str:
    """Who records: the person, or the account's address where it has none."""
    account = account_of(request)
    return account.person_id or account.email


def walks_here(request: HttpRequest, floor: str) -> bool:
    """Whether the account walks rounds of a floor: the security team, or on its rota."""
    account = account_of(request)
    return account.has_role(*PLANNERS) or may_walk(account.person_id or "", floor)


def found_walk(request: HttpRequest, day: str, floor: str) -> Walk:
    """The round of an address, for those who walk it; auditors may read."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise Http404("no such day") from None
    if floor not in floors():
        raise Http404("no such floor")
    reading = request.method in {"GET", "HEAD"} and account_of(request).has_role("auditor")
    if not (walks_here(request, floor) or reading):
        raise PermissionDenied
    return walk_of(floor, when)


def found_workplace(place: str) -> WorkplaceRecord:
    """The workplace of an address, or no page."""
    found: WorkplaceRecord | None = current(WorkplaceRecord).filter(place=place).first()
    if found is None:
        raise Http404("no such workplace")
    return found


def told(problem: Problem) -> str:
    """What went wrong, for a page; the problem's own words are English."""
    message = in_language(problem.message, "en")
    if not problem.expected:
        return message
    expected = in_language(problem.expected, "en")
    return format_html("{}; {}: {}", message, _("expected"), expected)

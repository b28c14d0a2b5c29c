"""What several pages of this area need."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from adhere.areas.training.arranging import plan_of, session_of
from adhere.areas.training.models import TrainingSession
from adhere.console.access import account_of
from adhere.console.showing import in_language
from adhere.core.models import Person
from adhere.errors import Problem

PLANNERS = ("security", "administrator")


def found_session(key: str) -> TrainingSession:
    """The session of an address, or no page."""
    session = session_of(key)
    if session is None:
        raise Http404("no such session")
    return session


def person_of(request: HttpRequest) -> Person:
    """The person behind the account, or no page: an account may stand without one."""
    person = account_of(request).person
    if person is None:
        raise Http404("this account belongs to nobody who works here")
    return person


def may_take(request: HttpRequest, session: TrainingSession) -> bool:
    """Whether the account records attendance here: the security team, or the session's trainer."""
    account = account_of(request)
    own = account.person_id is not None and plan_of(session.key).trainer_id == account.person_id
    return own or account.has_role("security")


def told(problem: Problem) -> str:
    """What went wrong, for a page; the problem's own words are English."""
    message = in_language(problem.message, "en")
    if not problem.expected:
        return message
    expected = in_language(problem.expected, "en")
    return format_html("{}; {}: {}", message, _("expected"), expected)

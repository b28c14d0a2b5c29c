"""What several pages of this area need."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from adhere.areas.visitors.models import Desk
from adhere.console.access import account_of, public
from adhere.console.showing import in_language
from adhere.errors import Problem

DESK = ("front-desk", "security")
SETTERS = ("security", "administrator")
COOKIE = "adhere-desk"
View = Callable[..., HttpResponse]


def recorder_of(request: HttpRequest) -> str:
    """Who acts: a person, an account without one, or the tablet at the door."""
    if not request.user.is_authenticated:
        return "desk"
    return account_of(request).person_id or account_of(request).email


def at_desk(request: HttpRequest) -> bool:
    """Whether the account runs the desk."""
    return request.user.is_authenticated and account_of(request).has_role(*DESK)


def told(problem: Problem) -> str:
    """What went wrong, for a page; the problem's own words are English."""
    message = in_language(problem.message, "en")
    if not problem.expected:
        return message
    expected = in_language(problem.expected, "en")
    return format_html("{}; {}: {}", message, _("expected"), expected)


def digest(secret: str) -> str:
    """What is kept of a tablet's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def desk_of(request: HttpRequest) -> Desk | None:
    """The tablet that asks, while it is not revoked."""
    secret = request.COOKIES.get(COOKIE, "")
    return Desk.objects.filter(secret_sha256=digest(secret)).first() if secret else None


def desk_only(view: View) -> View:
    """A paired tablet, or somebody of the front desk; the tablet needs no sign-in of a person."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not at_desk(request) and desk_of(request) is None:
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return public(guarded)

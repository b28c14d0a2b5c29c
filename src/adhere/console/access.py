"""Denies by default. Every view says who may open it: ``@public``, ``@everyone`` or ``@roles``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from adhere.console.models import Account

View = Callable[..., HttpResponse]
MUST_SET_UP: Final = "must-set-up"  # in a session: no page before there is a way to sign in

# Those who look at how the whole company keeps its policies; auditors come with any role.
OVERSEERS: Final = ("security", "data-protection", "administrator")
# What an auditor may send: only what concerns the own sign-in.
OWN_MATTERS: Final = ("/sign-in/", "/sign-out/", "/accounts/", "/theme/", "/account/")
ASKED_FOR: Final = "/audit/make/"  # evidence to take along: it changes no record


def public(view: View) -> View:
    """Anybody may open the page, signed in or not."""
    view.decided = "public"  # type: ignore[attr-defined]
    return login_not_required(view)


def everyone(view: View) -> View:
    """Every signed-in person may open the page; it shows them their own things only."""
    view.decided = "everyone"  # type: ignore[attr-defined]
    return view


def sign_in_required(get_response: Callable[[HttpRequest], HttpResponse]) -> View:
    """Middleware: every page wants a sign-in that has not ended; ``@public`` opens one."""
    required = LoginRequiredMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if account_of(request).ended(timezone.now()):
                logout(request)
            elif _forbidden_to_auditors(request):
                raise PermissionDenied
            elif MUST_SET_UP in request.session and not request.path.startswith(OWN_MATTERS):
                return HttpResponseRedirect("/account/set-up/")
        return cast("HttpResponse", required(request))

    middleware.process_view = required.process_view  # type: ignore[attr-defined]
    return middleware


def _forbidden_to_auditors(request: HttpRequest) -> bool:
    """An auditor reads: nothing that changes anything, whatever the page would allow."""
    reading = request.method in {"GET", "HEAD", "OPTIONS"}
    return (
        not reading
        and account_of(request).only_audits
        and not request.path.startswith((*OWN_MATTERS, ASKED_FOR))
    )


def account_of(request: HttpRequest) -> Account:
    """The signed-in account."""
    return cast("Account", request.user)


def oversees(request: HttpRequest) -> bool:
    """Whether the account may look at everybody's findings."""
    return account_of(request).has_role(*OVERSEERS, "auditor")


def roles(*allowed: str) -> Callable[[View], View]:
    """Only these roles may see the page; auditors may read every page that asks for a role."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            reading = request.method in {"GET", "HEAD"}
            wanted = {*allowed, "auditor"} if reading else set(allowed)
            if not account_of(request).has_role(*wanted):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.decided = allowed  # type: ignore[attr-defined]
        return guarded

    return wrap

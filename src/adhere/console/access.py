"""Denies by default: a page is for signed-in people unless it says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from adhere.console.models import Account

View = Callable[..., HttpResponse]
public = login_not_required


def sign_in_required(get_response: Callable[[HttpRequest], HttpResponse]) -> View:
    """Middleware: every page wants a sign-in that has not ended; ``@public`` opens one."""
    required = LoginRequiredMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and account_of(request).ended(timezone.now()):
            logout(request)
        return cast("HttpResponse", required(request))

    middleware.process_view = required.process_view  # type: ignore[attr-defined]
    return middleware


def account_of(request: HttpRequest) -> Account:
    """The signed-in account."""
    return cast("Account", request.user)


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

        return guarded

    return wrap

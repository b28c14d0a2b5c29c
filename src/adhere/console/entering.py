"""Signing in and out: password, passkey, or a link that works once."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from adhere.console import links
from adhere.console.access import MUST_SET_UP, everyone, public
from adhere.console.credentials import has_credential
from adhere.console.mailing import can_mail, send_link
from adhere.console.models import Account, OneTimeLink

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):  # type: ignore[misc]
    """The page with every way in."""

    template_name = "console/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "can_mail": can_mail()}


sign_in = public(SignIn.as_view())


@public
@require_POST
def mail_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail; the answer is the same whether there is such an account."""
    address = request.POST.get("email", "").strip().lower()
    account = Account.objects.filter(email=address, is_active=True).first()
    if account and can_mail() and not links.too_many(account, timezone.now()):
        send_link.enqueue(account.pk)
    messages.info(request, _("If this address has an account, a sign-in link is on its way to it."))
    return redirect("account_login")


@public
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def use_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button only, since mail scanners follow links; POST uses the link."""
    now = timezone.now()
    link = links.link_of(token, now)
    if link is None:
        response = render(request, "console/sign_in_link_over.html", status=410)
    elif request.method == "POST" and links.consume(link, now):
        response = _enter(request, link)
    else:
        response = render(request, "console/sign_in_link.html", {"account": link.account})
    # Not "no-referrer": browsers then send "Origin: null" with the form, and CSRF refuses it.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _enter(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    account = link.account
    ready = has_credential(account)
    after = "/" if ready else "/account/set-up/"
    if request.user.is_authenticated and request.user != account:
        logout(request)
    if link.trusted:
        login(request, account, backend=BACKEND)
        record_authentication(request, account, method="link")
        response: HttpResponse = redirect(after)
    else:
        flow = Login(user=account, redirect_url=after, email=account.email)
        response = perform_login(request, flow)
    if not ready and account.postponed_at:
        request.session[MUST_SET_UP] = True
    return response


@everyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("account_login")

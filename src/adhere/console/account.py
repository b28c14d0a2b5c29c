"""One's own account: ways to sign in, where one is signed in, language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.console.access import MUST_SET_UP, account_of, everyone
from adhere.console.credentials import has_credential, passkeys

SIGNED_IN_AT = "signed-in-at"
BROWSER = "browser"


@everyone
def my_account(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    others = Authenticator.objects.filter(user=account).in_bulk(field_name="pk").values()
    return render(
        request,
        "console/account.html",
        {
            "passkeys": passkeys(account),
            "totp": any(each.type == Authenticator.Type.TOTP for each in others),
            "recovery": any(each.type == Authenticator.Type.RECOVERY_CODES for each in others),
            "languages": settings.LANGUAGES,
            "sessions": sessions_of(account.pk, request.session.session_key or ""),
        },
    )


@everyone
def set_up(request: HttpRequest) -> HttpResponse:
    """Asks for a way to sign in next time; one may put it off once."""
    account = account_of(request)
    if has_credential(account):
        request.session.pop(MUST_SET_UP, None)
        return redirect("home")
    if request.method == "POST" and account.postponed_at is None:
        account.postponed_at = timezone.now()
        account.save(update_fields=["postponed_at"])
        return redirect("home")
    return render(request, "console/set_up.html", {"may_wait": account.postponed_at is None})


@dataclass(frozen=True)
class SignedIn:
    """A browser that is signed in."""

    key: str
    browser: str
    since: datetime | None
    current: bool


def sessions_of(account_id: int, current: str) -> list[SignedIn]:
    """Where an account is signed in, the present browser first."""
    found = list(_sessions(account_id, current))
    return sorted(found, key=lambda each: (not each.current, each.browser))


def _sessions(account_id: int, current: str) -> Iterator[SignedIn]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(account_id):
            since = kept.get(SIGNED_IN_AT)
            yield SignedIn(
                session.session_key,
                kept.get(BROWSER, ""),
                datetime.fromisoformat(since) if since else None,
                session.session_key == current,
            )


@everyone
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    account = account_of(request)
    current = request.session.session_key or ""
    others = [each.key for each in sessions_of(account.pk, current) if not each.current]
    Session.objects.filter(pk__in=others).delete()
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("my-account")


def _remember(sender: object, request: HttpRequest | None, **rest: object) -> None:
    if request is not None:
        request.session[SIGNED_IN_AT] = timezone.now().isoformat()
        request.session[BROWSER] = browser_name(request.headers.get("User-Agent", ""))


user_logged_in.connect(_remember, dispatch_uid="console-sessions")


def browser_name(agent: str) -> str:
    """``Firefox, Linux`` for what a browser calls itself, which holds more than anyone needs."""
    browsers = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
    systems = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")
    browser = next((name for name in browsers if name in agent), "")
    system = next((name for name in systems if name in agent), "")
    names = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}
    return ", ".join(names.get(name, name) for name in (browser, system) if name)

"""Ways in and out. Of allauth only what is listed here exists; nobody can sign up."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from adhere.console import account, entering
from adhere.console.access import everyone, public
from adhere.console.theme import language, theme


@public
def closed(request: HttpRequest, **given: Any) -> HttpResponse:
    """Something allauth has an address for and Adhere does not offer."""
    raise Http404


@everyone
def back(request: HttpRequest) -> HttpResponse:
    """allauth's overview pages: ours shows the same and more."""
    return redirect("my-account")


urlpatterns = [
    path("sign-in/", entering.sign_in, name="account_login"),
    path("sign-in/mail/", entering.mail_link, name="mail-link"),
    path("sign-in/link/<str:token>/", entering.use_link, name="sign-in-link"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("theme/", theme, name="theme"),
    path("account/language/", language, name="language"),
    path("account/", account.my_account, name="my-account"),
    path("account/set-up/", account.set_up, name="set-up"),
    path("account/sessions/end/", account.end_other_sessions, name="end-sessions"),
    path("accounts/logout/", public(account_views.logout), name="account_logout"),
    path("accounts/inactive/", public(account_views.account_inactive), name="account_inactive"),
    path("accounts/signup/", closed, name="account_signup"),
    path("accounts/email/", closed, name="account_email"),
    path("accounts/password/reset/", closed, name="account_reset_password"),
    path(
        "accounts/reauthenticate/",
        everyone(account_views.reauthenticate),
        name="account_reauthenticate",
    ),
    path(
        "accounts/password/change/",
        everyone(account_views.password_change),
        name="account_change_password",
    ),
    path(
        "accounts/password/set/", everyone(account_views.password_set), name="account_set_password"
    ),
    path("accounts/2fa/", back, name="mfa_index"),
    path("accounts/2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("accounts/2fa/reauthenticate/", everyone(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("accounts/2fa/totp/activate/", everyone(totp.activate_totp), name="mfa_activate_totp"),
    path(
        "accounts/2fa/totp/deactivate/", everyone(totp.deactivate_totp), name="mfa_deactivate_totp"
    ),
    path(
        "accounts/2fa/recovery-codes/",
        everyone(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "accounts/2fa/recovery-codes/generate/",
        everyone(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accounts/2fa/recovery-codes/download/",
        everyone(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("accounts/2fa/webauthn/", back, name="mfa_list_webauthn"),
    path("accounts/2fa/webauthn/add/", everyone(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "accounts/2fa/webauthn/reauthenticate/",
        everyone(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "accounts/2fa/webauthn/keys/<int:pk>/remove/",
        everyone(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "accounts/2fa/webauthn/keys/<int:pk>/edit/",
        everyone(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "accounts/2fa/webauthn/login/", public(webauthn.login_webauthn), name="mfa_login_webauthn"
    ),
]

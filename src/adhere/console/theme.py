"""How the pages look in one browser and speak to one account; set by plain forms."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from adhere.console.access import account_of, everyone

COOKIE = "theme"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 60 * 60


def theme_of(request: HttpRequest) -> str:
    """What the person chose; nothing means as their system prefers."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""


@everyone
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(next_page(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            COOKIE, chosen, YEAR, samesite="Lax", httponly=True, secure=settings.SECURE
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


@everyone
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The account's choice for its pages; nothing means that of the person again.

    The cookie brings the same language to the sign-in page of this browser.
    """
    response = HttpResponseRedirect(next_page(request))
    account = account_of(request)
    chosen = request.POST.get("language", "")
    account.language = chosen if chosen in dict(settings.LANGUAGES) else ""
    account.save(update_fields=["language"])
    if account.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, YEAR, samesite="Lax", secure=settings.SECURE
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    return response


def next_page(request: HttpRequest, otherwise: str = "/") -> str:
    """The page of ours that the form names as next."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else otherwise

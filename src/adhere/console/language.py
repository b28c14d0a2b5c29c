"""Which language the pages speak: the account's choice, the person's, the browser's, English."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from adhere.console.access import account_of
from adhere.console.models import Account


def language_of(account: Account) -> str:
    """What an account chose, else the language of its person; empty where neither is ours."""
    wanted = (account.language, account.person.language if account.person else "")
    return next((each for each in wanted if each in dict(settings.LANGUAGES)), "")


def spoken(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware, after authentication: every page in one language, and its headers say which."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = language_of(account_of(request)) if request.user.is_authenticated else ""
        # Until the request is finished, since what is streamed is made after this has returned.
        translation.activate(chosen or translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return middleware


def _forget(**rest: object) -> None:
    translation.deactivate()


request_finished.connect(_forget, dispatch_uid="console-language")

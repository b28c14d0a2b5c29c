"""Which text a visitor means, whether they may read it, and whether they have it already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation.trans_real import parse_accept_lang_header

from adhere import __version__
from adhere.console.published.showing import Shown
from adhere.console.theme import theme_of
from adhere.core.models import Controller, Policy, PolicyText
from adhere.core.publishing import newest

PUBLIC = "public"
MINUTE = 60


def shown(
    request: HttpRequest, slug: str, number: int | None = None, language: str | None = None
) -> Shown:
    """The text at an address; without a language the one the visitor's browser asks for."""
    current = newest(slug)
    texts = PolicyText.objects.filter(version__policy=slug).select_related("version__policy")
    if current is None:
        raise Http404(slug)
    texts = texts.filter(version__number=current.number if number is None else number)
    by_language = {text.language: text for text in texts}
    if not by_language:
        raise Http404(f"{slug} has no version {number}")
    if language is None:
        base = next(iter(by_language.values())).version.language
        language = preferred(request, by_language, base)
    if language not in by_language:
        raise Http404(f"{slug} is not in {language}")
    return Shown(by_language[language], current)


def preferred(request: HttpRequest, offered: Collection[str], otherwise: str) -> str:
    """The first offered language that the browser asks for."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for tag, _ in wanted:
        if tag[:2] in offered:
            return tag[:2]
    return otherwise


def refused(request: HttpRequest, policy: Policy) -> HttpResponse | None:
    """The way to the sign-in, where a stranger asks for what is not for everybody."""
    if policy.audience == PUBLIC or request.user.is_authenticated:
        return None
    return redirect_to_login(request.get_full_path())


def kept(
    request: HttpRequest, found: Shown, form: str, build: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answers ``304`` where the visitor has this very page; else builds it, with its ETag."""
    parts = [
        __version__,
        form,
        found.text.sha256,
        str(found.current.pk),
        found.version.policy.audience,
        theme_of(request),
        *_company(),
    ]
    etag = '"' + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32] + '"'
    changed = int(found.current.published_at.timestamp())
    answer = get_conditional_response(request, etag=etag, last_modified=changed)
    if answer is None:
        answer = build()
        answer["ETag"] = etag
        answer["Last-Modified"] = http_date(changed)
    public = found.version.policy.audience == PUBLIC and not request.user.is_authenticated
    patch_cache_control(answer, max_age=MINUTE, **{"public" if public else "private": True})
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


def _company() -> list[str]:
    company = Controller.current()
    return [company.name, company.registration, company.address, company.email, company.website]

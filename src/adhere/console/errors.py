"""Error pages: what happened, in plain words, and the way out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from adhere.console.access import public


@public
def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "console/errors/403.html", status=403)


@public
def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of this browser: mostly a page that stood open too long."""
    return render(request, "console/errors/form.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "console/errors/404.html", status=404)


@public
def unusable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request may be unusable before anybody has asked for its language."""
    if not hasattr(request, "LANGUAGE_CODE"):
        translation.activate(translation.get_language_from_request(request))
    return render(request, "console/errors/400.html", status=400)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Whatever failed may fail again, so this page asks nothing of the database."""
    return HttpResponse(render_to_string("console/errors/500.html"), status=500)

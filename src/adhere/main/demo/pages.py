"""The website of the fictitious company, at ``/demo/``: three still pages."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from adhere.console.access import public

SITE = Path(__file__).with_name("site")
_TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8"}
_TYPES |= {".svg": "image/svg+xml"}
_FILES = {file.name: file for file in SITE.iterdir() if file.suffix in _TYPES}
# A site of its own: only what lies beside its pages, and what the edge hands out.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@public
@require_safe
def show(request: HttpRequest, name: str = "index.html") -> HttpResponse:
    """A page of the site, or a file beside it."""
    if name not in _FILES:
        raise Http404("no such page")
    file = _FILES[name]
    response = HttpResponse(file.read_bytes(), content_type=_TYPES[file.suffix])
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "no-cache"
    return response


urlpatterns = [
    path("", show, name="demo"),
    path("<str:name>", show, name="demo-page"),
]

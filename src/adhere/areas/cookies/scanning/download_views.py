"""What a scan leaves, as files: its report, its traffic, its pictures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from adhere.areas.cookies.readers import KEEPERS
from adhere.areas.cookies.scan_models import Scan
from adhere.areas.cookies.scanning import files
from adhere.console.access import roles


@roles(*KEEPERS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The report in one of its forms, or the traffic."""
    found = get_object_or_404(Scan, pk=pk)
    name = f"scan-{found.site}-{found.started:%Y-%m-%d}"
    if kind == "json":
        return _answer(found.report, "application/json", f"{name}.json", attached=True)
    paper = files.paper(pk, kind)
    if paper is None:
        raise Http404(_("There is no such file."))
    return _answer(paper, files.PAPERS[kind], f"{name}.{kind}", attached=True)


@roles(*KEEPERS)
def picture(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A screenshot."""
    found = files.picture(pk, name)
    if found is None:
        raise Http404(_("This picture is no longer kept."))
    return _answer(found[0], found[1], name)


def _answer(body: str | bytes, kind: str, name: str, *, attached: bool = False) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    how = "attachment" if attached else "inline"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

"""A text on paper: numbered pages, its version and its SHA-256 on each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from adhere.console.published import showing
from adhere.console.published.finding import PUBLIC
from adhere.core.models import Controller, PolicyText, PolicyVersion


def as_pdf(found: showing.Shown, what: str) -> bytes:
    """The PDF of a text (``policy``) or of what its version changed (``changes``)."""
    company = Controller.current()
    key = (company.name, company.registration, company.address, company.email, company.website)
    return _drawn(found.text.pk, found.text.sha256, found.current.pk, what, key)


@lru_cache(maxsize=32)
def _drawn(text: int, sha256: str, current: int, what: str, company: tuple[str, ...]) -> bytes:
    # The arguments are what the paper depends on, so that the same one is drawn once.
    found = showing.Shown(
        PolicyText.objects.select_related("version__policy").get(pk=text),
        PolicyVersion.objects.get(pk=current),
    )
    context = showing.page(found)
    context |= {"controller": Controller.current(), "public": PUBLIC}
    with translation.override(found.language):
        page = render_to_string(f"published/print_{what}.html", context)
    return draw(page)


def draw(page: str, style: str = "published/print.css") -> bytes:
    """HTML as PDF/UA; fetches nothing from anywhere."""
    from weasyprint import CSS, HTML

    sheet = finders.find(style)
    assert isinstance(sheet, str)  # noqa: S101 - it is shipped
    return bytes(
        HTML(string=page, url_fetcher=_nothing).write_pdf(
            stylesheets=[CSS(string=Path(sheet).read_text())], pdf_variant="pdf/ua-1"
        )
    )


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a policy on paper loads nothing from elsewhere: {url}")

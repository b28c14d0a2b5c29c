"""A visitor's badge as a PDF label, with the code that signs its bearer out."""

from __future__ import annotations

from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from adhere.areas.visitors.models import Stay, VisitRecord
from adhere.core.models import Controller, Person


def label(visit: VisitRecord, stay: Stay) -> bytes:
    """The label, 89 by 51 mm."""
    address = settings.URL + reverse("visitors:leave", args=[stay.secret])
    context = {
        "visit": visit,
        "host": Person.objects.filter(pk=visit.host).first(),
        "controller": Controller.current(),
        "picture": segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="white"),
    }
    return _pdf(render_to_string("visitors/label.html", context))


def _pdf(html: str) -> bytes:
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    sheet = Path(__file__).parent / "static" / "visitors" / "label.css"
    # The code is drawn into the page; nothing is fetched from anywhere.
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    return bytes(page.write_pdf(stylesheets=[CSS(string=sheet.read_text())]))

"""A certificate of attendance as PDF, with what is needed to check it against the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from adhere.areas.training.arranging import plan_of, session_of
from adhere.areas.training.models import ATTENDED, Attendance, current
from adhere.core.models import Controller, Person


def attended_record(session: str, person: str) -> Attendance | None:
    """The record that somebody attended a session that stands."""
    found: Attendance | None = (
        current(Attendance)
        .select_related("entry")
        .filter(session=session, person=person, outcome=ATTENDED)
        .first()
    )
    return found


def certificate(record: Attendance, person: Person) -> bytes:
    """The PDF, in the person's language."""
    session = session_of(record.session)
    context = {
        "controller": Controller.current(),
        "person": person,
        "session": session,
        "plan": plan_of(record.session),
        "record": record,
        "entry": record.entry,
        "commitment": bytes(record.entry.commitment).hex(),
    }
    with translation.override(person.language):
        return _pdf(render_to_string("training/certificate.html", context))


def _pdf(html: str) -> bytes:
    from weasyprint import CSS, HTML

    sheet = Path(__file__).parent / "static" / "training" / "certificate.css"
    page = HTML(string=html, url_fetcher=_nothing_outside)
    return bytes(
        page.write_pdf(stylesheets=[CSS(string=sheet.read_text())], pdf_variant="pdf/ua-1")
    )


def _nothing_outside(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a certificate fetches nothing: {url}")

"""Values as a page or a spreadsheet shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def shown(value: Any) -> str:
    """A value for people: a moment in the company's time zone, a day, yes or no, a list."""
    if value is None or value == "":
        return format_html('<span class="faint" aria-label="{}">–</span>', _("nothing"))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or shown(None)
    return value if isinstance(value, str) else str(value)


def in_language(text: str, language: str) -> str:
    """Words in a language of their own say so where the page speaks another (WCAG 3.1.2)."""
    if not text or language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


def moment(value: datetime) -> str:
    """A time as HTML, exact for machines and to the minute for people."""
    local = timezone.localtime(value)
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        formats.date_format(local, _("j M Y H:i")),
    )


def day(value: date) -> str:
    """A day as HTML."""
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>',
        value.isoformat(),
        formats.date_format(value, _("j M Y")),
    )


def plain(value: Any) -> str:
    """A value for a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ";".join(map(str, value))
    return str(value)

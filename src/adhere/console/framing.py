"""A policy's text as the console shows it: wide tables scroll by themselves, not the page."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def framed(html: str) -> SafeString:
    """Sanitised HTML with each table in a frame that the keyboard can scroll."""
    parts = html.split("<table")
    whole = parts[0]
    for number, part in enumerate(parts[1:], 1):
        label = escape(_("Table %(number)d") % {"number": number})
        frame = f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">'
        whole += f"{frame}<table{part.replace('</table>', '</table></div>', 1)}"
    return mark_safe(whole)  # noqa: S308  (what came in was sanitised)

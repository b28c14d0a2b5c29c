"""The banner that only shows: for a preview, and for a notice of the past."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from adhere.areas.cookies.config import configuration
from adhere.areas.cookies.edging.packing import built


def shown_script(content: dict[str, Any], sha256: str, *, one_language: bool = False) -> str:
    """The built banner with a notice's content; it stores and sends nothing.

    With ``one_language`` it offers no other, which would be fetched as it is today.
    """
    script = built("banner")
    if script is None:
        raise Http404(_("The banner is not built here."))
    value = configuration(content, sha256, settings.URL, shown=True)
    if one_language:
        value = {**value, "ls": []}
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    return f"{script.decode().rstrip()}\n({text})\n"

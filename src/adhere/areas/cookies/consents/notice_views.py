"""What a visitor saw: a notice rendered again from its kept content, and nothing else."""

from __future__ import annotations

import json
from hashlib import sha256 as hashed
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from adhere.areas.cookies import words
from adhere.areas.cookies.edging.packing import JAVASCRIPT, built
from adhere.areas.cookies.models import Notice
from adhere.areas.cookies.readers import KEEPERS
from adhere.areas.cookies.shown import shown_script
from adhere.console.access import roles


@roles(*KEEPERS)
def seen(request: HttpRequest, sha256: str) -> HttpResponse:
    """Both layers of the banner in the words that stood there."""
    notice = get_object_or_404(Notice.objects.select_related("entry"), pk=sha256)
    content = json.loads(notice.content)
    said = words.words(words.BASE) | content["words"]
    context = {
        "notice": notice,
        "content": content,
        "language_name": words.name_of(notice.language),
        "direction": "rtl" if words.right_to_left(notice.language) else "ltr",
        "purposes": [_with_trackers(each, content) for each in content["purposes"]],
        "asked": [each for each in content["purposes"] if not each["necessary"]],
        "links": [(said.get(name, name), url) for name, url in _linked(content)],
        "exact": hashed(notice.content.encode()).hexdigest() == notice.sha256,
        "live": built("banner") is not None,
        "words": said,
        "others": Notice.objects.filter(site=notice.site, number=notice.number).order_by(
            "language"
        ),
    }
    return render(request, "cookies/consents/notice.html", context)


@roles(*KEEPERS)
def live(request: HttpRequest, sha256: str) -> HttpResponse:
    """The same notice in the banner itself, which only shows here."""
    notice = get_object_or_404(Notice, pk=sha256)
    return render(request, "cookies/consents/live.html", {"notice": notice})


@roles(*KEEPERS)
def banner(request: HttpRequest, sha256: str) -> HttpResponse:
    """The built banner with a kept notice; it stores and sends nothing."""
    notice = get_object_or_404(Notice, pk=sha256)
    script = shown_script(json.loads(notice.content), notice.sha256, one_language=True)
    return HttpResponse(script.encode(), content_type=JAVASCRIPT)


def _linked(content: dict[str, Any]) -> list[tuple[str, str]]:
    names = ("policy", "privacy", "rights", "contact")
    return [(name, url) for name in names if (url := content["links"].get(name))]


def _with_trackers(purpose: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    mine = [each for each in content["trackers"] if each["purpose"] == purpose["slug"]]
    return {**purpose, "trackers": mine}

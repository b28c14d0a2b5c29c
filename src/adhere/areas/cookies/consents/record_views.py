"""The list of records, and one of them with everything that proves it."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.areas.cookies.consents import naming, proving, standing
from adhere.areas.cookies.consents.listing import RECORDS, cannot_be, found_by
from adhere.areas.cookies.consents.naming import METHOD_WORDS, STATE_WORDS, Purposes
from adhere.areas.cookies.consents.standing import Choice
from adhere.areas.cookies.models import ConsentRecord, Notice
from adhere.areas.cookies.readers import READERS
from adhere.console.access import roles
from adhere.console.lists import list_page
from adhere.errors import Problem

STATE_LOOKS = {
    "given": ("state-satisfied", "check"),
    "refused": ("", "cross"),
    "withdrawn": ("state-exempt", "minus"),
    "expired": ("state-unknown", "clock"),
    "necessary": ("", "lock"),
}


@roles(*READERS)
def records(request: HttpRequest) -> HttpResponse:
    """All records; search by the beginning of an id or subject key."""
    rows = found_by(ConsentRecord.objects.select_related("entry"), request.GET.get("q", ""))
    rows = rows.none() if cannot_be(request.GET) else rows
    return list_page(RECORDS, request, rows, "cookies/consents/records.html")


@roles(*READERS)
def record(request: HttpRequest, pk: str) -> HttpResponse:
    """One answer: what was said, what holds today, what was shown, what proves it."""
    found = _found(pk)
    history = standing.history_of(found)
    context = {
        "record": found,
        **shown_of(found, history),
        "place": proving.place_of(found),
        "commitment": bytes(found.entry.commitment).hex(),
    }
    return render(request, "cookies/consents/record.html", context)


def shown_of(record: ConsentRecord, history: list[ConsentRecord]) -> dict[str, Any]:
    """What a page says about a record and those before and after it."""
    known = naming.purposes()
    notice = Notice.objects.filter(pk=record.notice).first()
    return {
        "choices": choice_rows(record, history, known),
        "method": METHOD_WORDS[record.method],
        "site_title": naming.site_titles().get(record.site, record.site),
        "language_name": naming.language_name(record.language),
        "notice": notice,
        "events": events_of(history, record, known),
        "answers": len(history),
    }


def choice_rows(
    record: ConsentRecord, history: list[ConsentRecord], known: Purposes
) -> list[dict[str, Any]]:
    """Each choice as the table of a record's page shows it, vendors below their purpose."""
    rows = []
    for choice in standing.choices(record, history, timezone.now()):
        necessary = choice.key in known.necessary
        state = "necessary" if necessary else choice.state
        look, icon = STATE_LOOKS[state]
        rows.append(
            {
                "choice": choice,
                "title": known.title(choice.key),
                "state": STATE_WORDS[state],
                "look": look,
                "icon": icon,
                "necessary": necessary,
                "order": _order(choice, known),
            }
        )
    return sorted(rows, key=lambda row: row["order"])


def _order(choice: Choice, known: Purposes) -> tuple[int, str]:
    slug = choice.key.partition(":")[0]
    titles = list(known.titles)
    return (titles.index(slug) if slug in titles else len(titles), choice.key)


def events_of(
    history: list[ConsentRecord], current: ConsentRecord | None, known: Purposes
) -> list[dict[str, Any]]:
    """A subject's answers for a timeline, the newest first."""
    sites = naming.site_titles()
    return [
        {
            "at": each.at,
            "title": f"{METHOD_WORDS[each.method]} · {sites.get(each.site, each.site)}",
            "text": _given_words(each, known)
            + (" — " + _("this record") if current and each.pk == current.pk else ""),
            "url": "" if current and each.pk == current.pk else _url(each),
            "state": "exempt" if each.method == "withdraw" else "",
        }
        for each in reversed(history)
    ]


def _url(record: ConsentRecord) -> str:
    return reverse("cookies:consent-record", args=[record.pk])


def _given_words(record: ConsentRecord, known: Purposes) -> str:
    given = [
        known.title(key)
        for key, value in record.purposes.items()
        if value and ":" not in key and key not in known.necessary
    ]
    return _("gave %s") % ", ".join(given) if given else _("gave nothing")


@roles(*READERS)
def verify(request: HttpRequest, pk: str) -> HttpResponse:
    """Verify a record here and now, and say what was looked at."""
    found = _found(pk)
    steps = proving.verify(found)
    context = {
        "record": found,
        "steps": steps,
        "at": timezone.now(),
        "wrong": [step for step in steps if step.outcome == proving.WRONG],
        "open": [step for step in steps if step.outcome == proving.OPEN],
    }
    part = bool(getattr(request, "htmx", None))
    name = "verified_part.html" if part else "verified.html"
    return render(request, f"cookies/consents/{name}", context)


@roles(*READERS)
def receipt(request: HttpRequest, pk: str) -> HttpResponse:
    """A copy of the receipt, without the visitor's read token."""
    found = _found(pk)
    try:
        text = json.dumps(proving.receipt_of(found), indent=1, ensure_ascii=False)
    except Problem as problem:
        raise Http404(str(problem)) from problem
    return _file(text + "\n", "application/ld+json", f"receipt-{found.pk}.json")


@roles(*READERS)
def inclusion(request: HttpRequest, pk: str) -> HttpResponse:
    """The inclusion proof as C2SP tlog-proof."""
    found = _found(pk)
    place = proving.place_of(found)
    if not place.proof:
        raise Http404(_("The ledger has not taken this record in yet."))
    return _file(place.proof, "text/plain; charset=utf-8", f"leaf-{place.index}.tlog-proof")


def _found(pk: str) -> ConsentRecord:
    return get_object_or_404(ConsentRecord.objects.select_related("entry"), pk=pk)


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response

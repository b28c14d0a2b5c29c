"""Until when answers stand, who is asked again, and what is purged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.areas.cookies.consents import charts, naming
from adhere.areas.cookies.consents.erasing import due_now
from adhere.areas.cookies.consents.expiring import Outlook, last_purge, outlooks
from adhere.areas.cookies.consents.periods import Stretch
from adhere.areas.cookies.readers import READERS
from adhere.console.access import roles


@roles(*READERS)
def expiry(request: HttpRequest) -> HttpResponse:
    """All websites: how many answers stand, when they end, what the newest notice asks again."""
    now = timezone.now()
    found = outlooks(now)
    known = naming.purposes()
    context = {
        "sites": [
            {
                "outlook": each,
                "again": [(known.title(slug), number) for slug, number in _asked(each, known)],
                "due": due_now(each.site, now),
                "chart": _chart(each),
            }
            for each in found
        ],
        "purge": last_purge(),
    }
    return render(request, "cookies/consents/expiry.html", context)


def _asked(outlook: Outlook, known: naming.Purposes) -> list[tuple[str, int]]:
    order = {slug: place for place, slug in enumerate(known.titles)}
    asked = [(slug, number) for slug, number in outlook.again.items() if number]
    return sorted(asked, key=lambda each: order.get(each[0], len(order)))


def _chart(outlook: Outlook) -> dict[str, Any] | None:
    """One bar a month, from now on as far as any answer stands."""
    if not outlook.standing:
        return None
    first = timezone.localdate().replace(day=1)
    months = [first]
    while months[-1] < max(outlook.ends):
        months.append(_next(months[-1]))
    stretches = [Stretch(month, _next(month) - timedelta(days=1)) for month in months]
    numbers = [outlook.ends[month] for month in months]
    told = [
        charts.Told(stretch.words, "", [], _("%d answers end") % number)
        for stretch, number in zip(stretches, numbers, strict=True)
    ]
    return {
        "id": f"ends-{outlook.site.slug}",
        "drawings": charts.bars([numbers], stretches, told),
        "legend": [],
        "head": [_("answers that end")],
        "rows": [(each.words, [number]) for each, number in zip(stretches, numbers, strict=True)],
    }


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)

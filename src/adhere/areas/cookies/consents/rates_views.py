"""How visitors answer, over time: the page of charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.areas.cookies.consents import charts, naming, periods, rates
from adhere.areas.cookies.consents.counting import Said, counted
from adhere.areas.cookies.consents.naming import METHOD_WORDS, Purposes
from adhere.areas.cookies.consents.periods import Period
from adhere.areas.cookies.consents.rates import Rate, Series, Sum
from adhere.areas.cookies.models import METHODS
from adhere.areas.cookies.readers import READERS
from adhere.console.access import roles

BY = ("purpose", "language", "version", "site", "method")
_NEEDS = {"language": "language", "version": "notice"}
Namer = Callable[[str], str]


@dataclass(frozen=True)
class Chosen:
    """What the request asks to see."""

    period: Period
    by: str
    site: str
    purpose: str


@roles(*READERS)
def overview(request: HttpRequest) -> HttpResponse:
    """Rates by purpose, language, version, site or method, and how many answered."""
    sites = naming.site_titles()
    purposes = naming.purposes()
    chosen = _chosen(request, sites, purposes)
    period = chosen.period
    sums = list(counted(period.first, period.last, chosen.site, _NEEDS.get(chosen.by, "")))
    found, name = _series(chosen, sums, purposes, sites)
    context = {
        "chosen": chosen,
        "fixed": [(each, word, _url(request, period=each)) for each, (_n, word) in _fixed()],
        "groups": [(each, _group_words()[each], _url(request, by=each)) for each in BY],
        "sites": sites,
        "purposes": [(slug, purposes.titles[slug]) for slug in purposes.asked],
        "needs_purpose": chosen.by not in {"purpose", "method"},
        "total": sum(number for _said, number in sums),
        "tiles": _tiles(sums, chosen),
        "rates": _rate_chart(found, name, chosen),
        "volume": _volume_chart(sums, chosen),
    }
    return render(request, "cookies/consents/overview.html", context)


def _chosen(request: HttpRequest, sites: dict[str, str], purposes: Purposes) -> Chosen:
    by, site = request.GET.get("by", ""), request.GET.get("site", "")
    purpose = request.GET.get("purpose", "")
    usual = "analytics" if "analytics" in purposes.asked else (purposes.asked or [""])[0]
    return Chosen(
        periods.period_of(request.GET, timezone.localdate()),
        by if by in BY else BY[0],
        site if site in sites else "",
        purpose if purpose in purposes.asked else usual,
    )


def _fixed() -> Sequence[tuple[str, tuple[int, Any]]]:
    return list(periods.FIXED.items())


def _group_words() -> dict[str, str]:
    return {
        "purpose": _("Purpose"),
        "language": _("Language"),
        "version": _("Notice version"),
        "site": _("Website"),
        "method": _("Method"),
    }


def _url(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name in ("from", "until") if "period" in changed else ():
        query.pop(name, None)
    for name, value in changed.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"


def _series(
    chosen: Chosen, sums: list[Sum], purposes: Purposes, sites: dict[str, str]
) -> tuple[list[Series], Namer]:
    """The series of the chosen grouping, and how each is called."""
    by_key = partial(rates.by_key, sums, chosen.period, chosen.purpose)
    if chosen.by == "purpose":
        return rates.by_purpose(sums, chosen.period, purposes.asked), purposes.title
    if chosen.by == "method":
        found = rates.by_method(sums, chosen.period, METHODS)
        return found, lambda key: str(METHOD_WORDS[key])
    if chosen.by == "language":
        return by_key(lambda said: said.language), _or_others(naming.language_name)
    if chosen.by == "site":
        return by_key(lambda said: said.site), _or_others(lambda key: sites.get(key, key))
    known = naming.versions()
    alone = len({site for site, _number in known.values()}) == 1 or bool(chosen.site)

    def version(said: Said) -> str:
        site, number = known.get(said.notice, (said.site, 0))
        return naming.version_word(site, number, alone=alone)

    return by_key(version), _or_others(str)


def _or_others(name: Namer) -> Namer:
    return lambda key: _("others") if key == rates.OTHERS else name(key)


def _tiles(sums: list[Sum], chosen: Chosen) -> list[tuple[str, str, str]]:
    """Value, label, and the records behind it."""
    numbers = dict.fromkeys(METHODS, 0)
    for said, number in sums:
        numbers[said.method] = numbers.get(said.method, 0) + number
    asked = sum(number for method, number in numbers.items() if method != rates.WITHDRAW)
    tiles = [(f"{asked}", _("answers"), _records_url(chosen))]
    for method in ("accept", "save", "reject", "gpc"):
        share = Rate(numbers[method], asked).percent
        tiles.append((share, str(METHOD_WORDS[method]), _records_url(chosen, method=method)))
    withdrawn = str(numbers[rates.WITHDRAW])
    url = _records_url(chosen, method=rates.WITHDRAW)
    return [*tiles, (withdrawn, str(_("withdrawals")), url)]


def _records_url(chosen: Chosen, stretch: periods.Stretch | None = None, **more: str) -> str:
    first = stretch.first if stretch else chosen.period.first
    last = stretch.last if stretch else chosen.period.last
    query = {"from": first.isoformat(), "until": last.isoformat(), "site": chosen.site, **more}
    kept = {name: value for name, value in query.items() if value}
    return f"{reverse('cookies:consent-records')}?{urlencode(kept)}"


def _rate_chart(found: list[Series], name: Namer, chosen: Chosen) -> dict[str, Any]:
    names = [name(each.key) for each in found]
    stretches = chosen.period.stretches
    rows, told = [], []
    for at, stretch in enumerate(stretches):
        column = [each.rates[at] for each in found]
        # Rates of purposes share their answers; those of languages add up.
        answers = (max if chosen.by in {"purpose", "method"} else sum)(
            [rate.whole for rate in column] or [0]
        )
        said = [
            (number, f"{names[number - 1]} {rate.percent}")
            for number, rate in enumerate(column, 1)
            if rate.whole
        ]
        last = _("%d records") % answers if chosen.by == "method" else _("%d answers") % answers
        told.append(charts.Told(stretch.words, _records_url(chosen, stretch), said, last))
        rows.append((stretch.words, [*(rate.percent for rate in column), answers]))
    return {
        "id": "rates",
        "drawings": charts.lines(found, stretches, told),
        "legend": [
            (number, label, each.total.percent, each.total)
            for number, (label, each) in enumerate(zip(names, found, strict=True), 1)
        ],
        "head": [*names, _("records") if chosen.by == "method" else _("answers")],
        "rows": rows,
    }


def _volume_chart(sums: list[Sum], chosen: Chosen) -> dict[str, Any]:
    stretches = chosen.period.stretches
    numbers = {method: [0] * len(stretches) for method in METHODS}
    for each, number in sums:
        numbers[each.method][chosen.period.index(each.day)] += number
    shown = [method for method in METHODS if any(numbers[method])]
    stacks = [numbers[method] for method in shown]
    names = [str(METHOD_WORDS[method]) for method in shown]
    rows, told = [], []
    for at, stretch in enumerate(stretches):
        column = [stack[at] for stack in stacks]
        said = [
            (number, f"{names[number - 1]} {each}") for number, each in enumerate(column, 1) if each
        ]
        last = _("%d records") % sum(column)
        told.append(charts.Told(stretch.words, _records_url(chosen, stretch), said, last))
        rows.append((stretch.words, [*column, sum(column)]))
    legend = [
        (number, label, sum(stack), None)
        for number, (label, stack) in enumerate(zip(names, stacks, strict=True), 1)
    ]
    return {
        "id": "volume",
        "drawings": charts.bars(stacks, stretches, told),
        "legend": legend,
        "head": [*names, _("records")],
        "rows": rows,
    }

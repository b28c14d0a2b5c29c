"""The list of records: search by id or subject key, filters, export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from adhere.areas.cookies.consents import naming
from adhere.areas.cookies.edging.notices import after_months
from adhere.areas.cookies.models import ConsentRecord
from adhere.console.lists import Column, Empty, Filter, Listing, Rows
from adhere.console.showing import shown
from adhere.core.recording import start_of

_KEY = re.compile(r"[0-9a-f]{4,32}")
SHORT = 8
DAY = timedelta(days=1)


def found_by(rows: Rows, words: str) -> Rows:
    """The records whose id or subject begins so; by the indexes, so quick among a million."""
    key = words.strip().lower()
    if not key:
        return rows
    if not _KEY.fullmatch(key):
        return rows.none()
    return rows.filter(
        Q(pk__gte=key, pk__lt=f"{key}g") | Q(subject__gte=key, subject__lt=f"{key}g")
    )


def _of_purpose(rows: Rows, value: str) -> Rows:
    slug, _dot, state = value.rpartition(".")
    if not re.fullmatch(r"[a-z0-9-]{1,40}", slug) or state not in {"given", "refused"}:
        return rows.none()
    return rows.filter(**{f"purposes__{slug}": state == "given"})


def _purpose_choices() -> Iterable[tuple[str, str]]:
    known = naming.purposes()
    for slug in known.asked:
        for state in ("given", "refused"):
            yield f"{slug}.{state}", f"{known.titles[slug]}: {naming.STATE_WORDS[state]}"


def _standing(rows: Rows, value: str) -> Rows:
    later = Exists(ConsentRecord.objects.filter(subject=OuterRef("subject"), at__gt=OuterRef("at")))
    now = timezone.now()
    # The times of answering say little new, but the order by them begins at the right place.
    shortest, longest = naming.lasting()
    if value == "expired":
        return rows.filter(~later, expires_at__lte=now, at__lte=after_months(now, -shortest) + DAY)
    return rows.filter(~later, expires_at__gt=now, at__gt=after_months(now, -longest) - DAY)


def _by_method(rows: Rows, value: str) -> Rows:
    # Nobody withdraws before they answered, and answers after others have an index of their own.
    rows = rows.filter(previous__gt="") if value == "withdraw" else rows
    return rows.filter(method=value)


def _turn(rows: Rows, value: str) -> Rows:
    # As the partial index of these has it: few are not a browser's first.
    return rows.filter(previous__gt="") if value == "later" else rows.filter(previous="")


def _since(rows: Rows, value: str) -> Rows:
    days = {"1": 1, "7": 7, "30": 30, "90": 90, "365": 365}.get(value)
    return rows.filter(at__gte=timezone.now() - timedelta(days=days)) if days else rows


def _from(rows: Rows, value: str) -> Rows:
    day = _day(value)
    return rows.filter(at__gte=start_of(day)) if day else rows.none()


def _until(rows: Rows, value: str) -> Rows:
    day = _day(value)
    return rows.filter(at__lt=start_of(day + timedelta(days=1))) if day else rows.none()


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def cannot_be(choices: Mapping[str, str]) -> bool:
    """Whether the choices contradict each other, so that no record has all of them."""
    method, state = choices.get("method"), choices.get("choice", "").rpartition(".")[2]
    if (method, choices.get("turn")) == ("withdraw", "first"):
        return True
    return (method, state) in {
        ("accept", "refused"), ("reject", "given"), ("gpc", "given"),
    }  # fmt: skip


def _languages() -> Iterable[tuple[str, str]]:
    return [(code, naming.language_name(code)) for code in naming.languages()]


def prepare(rows: list[Any]) -> None:
    """The words that the rows of one page need."""
    known, sites, versions = naming.purposes(), naming.site_titles(), naming.versions()
    for row in rows:
        number = versions.get(row.notice, ("", 0))[1]
        row.site_title = sites.get(row.site, row.site)
        row.version = number
        row.given = _said(row, known, given=True)
        row.refused = _said(row, known, given=False)


def _said(row: ConsentRecord, known: naming.Purposes, *, given: bool) -> list[str]:
    """The purposes that were given or refused; what needs no consent and vendors left out."""
    plain = [key for key, value in row.purposes.items() if value is given and ":" not in key]
    order = list(known.titles)
    asked = [key for key in plain if key not in known.necessary]
    asked.sort(key=lambda key: (order.index(key) if key in order else len(order), key))
    return [known.title(key) for key in asked]


def _few(titles: list[str], others: list[str]) -> str:
    """The purposes of a cell; short where they are all there are."""
    if not titles:
        return shown(None)
    return ", ".join(titles) if others or len(titles) == 1 else str(_("everything"))


def line(row: Any) -> dict[str, Any]:
    """A record as an object, for JSON Lines."""
    return {
        "id": row.pk,
        "site": row.site,
        "notice": row.notice,
        "version": row.version,
        "language": row.language,
        "method": row.method,
        "purposes": row.purposes,
        "subject": row.subject,
        "previous": row.previous,
        "family": row.family,
        "at": _iso(row.at),
        "expires_at": _iso(row.expires_at),
        "leaf": row.entry.index,
    }


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()


STANDING: tuple[tuple[str, str | Promise], ...] = (
    ("stands", _("Still stands")),
    ("expired", _("Expired")),
)
TURNS: tuple[tuple[str, str | Promise], ...] = (
    ("first", _("The browser’s first")),
    ("later", _("Replaces an earlier answer")),
)
RECORDS = Listing(
    name="consents",
    columns=(
        Column("at", _("Answered"), order=("at",)),
        Column("site", _("Website"), "site_title"),
        Column("method", _("Method"), lambda row: str(naming.METHOD_WORDS[row.method])),
        Column("given", _("Given"), "given", show=lambda row: _few(row.given, row.refused)),
        Column("refused", _("Refused"), "refused", show=lambda row: _few(row.refused, row.given)),
        Column("language", _("Language"), "language"),
        Column("version", _("Notice version"), "version", number=True),
        Column("expires_at", _("Until"), "expires_at"),
        Column("subject", _("Subject key"), "subject", show=lambda row: row.subject[:SHORT] + "…"),
        Column("id", _("Record"), "pk", show=lambda row: row.pk[:12] + "…"),
    ),
    order="-at",
    most=500,
    search=("id", "subject"),
    filters=(
        Filter("site", _("Website"), "site", choices=lambda: naming.site_titles().items()),
        Filter("language", _("Language"), "language", choices=_languages),
        Filter("method", _("Method"), _by_method, choices=naming.METHOD_WORDS.items),
        Filter("choice", _("Purpose"), _of_purpose, choices=_purpose_choices),
        Filter("standing", _("Today"), _standing, choices=lambda: STANDING),
        Filter("turn", _("Answer"), _turn, choices=lambda: TURNS),
        Filter("since", _("Period"), _since, choices=lambda: (
            ("1", _("Last 24 hours")), ("7", _("7 days")), ("30", _("30 days")),
            ("90", _("90 days")), ("365", _("12 months")),
        )),
        Filter("from", _("From"), _from, hidden=True),
        Filter("until", _("Until"), _until, hidden=True),
    ),
    link=lambda row: reverse("cookies:consent-record", args=[row.pk]),
    empty=Empty(
        _("Nobody has answered yet"),
        _("Each answer of a visitor appears here, refusals as well, with its proof."),
    ),
    prepare=prepare,
    lines=line,
)  # fmt: skip

"""The lists of this area: sessions, and who stands how with a programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.areas.training.models import ATTENDED, Attendance, Plan, SignUp, current
from adhere.areas.training.programmes import Owed, programme_names
from adhere.console.lists import Column, Empty, Filter, Listing
from adhere.console.showing import in_language
from adhere.console.templatetags.console import state_badge
from adhere.console.words import in_words, state_choices

WHEN = {"coming": _("Still to come"), "past": _("Past"), "cancelled": _("Cancelled")}


def _when(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    now = timezone.now()
    chosen = {
        "coming": Q(cancelled=False, ends_at__gte=now),
        "past": Q(cancelled=False, ends_at__lt=now),
        "cancelled": Q(cancelled=True),
    }
    return rows.filter(chosen[value]) if value in chosen else rows


def _prepare_sessions(rows: list[Any]) -> None:
    keys = [row.key for row in rows]
    plans = Plan.objects.in_bulk(keys)
    signed = _counted(SignUp.objects.filter(session__in=keys))
    came = _counted(current(Attendance).filter(session__in=keys, outcome=ATTENDED))
    for row in rows:
        row.place = plans[row.key].place if row.key in plans else ""
        row.signed_up = signed.get(row.key, 0)
        row.attended = came.get(row.key, 0)
        row.state_word = str(WHEN["cancelled"]) if row.cancelled else _past_word(row)


def _past_word(row: Any) -> str:
    now = timezone.now()
    if row.starts_at <= now <= row.ends_at:
        return str(_("Now"))
    return str(WHEN["past"] if row.ends_at < now else WHEN["coming"])


def _counted(rows: QuerySet[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key in rows.values_list("session", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return counts


SESSIONS = Listing(
    name="training-sessions",
    columns=(
        Column("title", _("Session"), order=("title",)),
        Column("programme", _("Programme"), order=("programme",)),
        Column("starts_at", _("Begins"), order=("starts_at",)),
        Column("place", _("Place")),
        Column("state", _("State"), "state_word"),
        Column("signed_up", _("Signed up"), number=True),
        Column("attended", _("Attended"), number=True),
    ),
    order="-starts_at",
    search=("title", "programme", "key"),
    filters=(
        Filter(
            "programme",
            _("Programme"),
            "programme",
            choices=lambda: [(name, name) for name in programme_names()],
        ),
        Filter("when", _("When"), _when, choices=lambda: list(WHEN.items())),
    ),
    link=lambda row: reverse("training:session", args=[row.key]),
    empty=Empty(
        _("No sessions yet"),
        _("Sessions appear here once the security team plans one or imports them."),
    ),
    prepare=_prepare_sessions,
)


def people_of(programme: str, found: Iterable[Owed]) -> Listing:
    """The list of people of one programme, with how each stands."""
    stands = {each.person: each for each in found}

    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(pk__in=[each.person for each in stands.values() if each.state == value])

    def prepare(rows: list[Any]) -> None:
        for row in rows:
            owed = stands.get(row.pk)
            row.state = owed.state if owed else "unknown"
            row.why = owed.why if owed else ""
            row.due = owed.due if owed else None

    return Listing(
        name="training-people",
        columns=(
            Column("name", _("Name"), order=("name",)),
            Column("role", _("Kind"), order=("role",), show=lambda row: in_words(row.role)),
            Column("state", _("State"), show=lambda row: state_badge(row.state)),
            Column("due", _("In order until")),
            Column("why", _("Why"), show=lambda row: in_language(row.why, "en")),
        ),
        order="name",
        search=("name", "id", "email"),
        filters=(
            Filter("state", _("State"), narrow, choices=state_choices),
            Filter(
                "kind",
                _("Kind"),
                "role",
                choices=lambda: [("employee", _("Employee")), ("contractor", _("Contractor"))],
            ),
        ),
        empty=Empty(_("Nobody works here yet"), _("People appear here once they are imported.")),
        prepare=prepare,
    )

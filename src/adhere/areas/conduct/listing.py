"""The list of who has read and understood a policy: worked out by the database, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from adhere.areas.conduct.models import Attempt, Nudge
from adhere.areas.conduct.terms import Terms
from adhere.console.lists import Column, Empty, Filter, Listing, Rows
from adhere.core.durations import Duration
from adhere.core.models import Acknowledgement, Person

DONE, DUE, LATE = "accepted", "due", "late"
STATES = {DONE: _("Read and understood"), DUE: _("Has time left"), LATE: _("Late")}
_BADGES = {DONE: "state-satisfied", DUE: "state-not-applicable", LATE: "state-not-satisfied"}
LONGEST = 400  # days: no grace period is longer


def people(terms: Terms, today: date) -> Rows:
    """Everybody at work, each with ``last`` accepted version, its ``score``, and ``state``."""
    given = Acknowledgement.objects.filter(
        superseded_by=None, retracted=False, policy=terms.slug, person=OuterRef("pk")
    )
    newest = given.filter(**({"score__gte": terms.score} if terms.score else {}))
    newest = newest.order_by("-version")
    last = Subquery(newest.values("version")[:1], output_field=IntegerField())
    nudges = Nudge.objects.filter(policy=terms.slug, person=OuterRef("pk")).order_by("-at")
    rows = Person.objects.filter(joined__lte=today).exclude(left__lt=today)
    rows = rows.annotate(
        last=Coalesce(last, Value(0)),
        score=Subquery(newest.values("score")[:1]),
        accepted_at=Subquery(newest.values("happened_at")[:1], output_field=DateTimeField()),
        reminded_at=Subquery(nudges.values("at")[:1], output_field=DateTimeField()),
    )
    late = Q(pk=None)
    for number, joined_by in _missed(terms, today):
        late |= Q(last__lt=number, joined__lte=joined_by)
    return rows.annotate(
        state=Case(
            When(last__gte=terms.wanted, then=Value(DONE)),
            When(late, then=Value(LATE)),
            default=Value(DUE),
            output_field=CharField(),
        )
    )


def counts(terms: Terms, today: date) -> dict[str, int]:
    """How many people are in each state."""
    found = people(terms, today).order_by().values("state").annotate(number=Count("pk"))
    numbers = dict(found.values_list("state", "number"))
    return {state: numbers.get(state, 0) for state in STATES}


def _missed(terms: Terms, today: date) -> Iterable[tuple[int, date]]:
    """For each version, who missed it: those who joined by a day. As the check judges it."""
    versions = terms.policy.version.policy.versions.order_by("number")
    asked = [each for each in versions if each.number == 1 or each.material != []]
    days = [timezone.localdate(each.published_at) for each in asked]
    grace = min((each.grace for each in terms.graces), key=lambda each: each.days)
    for place, each in enumerate(asked):
        replaced = days[place + 1] if place + 1 < len(days) else date.max
        limit = min(today, replaced)
        if grace.after(days[place]) < limit:
            yield each.number, _joined_by(grace, limit)


def _joined_by(grace: Duration, limit: date) -> date:
    """The last day of joining whose deadline is before a day."""
    day = limit
    while grace.after(day) >= limit and (limit - day).days < LONGEST:
        day -= timedelta(days=1)
    return day


def _badge(row: Any) -> str:
    return format_html('<span class="badge {}">{}</span>', _BADGES[row.state], STATES[row.state])


def _teams() -> list[tuple[str, str]]:
    teams = {team for each in Person.objects.values_list("teams", flat=True) for team in each}
    return [(each, each) for each in sorted(teams)]


def _in_team(rows: Rows, team: str) -> Rows:
    found = [pk for pk, teams in Person.objects.values_list("pk", "teams") if team in teams]
    return rows.filter(pk__in=found)


def people_of(terms: Terms) -> Listing:
    """The list of one policy."""

    def prepare(rows: list[Any]) -> None:
        attempts = Attempt.objects.filter(
            policy=terms.slug,
            version=terms.policy.version.number,
            person__in=[row.pk for row in rows],
        )
        answers = {each.person_id: len(each.answers) for each in attempts}
        for row in rows:
            row.under_way = answers.get(row.pk)
            row.due = None if row.state == DONE else terms.due(row.joined)
            row.last = row.last or None

    return Listing(
        name="understood",
        columns=(
            Column("name", _("Name"), order=("name",)),
            Column("teams", _("Teams")),
            Column(
                "state",
                _("State"),
                value=lambda row: STATES[row.state],
                order=("state",),
                show=_badge,
            ),
            Column("version", _("Version"), "last", order=("last",), number=True),
            Column("score", _("Score"), order=("score",), number=True),
            Column("accepted_at", _("Accepted"), order=("accepted_at",)),
            Column("due", _("Due by")),
            Column("under_way", _("Answers so far"), number=True),
            Column("reminded_at", _("Reminded"), order=("reminded_at",)),
        ),
        order="name",
        search=("name", "id", "email"),
        filters=(
            Filter("state", _("State"), "state", lambda: list(STATES.items())),
            Filter("team", _("Team"), _in_team, _teams),
        ),
        link=lambda row: reverse("person", args=[row.pk]),
        empty=Empty(
            _("Nobody is on this list"),
            _("People appear here once they work here; take a filter away to see more."),
            _("All people"),
            reverse("people"),
        ),
        prepare=prepare,
    )

"""Lists of requests: one's own, those to decide, and the registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.areas.requests.words import SORTS, STATES, badge
from adhere.console.lists import Column, Empty, Filter, Listing, Rows
from adhere.core.models import Person, Request
from adhere.core.policies import clause_ids
from adhere.core.request_lists import in_force_on, standing
from adhere.core.requesting import status


def prepare(rows: list[Any]) -> None:
    """Fetch the decisions and the names that the rows of one page show."""
    prefetch_related_objects(rows, "decisions")
    ids = {each.subject for each in rows} | {each.requested_by for each in rows}
    ids |= {made.by for each in rows for made in each.decisions.all()}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    today = timezone.localdate()
    for each in rows:
        each.state = status(each, today)
        each.names = names
        each.consents = [made for made in each.decisions.all() if made.decision == "consent"]


def title_of(row: Request) -> str:
    """What a request is about, in a few words."""
    return row.what or ", ".join(each.rpartition("/")[2] for each in row.clauses)


def _subject(row: Any) -> str:
    return str(row.names.get(row.subject, row.subject))


def _asked(row: Any) -> str:
    return str(row.names.get(row.requested_by, row.requested_by))


def _consents(row: Any) -> str:
    given = ", ".join(str(row.names.get(made.by, made.by)) for made in row.consents)
    return f"{given} ({len(row.consents)}/{row.persons})" if row.persons > 1 else given


def _in_state(rows: Rows, value: str) -> Rows:
    return standing(rows, value, timezone.localdate()) if value in STATES else rows


def _on_day(rows: Rows, value: str) -> Rows:
    try:
        return in_force_on(rows, date.fromisoformat(value))
    except ValueError:
        return rows


def _of_clause(rows: Rows, value: str) -> Rows:
    quoted = f'"{value}"'
    return rows.filter(clauses__icontains=quoted)


def _clauses() -> list[tuple[str, str]]:
    return [(each, each) for each in sorted(clause_ids())]


WHAT = Column("what", _("What"), title_of, order=("what", "requested_at"))
SORT = Column("sort", _("Kind"), lambda row: SORTS[row.sort], order=("sort",))
SUBJECT = Column("subject", _("For"), _subject, order=("subject",))
STATE = Column(
    "state", _("State"), lambda row: STATES[row.state], show=lambda row: badge(row.state)
)
START = Column("from", _("From"), "start", order=("start",))
UNTIL = Column("until", _("Until"), "until", order=("until",))
ASKED = Column("asked", _("Asked by"), _asked, order=("requested_by",))
ASKED_AT = Column("at", _("Asked on"), "requested_at", order=("requested_at",))
CONSENTS = Column("consents", _("Consent of"), _consents)
REASON = Column("reason", _("Reason"), "reason", wide=True)
CLAUSES = Column("clauses", _("Clauses"), lambda row: ", ".join(row.clauses))
BY_SORT = Filter("sort-of", _("Kind"), "sort", lambda: list(SORTS.items()))
BY_STATE = Filter("state", _("State"), _in_state, lambda: list(STATES.items()))
BY_DAY = Filter("on", _("In force on"), _on_day, by_day=True)
BY_CLAUSE = Filter("clause", _("Clause"), _of_clause, _clauses)
SEARCH = ("what", "subject", "reason", "requested_by", "key")


def _link(row: Request) -> str:
    return reverse("requests:request", args=[row.key])


MINE = Listing(
    name="requests",
    columns=(WHAT, SORT, SUBJECT, STATE, START, UNTIL, CONSENTS),
    order="-from",
    search=SEARCH,
    filters=(BY_SORT, BY_STATE),
    link=_link,
    prepare=prepare,
    empty=Empty(
        _("No requests yet"),
        _(
            "Ask before you depart from a clause, change a system or install software: the "
            "security team decides in writing."
        ),
        _("Ask for an exemption"),
        "/requests/ask/exemption/",
    ),
)
QUEUE = Listing(
    name="queue",
    columns=(WHAT, SORT, SUBJECT, ASKED, ASKED_AT, START, UNTIL, CONSENTS, REASON),
    order="from",
    search=SEARCH,
    filters=(BY_SORT,),
    link=_link,
    prepare=prepare,
    empty=Empty(
        _("Nothing waits for you"),
        _("Requests that you may decide stand here, the earliest start first."),
    ),
)


def register_of(sort: str) -> Listing:
    """The register of one kind of request."""
    about = CLAUSES if sort == "exemption" else WHAT
    return Listing(
        name=f"register-{sort}",
        columns=(about, SUBJECT, STATE, START, UNTIL, ASKED, CONSENTS, REASON),
        order="-until",
        search=SEARCH,
        filters=(BY_STATE, BY_DAY, *((BY_CLAUSE,) if sort == "exemption" else ())),
        link=_link,
        prepare=prepare,
        empty=Empty(
            _("Nothing was asked yet"),
            _("What personnel ask for stands here with every decision."),
        ),
    )


REGISTERS = {sort: register_of(sort) for sort in SORTS}

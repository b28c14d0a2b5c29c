"""Consent in writing: asked for, decided by others, in force for its days, ended early.

One flow for exemptions, changes to systems and software. An exemption that was consented to
becomes a fact for each of its clauses; a change or a piece of software stands in its register.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, Literal

from django.db import transaction
from django.utils import timezone

from adhere.core.areas import areas
from adhere.core.exempting import COMPANY, EXEMPTIONS, may_grant
from adhere.core.locking import wait_for_turn
from adhere.core.models import Decision, Exemption, Person, Request
from adhere.core.policies import clause_ids, consents_for, resolve_clause
from adhere.core.recording import Origin, day_of, make_entry, record, retract
from adhere.errors import Problem, nearest

SORTS: Final = ("exemption", "change", "software")
Status = Literal["open", "consented", "refused", "withdrawn", "ended", "expired"]
LONGEST: Final = timedelta(days=366)


def ask(sort: str, origin: Origin, **given: Any) -> Request:
    """Keep a request. ``given`` are its fields: subject, reason, start and until at least.

    Raises ``Problem`` naming the field that does not fit. ``origin.recorder`` asks.
    """
    at = origin.at or timezone.now()
    row = _row(sort, origin.recorder, given, day_of(at))
    row |= {"key": secrets.token_hex(6), "requested_by": origin.recorder, "requested_at": at}
    with transaction.atomic():
        entry = make_entry("requests", row, row["subject"], at)
        entry.save()
        made = Request(entry=entry, **row)
        made.save()
    return made


def _row(sort: str, by: str, given: Mapping[str, Any], today: date) -> dict[str, Any]:
    if sort not in SORTS:
        raise Problem(f"unknown kind “{sort}”", field="sort", expected=nearest(sort, SORTS))
    known = clause_ids()
    clauses = sorted({resolve_clause(each, known) for each in given.get("clauses", ())})
    if sort == "exemption" and not clauses:
        raise Problem("no clause", field="clauses", expected="what to be exempt from")
    subject = str(given.get("subject", "")).removeprefix("person:") or by
    _known_subject(subject)
    if not Person.objects.filter(pk=by).exists():
        raise Problem(f"nobody has the id “{by}”", field="requested_by", expected="a known id")
    if not str(given.get("reason", "")).strip():
        raise Problem("nothing here", field="reason", expected="why it is needed")
    if sort != "exemption" and not str(given.get("what", "")).strip():
        raise Problem("nothing here", field="what", expected="what is asked for")
    _span(given["start"], given["until"], today)
    if given.get("renews"):
        request_named(given["renews"])
    return {
        "template": "",
        "what": "",
        "risk": "",
        "scope": {},
        "renews": "",
        **given,
        "sort": sort,
        "clauses": clauses,
        "subject": subject,
        "persons": consents_for(clauses),
    }


def _known_subject(subject: str) -> None:
    people = Person.objects.filter(pk=subject).exists()
    others = {COMPANY, *(each.id for area in areas() if area.subjects for each in area.subjects())}
    if not people and subject not in others:
        ids = [*Person.objects.values_list("pk", flat=True), *others]
        raise Problem(
            f"nothing known has the id “{subject}”",
            field="subject",
            expected=f"a known id; {nearest(subject, ids)}",
        )


def _span(start: date, until: date, today: date) -> None:
    if until < start:
        raise Problem(
            f"ends on {until}, before it starts on {start}",
            field="until",
            expected="a day on or after from",
        )
    if until < today:
        raise Problem(f"ended on {until}", field="until", expected=f"{today} or later")
    if until - start > LONGEST:
        raise Problem(
            f"runs from {start} to {until}",
            field="until",
            expected="a year at most; ask again then",
        )


@transaction.atomic
def consent(key: str, origin: Origin, conditions: str = "") -> Request:
    """Consent to a request; with the last consent that it needs it takes effect.

    Only a member of the security team who neither asked nor is freed may; nobody twice.
    """
    found = _open(key)
    by, at = origin.recorder, origin.at or timezone.now()
    if by in {found.requested_by, found.subject}:
        role = "requester" if by == found.requested_by else "subject"
        raise Problem(
            f"{by} is the {role} and cannot consent",
            field="granted_by",
            expected="another member of the security team",
        )
    _security(by, origin)
    if found.until < day_of(at):
        raise Problem(f"its last day was {found.until}", field="until", expected="a new request")
    if consents_for(found.clauses) > found.persons:
        raise Problem(
            "since it was asked, its clause takes the consent of two persons",
            field="clauses",
            expected="a new request",
        )
    if found.decisions.filter(by=by, decision="consent").exists():
        raise Problem(
            f"{by} has consented already",
            field="granted_by",
            expected="another member of the security team",
        )
    _decide(found, "consent", origin, conditions)
    given = [each.by for each in found.decisions.filter(decision="consent")]
    if len(given) >= found.persons and found.sort == "exemption":
        _grant(found, given, origin)
    return found


def _grant(found: Request, given: list[str], origin: Origin) -> None:
    at = origin.at or timezone.now()
    rows = [
        {
            "key": _fact_key(found, clause),
            "clause": clause,
            "subject": found.subject,
            "reason": found.reason,
            "requested_by": found.requested_by,
            "requested_at": found.requested_at,
            "granted_by": given[-1],
            "granted_at": at,
            "also_granted_by": given[-2] if found.persons > 1 else "",
            # Consent never reaches back: what began before it is not covered.
            "start": max(found.start, day_of(at)),
            "until": found.until,
        }
        for clause in found.clauses
    ]
    record(EXEMPTIONS, rows, origin)


def _fact_key(found: Request, clause: str) -> str:
    return f"{found.key}-{clause.rpartition('/')[2]}"


@transaction.atomic
def refuse(key: str, origin: Origin, reason: str) -> Request:
    """Refuse a request, with the reason, as a member of the security team."""
    found = _open(key)
    _security(origin.recorder, origin)
    _decide(found, "refuse", origin, _reason(reason))
    return found


@transaction.atomic
def withdraw(key: str, origin: Origin) -> Request:
    """Take back one's own request while it is open."""
    found = _open(key)
    if origin.recorder != found.requested_by:
        raise Problem("only who asked may take it back", field="requested_by")
    _decide(found, "withdraw", origin, "")
    return found


@transaction.atomic
def end(key: str, origin: Origin, reason: str) -> Request:
    """End what was consented to before its time; from today on it holds no more.

    A member of the security team may, and who asked.
    """
    found = request_named(key)
    today = day_of(origin.at or timezone.now())
    if status(found, today) != "consented":
        raise Problem(f"request {key} is not in force", expected="one that was consented to")
    if origin.recorder != found.requested_by:
        _security(origin.recorder, origin)
    _decide(found, "end", origin, _reason(reason))
    names = [column.field for column in EXEMPTIONS.columns]
    keys = [_fact_key(found, clause) for clause in found.clauses]
    rows = list(Exemption.objects.filter(key__in=keys, superseded_by=None).values(*names))
    begun = [row | {"until": today - timedelta(days=1)} for row in rows if row["start"] < today]
    record(EXEMPTIONS, begun, origin)
    retract(EXEMPTIONS, [row["key"] for row in rows if row["start"] >= today], origin)
    return found


def request_named(key: str) -> Request:
    """The request of that key; a ``Problem`` where there is none."""
    found = Request.objects.filter(key=key).first()
    if found is None:
        raise Problem(f"there is no request “{key}”", expected="the key of a request")
    return found


def status(found: Request, today: date) -> Status:
    """How a request stands on a day, from what was decided of it."""
    made = [each.decision for each in found.decisions.all()]
    if "end" in made:
        return "ended"
    if "refuse" in made:
        return "refused"
    if "withdraw" in made:
        return "withdrawn"
    if found.until < today:
        return "expired"
    return "consented" if made.count("consent") >= found.persons else "open"


def _open(key: str) -> Request:
    wait_for_turn(f"requests/{key}")
    found = request_named(key)
    stands = status(found, date.min)
    if stands != "open":
        raise Problem(f"request {key} is {stands}", expected="one that is open")
    return found


def _security(by: str, origin: Origin) -> None:
    if not may_grant(by, origin.at or timezone.now()):
        raise Problem(
            f"{by} is not of the security team",
            field="granted_by",
            expected="a member of the team “security”",
        )


def _reason(text: str) -> str:
    if not text.strip():
        raise Problem("nothing here", field="reason", expected="why")
    return text.strip()


def _decide(found: Request, decision: str, origin: Origin, text: str) -> None:
    at = origin.at or timezone.now()
    row = {"by": origin.recorder, "at": at, "decision": decision, "text": text.strip()}
    entry = make_entry("decisions", {"request": found.key, **row}, found.subject, at)
    entry.save()
    Decision(request=found, entry=entry, **row).save()

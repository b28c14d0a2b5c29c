"""Two exemptions: one that holds today, and one that has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from adhere.core.kinds import kind_named
from adhere.core.models import Person
from adhere.core.recording import Origin, record
from adhere.main.demo.company import SOURCE, at
from adhere.main.demo.planted import Planted

_REASON = (
    "Works from a client's site abroad until the project ends; agreed with the client.",
    "Was replaced at short notice during the move of the data centre.",
)


def record_exemptions(planted: Sequence[Planted], today: date) -> list[Planted]:
    """Exempt one planted violation today, and another until three weeks ago."""
    people = {person.id: person for person in Person.objects.all()}
    # From the end: what stands last in the alphabet is about training, which consent can spare.
    broken = sorted((each for each in planted if _fits(each, people)), reverse=True)
    subjects = list(dict.fromkeys(each.subject for each in broken))[:2]
    chosen = [next(each for each in broken if each.subject == subject) for subject in subjects]
    spans = [(-35, 60), (-190, -21)]
    for number, (each, (start, until)) in enumerate(zip(chosen, spans, strict=False)):
        _record(each, people, today + timedelta(days=start), today + timedelta(days=until), number)
    exempt = chosen[:1]
    return [
        msgspec.structs.replace(each, state="exempt") if each in exempt else each
        for each in planted
    ]


def _fits(each: Planted, people: dict[str, Person]) -> bool:
    return each.state == "not-satisfied" and each.subject in people


def _record(
    each: Planted, people: dict[str, Person], start: date, until: date, number: int
) -> None:
    requester = people[each.subject].supervisor or each.subject
    granter = min(
        person.id
        for person in people.values()
        if "security" in person.teams and person.id not in {requester, each.subject}
    )
    asked = at(start - timedelta(days=4), 14)
    granted = at(start - timedelta(days=2), 11)
    row = {
        "key": f"demo-{number + 1}",
        "clause": f"{each.policy}/{each.clause}",
        "subject": each.subject,
        "reason": _REASON[number],
        "requested_by": requester,
        "requested_at": asked,
        "granted_by": granter,
        "granted_at": granted,
        "start": start,
        "until": until,
    }
    kind = kind_named("exemptions")
    if kind.validate:
        kind.validate([(1, row)], granted)
    record(kind, [row], Origin(SOURCE, granter, granted))

"""What may be done with an incident, each as a line of its timeline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from adhere.areas.incidents import people, telling
from adhere.areas.incidents.timeline import DUTIES, MARKS, Course, course_of
from adhere.core import incidents
from adhere.core.models import Incident, IncidentEvent
from adhere.core.recording import Origin
from adhere.errors import Problem

PAGE: Final = "page"


def course(key: str) -> Course:
    """Where an incident stands."""
    return course_of(IncidentEvent.objects.filter(incident=key))


def _origin(by: str) -> Origin:
    return Origin(PAGE, by)


def _words(text: str, field: str = "text") -> str:
    if not text.strip():
        raise Problem("it is empty", field=field, expected="a few words")
    return text.strip()


def take(key: str, by: str) -> None:
    """Take an incident in hand; who has it already keeps it until it is handed on."""
    incident = incidents.newest(key)
    _not_about(incident, by)
    holder = course(key).holder
    if holder and holder != by:
        raise Problem(f"{_name(holder)} has it already", expected="to hand it on instead")
    if not holder:
        incidents.note(key, "taken", _origin(by))


def assign(key: str, by: str, to: str) -> None:
    """Hand an incident to a member of the security team, or to a supervisor."""
    incident = incidents.newest(key)
    if not people.at_work().filter(pk=to).exists():
        raise Problem(f"nobody at work has the id “{to}”", field="to", expected="somebody at work")
    _not_about(incident, to)
    incidents.note(key, "assigned", _origin(by), to)


def _not_about(incident: Incident, who: str) -> None:
    if who and who == incident.subject:
        raise Problem("it is about the same person", expected="somebody else of the team")


def _name(person: str) -> str:
    return people.names({person}).get(person, person)


def add_note(key: str, by: str, text: str) -> None:
    """Write a line into the timeline."""
    incidents.note(key, "note", _origin(by), _words(text))


def describe(key: str, by: str, **fields: Any) -> None:
    """Say more closely what it is: severity, clause, subject, action, place."""
    known = incidents.newest(key)
    changed = {name: value for name, value in fields.items() if getattr(known, name) != value}
    if not changed:
        return
    if "subject" in changed or "action" in changed:
        _not_told_yet(key)
    text = ", ".join(f"{name}: {value or '–'}" for name, value in sorted(changed.items()))
    incidents.change(key, "details", _origin(by), text, **changed)


def _not_told_yet(key: str) -> None:
    if course(key).asked_at:
        raise Problem(
            "the person was told of it already",
            field="subject",
            expected="the person and the action as they were told; report anew what is different",
        )


@transaction.atomic
def tell(key: str, by: str, said: str) -> None:
    """Tell the person whose action caused a crash; it counts once they confirm it."""
    incident = incidents.newest(key)
    if not incident.subject:
        raise Problem("nobody is named who did it", field="subject", expected="a person")
    if incident.sort == "crash" and not incident.action:
        raise Problem(
            "it is not said what they did", field="action", expected="the action, in a few words"
        )
    text = _words(said)
    incidents.note(key, "subject-told", _origin(by), text)
    transaction.on_commit(lambda: telling.tell_subject.enqueue(key, text))


def confirm(key: str, by: str) -> None:
    """The person says that they were told; from this moment a repetition can be deliberate."""
    incident = incidents.newest(key)
    if by != incident.subject or not course(key).asked_at:
        raise Problem("nothing is to be confirmed here")
    if incident.subject_told_at is None:
        _told(key, "subject-confirmed", by)


def told_in_person(key: str, by: str, text: str) -> None:
    """Record that the person was told face to face, and before whom."""
    incident = incidents.newest(key)
    _not_about(incident, by)
    if not incident.subject:
        raise Problem("nobody is named who did it", field="subject", expected="a person")
    if incident.subject_told_at is None:
        _told(key, "told-in-person", by, _words(text))


def _told(key: str, event: str, by: str, text: str = "") -> None:
    now = timezone.now()
    incidents.change(key, event, Origin(PAGE, by, now), text, subject_told_at=now)


def mark(key: str, by: str, sort: str, aware: datetime) -> None:
    """Say that authorities must hear of it, and since when the company is aware."""
    if sort not in MARKS:
        raise Problem(f"unknown mark “{sort}”", field="mark", expected=" or ".join(MARKS))
    if not incidents.newest(key).happened_at <= aware <= timezone.now() + timedelta(minutes=1):
        raise Problem(
            "nobody can be aware of it then",
            field="aware",
            expected="a time since it happened that has been",
        )
    incidents.note(key, sort, _origin(by), aware.isoformat())


def unmark(key: str, by: str, sort: str) -> None:
    """Say that authorities need not hear of it after all."""
    if sort in course(key).aware:
        incidents.note(key, f"not-{sort}", _origin(by))


def meet(key: str, by: str, duty: str, text: str) -> None:
    """Record that an authority was told, with its reference."""
    if duty not in {each.name for each in DUTIES}:
        raise Problem(f"unknown duty “{duty}”", field="duty")
    if duty not in course(key).met:
        incidents.note(key, duty, _origin(by), text.strip())


def close(key: str, by: str, reason: str) -> None:
    """Close an incident with a reason. Closing tells nobody what they caused: do that first."""
    incident = incidents.newest(key)
    _not_about(incident, by)
    if incident.closed_at:
        raise Problem("it is closed already", expected="an open incident")
    if incident.sort == "crash" and incident.subject and incident.subject_told_at is None:
        raise Problem(
            f"{_name(incident.subject)} has not been told of it",
            expected="to tell them first, or to find it unfounded",
        )
    now = timezone.now()
    incidents.change(key, "closed", Origin(PAGE, by, now), _words(reason, "reason"), closed_at=now)


def unfound(key: str, by: str, reason: str) -> None:
    """Nothing was wrong: the incident counts no more, and all of it stays on record."""
    _not_about(incidents.newest(key), by)
    incidents.unfound(key, _origin(by), _words(reason, "reason"))


def reopen(key: str, by: str, reason: str) -> None:
    """Take up again what was closed or found to be unfounded."""
    incidents.restore(key, _origin(by), _words(reason, "reason"))

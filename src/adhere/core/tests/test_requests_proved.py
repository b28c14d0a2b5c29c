"""Requests and decisions: guarded by the database, proved by the ledger, erased with a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from adhere.core.erasing import erase_person
from adhere.core.models import Decision, Entry, Exemption, Request
from adhere.core.recording import Origin
from adhere.core.request_proofs import altered_requests
from adhere.core.requesting import ask, consent, end, refuse
from adhere.core.tests.conftest import POLICY
from adhere.errors import Problem

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("company", "own_data"),
]
NOW = datetime(2024, 4, 8, 9, tzinfo=UTC)
TWO = POLICY.replace("grace=30d", 'grace=30d consents="2"')


def by(person: str, at: datetime = NOW) -> Origin:
    return Origin("page", person, at)


def asked(**given: Any) -> Request:
    days = {"start": date(2024, 4, 8), "until": date(2024, 4, 30)}
    return ask(
        "exemption", by("bram"), **{"clauses": ["read"], "reason": "on leave", **days, **given}
    )


def insert(model: Any, **row: Any) -> None:
    """A row by plain SQL, with an entry that nobody looks at."""
    entry = Entry.objects.create(kind="x", commitment=b"", recorded_at=NOW)
    prepared = {
        model._meta.get_field(name).column: model._meta.get_field(name).get_db_prep_save(
            value, connection
        )
        for name, value in {**row, "entry": entry.pk}.items()
    }
    names = ", ".join(f'"{name}"' for name in prepared)
    places = ", ".join(["%s"] * len(prepared))
    statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(prepared.values()))


def decision(made: Request, who: str, what: str = "consent") -> None:
    insert(Decision, request=made.pk, by=who, at=NOW, decision=what, text="")


def fact(key: str, **row: Any) -> None:
    fine = {
        "clause": "desk-rules/read",
        "subject": "bram",
        "reason": "on leave",
        "requested_by": "bram",
        "requested_at": NOW,
        "granted_by": "anna",
        "granted_at": NOW,
        "also_granted_by": "",
        "start": date(2024, 4, 8),
        "until": date(2024, 4, 30),
    }
    common = {"happened_at": NOW, "recorded_at": NOW, "source": "sql", "recorder": ""}
    insert(Exemption, key=key, retracted=False, **common, **{**fine, **row})


@pytest.mark.parametrize("who", ["bram", "chloe", "nobody", "Anna", ""])
def test_the_database_refuses_a_consent_that_counts_for_nothing(who: str) -> None:
    with pytest.raises(IntegrityError, match="consent is given by a member"):
        decision(asked(), who)


def test_the_database_refuses_the_subject_and_whoever_comes_after_a_refusal() -> None:
    with pytest.raises(IntegrityError, match="neither asked nor is freed"):
        decision(asked(subject="anna"), "anna")
    made = asked()
    refuse(made.key, by("anna"), "no")
    with pytest.raises(IntegrityError, match="while the request is open"):
        decision(made, "dirk")


def test_the_database_refuses_one_consent_given_twice_or_one_changed_afterwards() -> None:
    made = asked()
    decision(made, "anna")
    with pytest.raises(IntegrityError):
        decision(made, "anna")
    with pytest.raises(IntegrityError, match="never changed"), connection.cursor() as cursor:
        cursor.execute("UPDATE core_decision SET decision = 'refuse'")


def test_what_was_requested_stands_only_on_the_consents_it_wants(
    publish: Callable[..., Any],
) -> None:
    publish(TWO)
    made = asked()
    key = f"{made.key}-read"
    with pytest.raises(IntegrityError, match="the consents that its request wants"):
        fact(key)
    decision(made, "anna")
    for also in ("", "dirk"):
        with pytest.raises(IntegrityError, match="the consents that its request wants"):
            fact(key, also_granted_by=also)
    with pytest.raises(IntegrityError):
        fact(key, also_granted_by="anna")
    decision(made, "dirk")
    for wrong in (
        {"until": date(2024, 5, 1)},
        {"start": date(2024, 4, 7)},
        {"subject": "chloe"},
        {"clause": "desk-rules/badges"},
    ):
        with pytest.raises(IntegrityError, match="the consents that its request wants"):
            fact(key, also_granted_by="dirk", **wrong)
    fact(key, also_granted_by="dirk")
    assert Exemption.objects.count() == 1


def test_what_ended_is_not_made_to_last_again() -> None:
    made = asked()
    consent(made.key, by("anna"))
    end(made.key, by("bram", NOW + timedelta(days=4)), "back")
    with pytest.raises(IntegrityError, match="the consents that its request wants"):
        fact(f"{made.key}-read")


def test_a_file_cannot_speak_for_a_request(take_in: Callable[..., Any]) -> None:
    made = asked()
    header = "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until\n"
    row = f"{made.key}-read,read,bram,leave,bram,2024-04-01,anna,2024-04-02,2024-04-10,2024-04-20\n"
    with pytest.raises(Problem, match="belongs to request"):
        take_in("exemptions", header + row)


def test_a_file_needs_both_names_where_two_consent(
    take_in: Callable[..., Any], publish: Callable[..., Any]
) -> None:
    publish(TWO)
    header = "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until"
    row = "e1,read,bram,leave,bram,2024-04-01,anna,2024-04-02,2024-04-10,2024-04-20"
    for also, field in (("", "also_granted_by"), ("anna", "also_granted_by"), ("bram", None)):
        with pytest.raises(Problem) as raised:
            take_in("exemptions", f"{header},also_granted_by\n{row},{also}\n")
        assert field in {None, raised.value.field}
    take_in("exemptions", f"{header},also_granted_by\n{row},dirk\n")
    assert Exemption.objects.get().also_granted_by == "dirk"


def test_each_change_beside_the_ledger_is_found() -> None:
    made = asked()
    consent(made.key, by("anna"))
    assert list(altered_requests()) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_decision")
    assert list(altered_requests()) == [f"decisions/{made.key}"]


def test_erasing_takes_requests_with_their_decisions_and_leaves_the_rest_proved() -> None:
    theirs, other = asked(), asked(subject="chloe", reason="abroad")
    for made in (theirs, other):
        consent(made.key, by("anna"))
    done = erase_person("bram")
    assert (done.facts, list(Request.objects.values_list("key", flat=True))) == (4, [other.key])
    assert Decision.objects.get().request_id == other.pk
    assert list(altered_requests()) == []

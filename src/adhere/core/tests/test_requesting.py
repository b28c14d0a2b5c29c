"""Consent in writing: who may give it, how many it takes, and for how long it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from adhere.core.models import Exemption, Request
from adhere.core.recording import Origin
from adhere.core.requesting import ask, consent, end, refuse, request_named, status, withdraw
from adhere.core.running import judge_day
from adhere.core.tests.conftest import POLICY
from adhere.errors import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
TODAY = date(2024, 4, 8)
UNTIL = date(2024, 4, 30)


def by(person: str, days: int = 0) -> Origin:
    return Origin("page", person, datetime(2024, 4, 8, 9, tzinfo=UTC) + timedelta(days=days))


def asked(**given: Any) -> Request:
    fine = {"clauses": ["read"], "reason": "on leave", "start": TODAY, "until": UNTIL}
    return ask("exemption", by("bram"), **{**fine, **given})


def state(day: date) -> str:
    found = judge_day(day, None).findings
    return next(each.state for each in found if each.clause == "read" and each.subject.id == "bram")


def test_consent_flips_the_verdict_and_its_end_flips_it_back() -> None:
    made = asked()
    assert (status(made, TODAY), state(TODAY)) == ("open", "not-satisfied")
    consent(made.key, by("anna"), "read it on the first day back")
    assert status(request_named(made.key), TODAY) == "consented"
    days = [TODAY, UNTIL, UNTIL + timedelta(days=1)]
    assert [state(day) for day in days] == ["exempt", "exempt", "not-satisfied"]


def test_ending_it_early_holds_from_that_day() -> None:
    made = asked()
    consent(made.key, by("anna"))
    end(made.key, by("bram", 4), "back already")
    day = TODAY + timedelta(days=4)
    assert [state(each) for each in (day - timedelta(days=1), day)] == ["exempt", "not-satisfied"]
    assert status(request_named(made.key), day) == "ended"


def test_ending_it_on_its_first_day_leaves_nothing() -> None:
    made = asked()
    consent(made.key, by("anna"))
    end(made.key, by("anna"), "a mistake")
    assert state(TODAY) == "not-satisfied"


@pytest.mark.parametrize(
    ("person", "why"),
    [("bram", "requester"), ("chloe", "not of the security team"), ("nobody", "not of the")],
)
def test_who_asked_or_is_not_of_the_team_cannot_consent(person: str, why: str) -> None:
    made = asked()
    with pytest.raises(Problem, match=why):
        consent(made.key, by(person))
    assert Exemption.objects.count() == 0


def test_who_is_freed_cannot_consent() -> None:
    made = asked(subject="anna")
    with pytest.raises(Problem, match="subject"):
        consent(made.key, by("anna"))
    consent(made.key, by("dirk"))
    assert Exemption.objects.get().granted_by == "dirk"


def test_a_clause_may_want_two_persons(publish: Callable[..., Any]) -> None:
    publish(POLICY.replace("grace=30d", 'grace=30d consents="2"'))
    made = asked()
    consent(made.key, by("anna"))
    assert (status(made, TODAY), Exemption.objects.count()) == ("open", 0)
    with pytest.raises(Problem, match="consented already"):
        consent(made.key, by("anna"))
    consent(made.key, by("dirk"))
    assert (status(request_named(made.key), TODAY), state(TODAY)) == ("consented", "exempt")


def test_consent_never_reaches_back() -> None:
    made = asked(start=TODAY - timedelta(days=5))
    consent(made.key, by("anna", 2))
    assert Exemption.objects.get().start == TODAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"clauses": []}, "clauses"),
        ({"clauses": ["reed"]}, "clause"),
        ({"reason": "  "}, "reason"),
        ({"subject": "nobody"}, "subject"),
        ({"until": TODAY - timedelta(days=1)}, "until"),
        ({"start": date(2023, 1, 1), "until": date(2023, 2, 1)}, "until"),
        ({"until": TODAY + timedelta(days=400)}, "until"),
    ],
)
def test_a_request_that_cannot_stand_is_not_kept(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Problem) as raised:
        asked(**given)
    assert (raised.value.field, Request.objects.count()) == (field, 0)


@pytest.mark.parametrize("sort", ["change", "software"])
def test_changes_and_software_take_the_same_way(sort: str) -> None:
    made = ask(sort, by("bram"), what="a newer compiler", reason="a fix", start=TODAY, until=UNTIL)
    consent(made.key, by("anna"))
    assert (status(request_named(made.key), TODAY), Exemption.objects.count()) == ("consented", 0)
    assert status(made, UNTIL + timedelta(days=1)) == "expired"


def test_what_is_decided_stays_decided() -> None:
    refused, taken_back = asked(), asked()
    refuse(refused.key, by("anna"), "no need")
    with pytest.raises(Problem, match="only who asked"):
        withdraw(taken_back.key, by("chloe"))
    withdraw(taken_back.key, by("bram"))
    for made in (refused, taken_back):
        with pytest.raises(Problem, match=r"is refused|is withdrawn"):
            consent(made.key, by("anna"))
    assert Exemption.objects.count() == 0

"""Exemptions: nobody grants one to themselves, on any path; each holds exactly where it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from adhere.core.checking import Check, Fact, Person, Subject, Verdict, World
from adhere.core.importing import import_facts
from adhere.core.judging import Binding, Exemption, Finding, judge
from adhere.core.kinds import kind_named
from adhere.core.models import Exemption as Row
from adhere.core.models import PersonRecord
from adhere.core.parameters import NoParameters
from adhere.core.recording import Origin, make_entry, record, retract
from adhere.core.running import judge_day
from adhere.errors import Problem

pytestmark = pytest.mark.django_db
HEADER = "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until\n"
FINE = "e1,read,bram,on leave,chloe,2024-04-01,anna,2024-04-02,2024-04-10,2024-04-20\n"


def states(day: date, known: date | None = None) -> dict[str, str]:
    found = judge_day(day, known).findings
    return {each.subject.id: each.state for each in found if each.clause == "read"}


@pytest.mark.usefixtures("company")
def test_it_holds_for_its_days_and_ends_by_itself(take_in: Callable[..., Any]) -> None:
    broken = {"anna": "satisfied", "bram": "not-satisfied", "dirk": "not-satisfied"}
    assert states(date(2024, 4, 15)) == broken
    take_in("exemptions", HEADER + FINE, datetime(2024, 4, 2, 12, tzinfo=UTC))
    days = [date(2024, 4, 9), date(2024, 4, 10), date(2024, 4, 20), date(2024, 4, 21)]
    seen = ["not-satisfied", "exempt", "exempt", "not-satisfied"]
    assert [states(day) for day in days] == [{**broken, "bram": state} for state in seen]
    assert states(date(2024, 4, 15), known=date(2024, 4, 1)) == broken


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"granted_by": "chloe"}, "granted_by"),
        ({"granted_by": "bram"}, "granted_by"),
        ({"granted_by": "Anna"}, "granted_by"),
        ({"requested_by": "anna"}, "granted_by"),
        ({"subject": "anna"}, "granted_by"),
        ({"subject": "person:anna"}, "granted_by"),
        ({"subject": "nobody"}, "subject"),
        ({"clause": "reed"}, "clause"),
        ({"reason": ""}, "reason"),
        ({"until": ""}, "until"),
        ({"until": "2024-04-09"}, "until"),
        ({"granted_at": "2024-03-01"}, "granted_at"),
        ({"granted_at": "2436-03-01"}, "granted_at"),
        ({"from": "2024-02-30"}, "from"),
    ],
)
def test_a_wrong_one_is_refused_with_its_field(change: dict[str, str], field: str) -> None:
    cells = dict(zip(HEADER.strip().split(","), FINE.strip().split(","), strict=True))
    text = HEADER + ",".join({**cells, **change}.values())
    with pytest.raises(Problem) as caught:
        import_facts(kind_named("exemptions"), text.encode(), "e.csv", Origin("import"))
    assert (caught.value.file, caught.value.line, caught.value.field) == ("e.csv", 2, field)
    assert Row.objects.count() == 0


@pytest.mark.usefixtures("company")
def test_a_consent_stays_one_after_leaving_the_team(take_in: Callable[..., Any]) -> None:
    take_in("exemptions", HEADER + FINE)
    moved = (
        "id,name,email,kind,supervisor,teams,joined,left,language\n"
        "anna,Anna Peeters,anna@example.com,employee,,,2024-01-08,,nl\n"
    )
    take_in("people", moved, datetime(2025, 1, 1, tzinfo=UTC))
    assert take_in("exemptions", HEADER + FINE).unchanged == 1
    late = FINE.replace("e1", "e2").replace("2024-04", "2025-04")
    with pytest.raises(Problem, match="was not of the security team"):
        take_in("exemptions", HEADER + late)


@pytest.mark.usefixtures("company")
def test_one_taken_back_no_longer_holds(take_in: Callable[..., Any]) -> None:
    take_in("exemptions", HEADER + FINE, datetime(2024, 4, 2, 12, tzinfo=UTC))
    origin = Origin("page", "anna", datetime(2024, 4, 12, 12, tzinfo=UTC))
    assert retract(kind_named("exemptions"), ["e1"], origin) == 1
    assert retract(kind_named("exemptions"), ["e1"], origin) == 0
    day = date(2024, 4, 15)
    assert (states(day)["bram"], states(day, date(2024, 4, 11))["bram"]) == (
        "not-satisfied",
        "exempt",
    )
    with pytest.raises(Problem, match="nothing is recorded as exemptions/e9"):
        retract(kind_named("exemptions"), ["e9"], origin)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("table", ["personrecord", "acknowledgement", "exemption"])
def test_no_fact_changes_even_in_plain_sql(table: str, take_in: Callable[..., Any]) -> None:
    take_in("exemptions", HEADER + FINE)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        connection.cursor().execute(f"UPDATE core_{table} SET recorder = 'somebody'")


# Everything thrown at the tables, by import and around it.

WHO = st.sampled_from(["anna", "bram", "dirk", "Anna", "anna ", " dirk", "", "person:anna", "zoë"])
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))
REASONS = st.sampled_from(["", " ", "\t", "on leave"])


class Throwing(RuleBasedStateMachine):
    """Whatever rows come, every stored exemption has a reason, an end and somebody's consent."""

    number = 0

    @rule(subject=WHO, asks=WHO, grants=WHO, reason=REASONS, first=DAYS, last=DAYS)
    def come_by_import(
        self, subject: str, asks: str, grants: str, reason: str, first: date, last: date
    ) -> None:
        self.number += 1
        cells = [f"e{self.number}", "read", subject, reason, asks, "2024-01-01", grants]
        text = HEADER + ",".join([*cells, "2024-02-02", str(first), str(last)])
        self._try(
            lambda: import_facts(kind_named("exemptions"), text.encode(), "e.csv", Origin("import"))
        )

    @rule(subject=WHO, asks=WHO, grants=WHO, reason=REASONS, first=DAYS, last=DAYS)
    def come_by_service(
        self, subject: str, asks: str, grants: str, reason: str, first: date, last: date
    ) -> None:
        row = self._row(subject, asks, grants, reason, first, last)
        self._try(lambda: record(kind_named("exemptions"), [row], Origin("page")))

    @rule(subject=WHO, asks=WHO, grants=WHO, reason=REASONS, first=DAYS, last=DAYS)
    def come_by_table(
        self, subject: str, asks: str, grants: str, reason: str, first: date, last: date
    ) -> None:
        row = self._row(subject, asks, grants, reason, first, last)
        self._try(lambda: self._insert(row))

    @rule(grants=WHO)
    def change_in_plain_sql(self, grants: str) -> None:
        statement = "UPDATE core_exemption SET granted_by = %s"
        self._try(lambda: connection.cursor().execute(statement, [grants]))

    def _row(self, *given: Any) -> dict[str, Any]:
        self.number += 1
        names = ("subject", "requested_by", "granted_by", "reason", "start", "until")
        when = datetime(2024, 1, 1, tzinfo=UTC)
        return {
            **dict(zip(names, given, strict=True)),
            "key": f"e{self.number}",
            "clause": "desk-rules/read",
            "requested_at": when,
            "granted_at": when,
        }

    def _insert(self, row: dict[str, Any]) -> None:
        when = row["granted_at"]
        entry = make_entry("exemptions", {"key": row["key"]}, "", when)
        entry.save()
        Row.objects.create(**row, happened_at=when, recorded_at=when, source="shell", entry=entry)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                act()
        except (Problem, IntegrityError):
            pass

    @invariant()
    def each_has_reason_end_and_anothers_consent(self) -> None:
        records = PersonRecord.objects.values_list("key", "teams")
        security = {key for key, teams in records if "security" in teams}
        for each in Row.objects.all():
            granter = each.granted_by
            assert granter in security
            others = {each.requested_by, each.subject}
            assert granter not in {one.strip().lower().removeprefix("person:") for one in others}
            assert each.reason.strip()
            assert each.start <= each.until


@pytest.mark.usefixtures("company")
def test_no_row_however_thrown_makes_an_exemption_without_consent() -> None:
    class OnceOver(Throwing):
        def __init__(self) -> None:
            super().__init__()
            self.undo = transaction.atomic()
            self.undo.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    few = settings(max_examples=25, stateful_step_count=15, deadline=None)
    run_state_machine_as_test(OnceOver, settings=few)


# The judgement itself, without a database.

PEOPLE = ["anna", "bram", "chloe"]
CLAUSES = ["read", "lock"]
JUDGED = date(2026, 3, 14)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _verdicts(_: object, world: World) -> Iterator[Verdict]:
    for each in world.facts(Person):
        states = {"anna": "satisfied", "bram": "not-satisfied", "chloe": "not-satisfied"}
        yield Verdict(each.subject, states[each.key], "so it is")  # type: ignore[arg-type]


CHECK = Check("test.all", "", "attested", "person", ("people",), NoParameters, _verdicts)
BINDINGS = [Binding("desk-rules", clause, CHECK, NoParameters()) for clause in CLAUSES]


def findings(exemptions: list[Exemption]) -> list[Finding]:
    people: list[Fact] = [
        Person(key, NOON, NOON, key, "", "employee", "", (), date(2024, 1, 1), None, "nl")
        for key in PEOPLE
    ]
    company = Subject("company", "company", "Example")
    return list(judge(BINDINGS, World(JUDGED, company, {"people": people}), exemptions))


@st.composite
def exemption(draw: st.DrawFn) -> Exemption:
    start = JUDGED + timedelta(days=draw(st.integers(-5, 5)))
    until = start + timedelta(days=draw(st.integers(0, 5)))
    clause = f"desk-rules/{draw(st.sampled_from(CLAUSES))}"
    key = f"e{draw(st.integers(0, 99))}"
    return Exemption(key, NOON, NOON, clause, draw(st.sampled_from(PEOPLE)), start, until)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(exemption(), max_size=8))
def test_it_changes_exactly_its_clause_subject_and_days(granted: list[Exemption]) -> None:
    for plain, found in zip(findings([]), findings(granted), strict=True):
        covering = [
            each
            for each in granted
            if each.clause == f"desk-rules/{plain.clause}"
            and each.subject == plain.subject.id
            and each.start <= JUDGED <= each.until
        ]
        if plain.state == "not-satisfied" and covering:
            assert found.state == "exempt"
            assert found.exemption in {each.key for each in covering}
            assert found.facts == plain.facts
        else:
            assert found == plain

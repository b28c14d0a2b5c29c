"""Tries every path to an exemption: pages, services, imports, the command line, plain SQL."""

from __future__ import annotations

import argparse
import importlib
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from adhere.core import requesting
from adhere.core.exempting import EXEMPTIONS
from adhere.core.importing import import_facts
from adhere.core.models import Decision, Entry, Exemption, PersonRecord, Request
from adhere.core.recording import Origin, record
from adhere.core.running import judge_day
from adhere.errors import Problem

POLICY = """---
policy: work-behaviours
title: Work behaviours
owner: security
audience: personnel
---
## Reading

{#read check="conduct.acknowledged" policy="work-behaviours" grace=30d}
Everybody accepts these rules within thirty days.

{#breaches check="conduct.acknowledged" policy="work-behaviours" grace=30d consents="2"}
Nobody breaches security.
"""
STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,anna,,2024-03-01,,nl
dirk,Dirk Maes,dirk@example.com,employee,anna,security,2024-01-08,,de
eva,Eva Wouters,eva@example.com,employee,anna,,2024-01-08,,en
"""
HEADER = "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until,"
CLAUSES = {"work-behaviours/read": 1, "work-behaviours/breaches": 2}
PEOPLE = st.sampled_from(["anna", "bram", "dirk", "eva"])
NAMES = st.sampled_from(["anna", "bram", "dirk", "eva", "Anna", " dirk", "person:anna", ""])
CLAUSE = st.sampled_from(sorted(CLAUSES))
DECIDED = st.sampled_from(["consent", "consent", "consent", "refuse", "withdraw", "end"])
NUMBER = st.integers(0, 5)
STEPS: Counter[str] = Counter()


class EveryPath(RuleBasedStateMachine):
    """No exemption counts without the written consent of enough others.

    ``clients`` are signed-in test clients by person. One example is undone after another.
    """

    clients: dict[str, Client]

    @initialize()
    def begin(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.today = timezone.localdate()
        self.now = timezone.now()
        self.number = 0
        for clause in CLAUSES:  # so that decisions have something to decide from the start
            given = {"clauses": [clause], "reason": "work", **self._days()}
            requesting.ask("exemption", Origin("service", "bram"), **given)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(who=PEOPLE, clause=CLAUSE, subject=NAMES)
    def ask_on_a_page(self, who: str, clause: str, subject: str) -> None:
        given = {"clauses": [clause], "subject": subject, "reason": "work", **self._days()}
        self._try("page", lambda: self.clients[who].post("/requests/ask/exemption/", given))

    @rule(who=PEOPLE, clause=CLAUSE, subject=NAMES)
    def ask_by_service(self, who: str, clause: str, subject: str) -> None:
        given = {"clauses": [clause], "subject": subject, "reason": "work", **self._days()}
        origin = Origin("service", who)
        self._try("service", lambda: requesting.ask("exemption", origin, **given))

    @rule(who=PEOPLE, number=NUMBER, decision=DECIDED)
    def decide_on_a_page(self, who: str, number: int, decision: str) -> None:
        key = self._key(number)
        address, words = f"/requests/{key}/{decision}/", {"text": "so be it"}
        self._try("page", lambda: self.clients[who].post(address, words))

    @rule(who=PEOPLE, number=NUMBER, decision=DECIDED)
    def decide_by_service(self, who: str, number: int, decision: str) -> None:
        act: Callable[..., Any] = getattr(requesting, decision)
        words = () if decision == "withdraw" else ("so be it",)
        key = self._key(number)
        self._try("service", lambda: act(key, Origin("service", who), *words))

    @rule(who=NAMES, number=NUMBER, decision=DECIDED)
    def decide_in_sql(self, who: str, number: int, decision: str) -> None:
        made = Request.objects.filter(key=self._key(number)).first()
        row = {"request": made and made.pk, "by": who, "at": timezone.now(), "text": ""}
        self._try("sql", lambda: insert(Decision, decision=decision, **row))

    @rule(clause=CLAUSE, subject=NAMES, asks=NAMES, grants=NAMES, also=NAMES, number=NUMBER)
    def exempt_in_sql(self, **given: Any) -> None:
        row = self._row(**given)
        common = {"happened_at": self.now, "recorded_at": self.now, "source": "sql"}
        values = {**row, **common, "recorder": "", "retracted": False}
        self._try("sql", lambda: insert(Exemption, **values))

    @rule(clause=CLAUSE, subject=NAMES, asks=NAMES, grants=NAMES, also=NAMES, number=NUMBER)
    def exempt_by_record(self, **given: Any) -> None:
        row = self._row(**given)
        self._try("service", lambda: record(EXEMPTIONS, [row], Origin("service")))

    @rule(clause=CLAUSE, subject=NAMES, asks=NAMES, grants=NAMES, also=NAMES, number=NUMBER)
    def exempt_by_import(self, **given: Any) -> None:
        text = self._csv(**given)
        self._try("import", lambda: import_facts(EXEMPTIONS, text, "e.csv", Origin("import")))

    @rule(clause=CLAUSE, subject=NAMES, asks=NAMES, grants=NAMES, also=NAMES, number=NUMBER)
    def exempt_by_command(self, **given: Any) -> None:
        text = self._csv(**given)
        self._try("command", lambda: command(text))

    @rule(grants=NAMES, table=st.sampled_from(["core_exemption", "core_decision", "core_request"]))
    def change_in_sql(self, grants: str, table: str) -> None:
        column = {"core_exemption": "granted_by", "core_decision": '"by"'}.get(table, "subject")
        statement = f"UPDATE {table} SET {column} = %s"
        self._try("sql", lambda: execute(statement, [grants]))

    @invariant()
    def each_that_counts_has_enough_consents(self) -> None:
        if not hasattr(self, "today"):
            return
        records = PersonRecord.objects.filter(superseded_by=None).values_list("key", "teams")
        security = {key for key, teams in records if "security" in teams}
        findings = judge_day(self.today).findings
        counted = {each.exemption for each in findings if each.state == "exempt"}
        STEPS["in force"] += bool(counted)
        for fact in Exemption.objects.filter(key__in=counted, superseded_by=None):
            others = {_bare(fact.requested_by), _bare(fact.subject)}
            granters = {fact.granted_by, fact.also_granted_by} - {""}
            assert granters <= security
            assert not granters & others
            assert len(granters) >= CLAUSES[fact.clause]
            assert fact.reason.strip()
            self._rests_on_its_request(fact, granters)

    def _rests_on_its_request(self, fact: Exemption, granters: set[str]) -> None:
        made = Request.objects.filter(key=fact.key.partition("-")[0]).first()
        if made:
            decided = list(made.decisions.values_list("decision", "by"))
            given = {by for decision, by in decided if decision == "consent"}
            assert granters <= given
            assert len(given) >= made.persons
            assert {decision for decision, _ in decided} == {"consent"}

    def _key(self, number: int) -> str:
        keys = list(Request.objects.values_list("key", flat=True))
        return keys[number % len(keys)] if keys else "none"

    def _days(self) -> dict[str, Any]:
        return {"start": self.today, "until": self.today + timedelta(days=9)}

    def _row(
        self, clause: str, subject: str, asks: str, grants: str, also: str, number: int
    ) -> dict[str, Any]:
        self.number += 1
        key = f"e{self.number}"
        if number % 2:
            key = f"{self._key(number)}-{clause.rpartition('/')[2]}"
        return {
            "key": key,
            "clause": clause,
            "subject": subject,
            "reason": "work",
            "requested_by": asks,
            "requested_at": self.now,
            "granted_by": grants,
            "granted_at": self.now,
            "also_granted_by": also,
            **self._days(),
        }

    def _csv(self, **given: Any) -> bytes:
        row = self._row(**given)
        names = [column.field for column in EXEMPTIONS.columns]
        cells = [str(row[name]) for name in names]
        return (HEADER + "also_granted_by\n" + ",".join(cells) + "\n").encode()

    def _try(self, path: str, act: Callable[[], object]) -> None:
        STEPS[path] += 1
        try:
            with transaction.atomic():
                act()
        except (Problem, DatabaseError):
            STEPS["refused"] += 1


def _bare(name: str) -> str:
    return name.strip().lower().removeprefix("person:")


def insert(model: Any, **values: Any) -> None:
    """A row by plain SQL, beside a ledger entry of nothing."""
    entry = Entry.objects.create(kind="x", commitment=b"", recorded_at=timezone.now())
    fields = {
        model._meta.get_field(name): each for name, each in {**values, "entry": entry.pk}.items()
    }
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    prepared = [field.get_db_prep_save(value, connection) for field, value in fields.items()]
    table = model._meta.db_table
    execute(f"INSERT INTO {table} ({names}) VALUES ({places})", prepared)


def execute(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def command(text: bytes) -> None:
    """What ``adhere import exemptions FILE`` does."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        Path(file.name).write_bytes(text)
        chosen = argparse.Namespace(kind="exemptions", file=file.name, json=True)
        importlib.import_module("adhere.main.commands.import").run(chosen)

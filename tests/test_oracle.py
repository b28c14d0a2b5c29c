"""Whatever happened and whenever it was recorded: the product judges as the naive oracle does."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adhere.core.areas import area_modules, checks
from adhere.core.binding import bind
from adhere.core.checking import Fact, Person, Subject, World
from adhere.core.judging import Exemption, Finding, judge
from adhere.core.kinds import kind_named
from adhere.core.publishing import publish
from adhere.core.recording import Origin, record, retract
from adhere.core.rows import Acknowledged, Publication
from adhere.core.running import judge_day
from adhere.core.texts import Text
from adhere.documents.policy import parse_policy


def _beside(name: str) -> ModuleType:
    """A module of this folder, which is no package."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"adhere_tests_{name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


oracle = _beside("oracle")
FACTS = {
    each.kind: each
    for module in area_modules("facts")
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Fact) and hasattr(each, "kind")
}
POLICY = """---
policy: oracle
title: Rules
owner: security
audience: personnel
---
{{#offered check="training.offered" times=2 within=12mo}}
The training must be offered.

{{#attended check="training.attended" within=12mo grace=60d long_absence=30d}}
Everybody must attend it.

{{#often check="training.attended" within=6mo grace=30d long_absence=20d}}
Everybody must attend it often.

{{#read check="conduct.acknowledged" policy="oracle" grace=20d}}
Everybody must accept these rules.

This is text {number}.
"""
TERMS = {"attended": (12, 60, 30), "often": (6, 30, 20)}
START = date(2023, 1, 1)
PEOPLE = ["anna", "bram", "chloe"]
SESSIONS = ["s1", "s2", "s3", "s4", "s5"]
DAYS = st.integers(0, 1_000).map(lambda number: START + timedelta(days=number))
Results = dict[tuple[str, str], tuple[str, date | None]]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


@st.composite
def version(draw: st.DrawFn) -> Any:
    """One version of one fact, as somebody records it, right or wrong."""
    kind = draw(
        st.sampled_from(
            ["people", "training-sessions", "attendance", "attendance", "attendance", "attendance",
             "absences", "acknowledgements", "exemptions", "exemptions"]
        )
    )  # fmt: skip
    day = draw(DAYS)
    recorded = max(START + timedelta(days=1), day + timedelta(days=draw(st.integers(-30, 120))))
    person, session = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(SESSIONS))
    values: dict[str, Any]
    match kind:
        case "people":
            left = draw(st.none() | st.integers(0, 900).map(lambda n: day + timedelta(days=n)))
            key, values = person, {"joined": day, "left": left}
        case "training-sessions":
            key, values = session, {"day": day, "cancelled": draw(st.integers(0, 9)) == 1}
        case "attendance":
            day = START + timedelta(days=150 * SESSIONS.index(session) + 90)
            recorded = max(recorded, day)
            outcome = draw(st.sampled_from(["attended", "attended", "absent", "excused"]))
            key = f"{session}:{person}"
            values = {"session": session, "person": person, "outcome": outcome}
        case "absences":
            until = draw(st.none() | st.integers(0, 120).map(lambda n: day + timedelta(days=n)))
            key, values = f"{person}:{day}", {"person": person, "start": day, "until": until}
        case "acknowledgements":
            number = draw(st.integers(1, 2))
            key = f"oracle:{number}:{person}"
            values = {"person": person, "version": number, "day": day}
        case _:
            day = START + timedelta(days=draw(st.integers(1, 400)))
            recorded = day
            key = draw(st.sampled_from(["e1", "e2"]))
            values = {
                "clause": f"oracle/{draw(st.sampled_from([*TERMS, 'offered', 'read']))}",
                "subject": draw(st.sampled_from([*PEOPLE, "company"])),
                "start": day,
                "until": day + timedelta(days=draw(st.sampled_from([0, 30, 400, 800]))),
            }
    gone = draw(st.integers(0, 15)) == 1
    return oracle.Version(kind, key, day, recorded, values, gone)


@st.composite
def story(draw: st.DrawFn) -> tuple[list[Any], list[tuple[int, date]]]:
    """A history in the order of its recording, and when two versions were published."""
    first = draw(DAYS)
    published = [(1, first), (2, first + timedelta(days=draw(st.integers(1, 200))))]
    always = [
        oracle.Version("people", who, START, START, {"joined": START, "left": None})
        for who in ["zoe", *PEOPLE[: draw(st.integers(0, 3))]]
    ]
    for number, session in enumerate(draw(st.just(SESSIONS) | st.just([]))):
        day = START + timedelta(days=150 * number + draw(st.integers(20, 90)))
        values = {"day": day, "cancelled": False}
        always.append(oracle.Version("training-sessions", session, day, START, values))
    told = [
        *always,
        *sorted(draw(st.lists(version(), min_size=4, max_size=30)), key=lambda v: v.recorded),
    ]
    kept: list[Any] = []
    for each in told:  # only what is on record can be taken back
        if each.retracted:
            known = [v for v in kept if (v.kind, v.key) == (each.kind, each.key)]
            if known and not known[-1].retracted:
                kept.append(replace(known[-1], recorded=each.recorded, retracted=True))
        else:
            kept.append(each)
    return kept, published[: draw(st.integers(1, 2))]


def expected(world: Any) -> Results:
    """What the oracle says of every clause and subject."""
    results: Results = {("offered", "company"): oracle.offered(world, 2, 12)}
    for clause, terms in TERMS.items():
        if not world.sessions and not world.attendance:
            results[clause, "company"] = ("unknown", None)
            continue
        for person in world.serving():
            results[clause, person] = oracle.attended(world, person, *terms)
    if not world.accepted:
        results["read", "company"] = ("unknown", None)
    elif not world.published:
        results["read", "company"] = ("not-applicable", None)
    else:
        for person in world.serving():
            results["read", person] = oracle.accepted(world, person, 20)
    return {
        (clause, subject): oracle.exempted(world, f"oracle/{clause}", subject, outcome)
        for (clause, subject), outcome in results.items()
    }


def found(findings: list[Finding]) -> Results:
    results = {(each.clause, each.subject.id): (each.state, each.since) for each in findings}
    assert len(results) == len(findings)
    return results


def plain_world(world: Any) -> World:
    """What is visible, as the checks are given it."""

    def row(kind: type[Fact], key: str, day: date, *values: Any) -> Fact:
        return kind(key, noon(day), noon(day), *values)

    session, attendance = FACTS["training-sessions"], FACTS["attendance"]
    facts: dict[str, list[Fact]] = {
        "people": [
            row(Person, key, p["joined"], key, "", "employee", "", (), p["joined"], p["left"], "nl")
            for key, p in world.people.items()
        ],
        "training-sessions": [
            row(session, key, s["day"], "security", "t", noon(s["day"]), noon(s["day"]),
                s["cancelled"])
            for key, s in sorted(world.sessions.items(), key=lambda item: item[1]["day"])
        ],
        "attendance": [
            row(attendance, a["id"], world.day, a["session"], a["person"], a["outcome"])
            for a in world.attendance
        ],
        "absences": [
            row(FACTS["absences"], a["id"], a["start"], a["person"], a["start"], a["until"])
            for a in world.absences
        ],
        "acknowledgements": [
            row(Acknowledged, a["id"], a["day"], a["person"], "oracle", a["version"], None)
            for a in world.accepted
        ],
        "exemptions": [
            row(Exemption, e["id"], e["start"], e["clause"], e["subject"], e["start"], e["until"])
            for e in world.exemptions
        ],
        "publications": [
            row(Publication, f"oracle/{number}", at, "oracle", number, "")
            for number, at in world.published
        ],
    }  # fmt: skip
    return World(world.day, Subject("company", "company", "Example"), facts)


BINDINGS = bind(parse_policy(POLICY.format(number=1), "oracle.en.md"), checks())
LATE = st.integers(300, 1_000).map(lambda number: START + timedelta(days=number))
QUESTION = st.tuples(DAYS | LATE, st.none() | st.none() | DAYS)


@settings(max_examples=300)
@given(story(), st.lists(QUESTION, min_size=1, max_size=3))
def test_the_checks_judge_as_the_oracle_does(
    told: tuple[list[Any], list[tuple[int, date]]], questions: list[tuple[date, date | None]]
) -> None:
    for day, known in questions:
        visible = oracle.company(*told, day, known)
        world = plain_world(visible)
        findings = list(judge(BINDINGS, world, world.facts(Exemption)))
        assert found(findings) == expected(visible)


def row_of(version: Any) -> dict[str, Any]:
    """A version as the product records it."""
    values, at = version.values, noon(version.happened)
    match version.kind:
        case "people":
            teams = ["security"] if version.key == "zoe" else []
            return {"key": version.key, "name": version.key, "email": "", "role": "employee",
                    "supervisor": "", "teams": teams, "language": "nl", **values}  # fmt: skip
        case "training-sessions":
            ends = at + timedelta(hours=1)
            return {"key": version.key, "programme": "security", "title": "t", "starts_at": at,
                    "ends_at": ends, "cancelled": values["cancelled"]}  # fmt: skip
        case "attendance":
            return {**values, "at": at}
        case "absences":
            return {**values, "reason": "other"}
        case "acknowledgements":
            return {"policy": "oracle", "version": values["version"], "person": values["person"],
                    "happened_at": at, "language": "en", "sha256": "0" * 64}  # fmt: skip
        case _:
            return {"key": version.key, **values, "reason": "abroad", "requested_by": "yves",
                    "requested_at": at, "granted_by": "zoe", "granted_at": at}  # fmt: skip


def tell(history: list[Any], published: list[tuple[int, date]]) -> None:
    """Record a whole history, each version at its time."""
    for each in history:
        origin = Origin("test", "", noon(each.recorded))
        if each.retracted:
            retract(kind_named(each.kind), [each.key], origin)
        else:
            record(kind_named(each.kind), [row_of(each)], origin)
    for number, at in published:
        text = POLICY.format(number=number)
        publish([Text(text, parse_policy(text, "oracle.en.md"))], "Changed.", noon(at))


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(story(), st.lists(QUESTION, min_size=1, max_size=6))
def test_any_day_as_known_on_any_day_is_judged_as_the_oracle_does(
    told: tuple[list[Any], list[tuple[int, date]]], questions: list[tuple[date, date | None]]
) -> None:
    assert connection.in_atomic_block
    with transaction.atomic():
        tell(*told)
        for day, known in questions:
            judged = judge_day(day, known)
            assert found(list(judged.findings)) == expected(oracle.company(*told, day, known))
        transaction.set_rollback(True)

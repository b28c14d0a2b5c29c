"""Each exemption in force has a reason, an end and earlier consent of somebody else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from adhere.areas.conduct.checks import (
    exemptions_by_another,
    exemptions_end,
    exemptions_reasoned,
    exemptions_written,
)
from adhere.core.checking import Check, Person, Subject, Verdict, World
from adhere.core.judging import Exemption

CHECKS = (exemptions_reasoned, exemptions_written, exemptions_by_another, exemptions_end)
COMPANY = Subject("company", "company", "Polder Insurance Software")
DAY = date(2025, 6, 15)


def person(key: str, left: date | None = None) -> Person:
    at = datetime(2024, 1, 8, tzinfo=UTC)
    name = key.capitalize()
    joined = date(2024, 1, 8)
    return Person(
        key, at, at, name, f"{key}@polder.example", "employee", "", (), joined, left, "nl"
    )


GRANTED = datetime(2025, 5, 30, 9, tzinfo=UTC)
RIGHT = Exemption(
    key="e1",
    happened_at=GRANTED,
    recorded_at=GRANTED,
    clause="work-behaviours/scanning",
    subject="bram",
    start=date(2025, 6, 1),
    until=date(2025, 6, 30),
    reason="Planned penetration test of the quotation service",
    requested_by="anna",
    granted_by="chloé",
)


def judged(check: Check, *exemptions: Exemption, left: date | None = None) -> list[Verdict]:
    people = [person("anna"), person("bram"), person("chloé", left)]
    world = World(DAY, COMPANY, {"people": people, "exemptions": exemptions})
    assert check.judge is not None
    return list(check.judge(check.parameters(), world))


@pytest.mark.parametrize(
    ("check", "why"),
    [
        (exemptions_reasoned, "a reason is given"),
        (exemptions_written, "consent was recorded before it began"),
        (exemptions_by_another, "somebody else consented"),
        (exemptions_end, "it ends within 12 months"),
    ],
)
def test_a_proper_exemption_is_in_order(check: Check, why: str) -> None:
    subject = Subject("exemption", "e1", "exemption e1 of bram")
    facts = ("exemptions/e1",)
    assert judged(check, RIGHT) == [Verdict(subject, "satisfied", why, date(2025, 6, 1), facts)]


@pytest.mark.parametrize(
    ("fault", "check", "why"),
    [
        ({"reason": " \t"}, exemptions_reasoned, "no reason is given"),
        ({"granted_by": ""}, exemptions_written, "nobody known has consented"),
        ({"granted_by": "nobody"}, exemptions_written, "nobody known has consented"),
        (
            {"start": date(2025, 5, 29)},
            exemptions_written,
            "it began on 2025-05-29, before the consent of 2025-05-30",
        ),
        (
            {"granted_by": "anna"},
            exemptions_by_another,
            "anna consented, who also asked for it",
        ),
        (
            {"granted_by": "bram"},
            exemptions_by_another,
            "bram consented, who also is freed by it",
        ),
        (
            {"until": date(2026, 6, 1)},
            exemptions_end,
            "it runs until 2026-06-01, longer than 12 months",
        ),
    ],
)
def test_each_fault_is_found_by_its_own_check_alone(
    fault: dict[str, object], check: Check, why: str
) -> None:
    wrong = msgspec.structs.replace(RIGHT, key="e2", **fault)
    found = {
        (each.name, verdict.subject.id): verdict.why
        for each in CHECKS
        for verdict in judged(each, RIGHT, wrong)
        if verdict.state != "satisfied"
    }
    assert found == {(check.name, "e2"): why}


def test_a_whole_year_is_not_longer_than_twelve_months() -> None:
    year = msgspec.structs.replace(RIGHT, until=date(2026, 5, 31))
    assert [each.state for each in judged(exemptions_end, year)] == ["satisfied"]


def test_consent_counts_only_while_its_giver_works_here() -> None:
    last = judged(exemptions_written, RIGHT, left=date(2025, 5, 30))
    assert [each.state for each in last] == ["satisfied"]
    gone = judged(exemptions_written, RIGHT, left=date(2025, 5, 29))
    assert [each.why for each in gone] == [
        "Chloé did not work here on 2025-05-30, the day of consent"
    ]


@pytest.mark.parametrize("check", CHECKS)
def test_what_has_ended_or_not_begun_is_not_looked_at(check: Check) -> None:
    ended = msgspec.structs.replace(RIGHT, until=date(2025, 6, 14), reason="")
    ahead = msgspec.structs.replace(RIGHT, start=date(2025, 6, 16), granted_by="")
    assert judged(check, ended, ahead) == [
        Verdict(COMPANY, "not-applicable", "no exemption is in force")
    ]

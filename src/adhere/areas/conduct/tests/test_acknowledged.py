"""Everybody accepts the version in force: joiners, leavers, older versions, new versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adhere.areas.conduct.checks import Acceptance, acknowledged
from adhere.core.checking import Fact, Person, Subject, Verdict, World
from adhere.core.parameters import parse_parameters
from adhere.core.rows import Acknowledged, Publication
from adhere.errors import Problem

COMPANY = Subject("company", "company", "Polder Insurance Software")
POLICY = "work-behaviours"


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def person(key: str, joined: date, left: date | None = None) -> Person:
    at = noon(joined)
    name = key.capitalize()
    return Person(
        key, at, at, name, f"{key}@polder.example", "employee", "", (), joined, left, "nl"
    )


def version(number: int, day: date, policy: str = POLICY) -> Publication:
    at = noon(day)
    return Publication(f"{policy}/{number}", at, at, policy, number, "")


def accepts(
    who: str, number: int, day: date, score: int | None = None, policy: str = POLICY
) -> Acknowledged:
    at = noon(day)
    return Acknowledged(f"{policy}:{number}:{who}", at, at, who, policy, number, score)


def judged(day: date, *facts: Fact, **chosen: str) -> list[Verdict]:
    known: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda each: each.happened_at):
        if fact.happened_at <= noon(day):
            known.setdefault(fact.kind, []).append(fact)
    judge = acknowledged.judge
    assert judge is not None
    return list(judge(parse_parameters(Acceptance, chosen), World(day, COMPANY, known)))


def states(verdicts: Sequence[Verdict]) -> dict[str, str]:
    return {verdict.subject.id: verdict.state for verdict in verdicts}


ANNA = person("anna", date(2024, 1, 8))
BRAM = person("bram", date(2024, 1, 8))
FIRST = version(1, date(2025, 1, 1))
SECOND = version(2, date(2025, 6, 1))


def test_whoever_accepted_the_version_in_force_keeps_it_since_that_day() -> None:
    given_ = accepts("anna", 1, date(2025, 1, 10))
    assert judged(date(2025, 3, 1), ANNA, FIRST, given_) == [
        Verdict(
            ANNA.subject,
            "satisfied",
            "accepted version 1 on 2025-01-10",
            date(2025, 1, 10),
            ("acknowledgements/work-behaviours:1:anna",),
        )
    ]


def test_whoever_did_not_is_late_from_the_day_after_the_grace_period() -> None:
    facts = ANNA, BRAM, FIRST, accepts("anna", 1, date(2025, 1, 10))
    due = date(2025, 1, 31)
    assert states(judged(due, *facts)) == {"anna": "satisfied", "bram": "not-applicable"}
    late = judged(due + timedelta(days=1), *facts)[1]
    assert late == Verdict(
        BRAM.subject,
        "not-satisfied",
        "has accepted no version; version 1 is in force since 2025-01-01, was due by 2025-01-31",
        date(2025, 2, 1),
        ("publications/work-behaviours/1",),
    )


def test_a_joiner_has_the_grace_period_from_the_first_day_at_work() -> None:
    chloe = person("chloé", date(2025, 5, 5))
    facts = chloe, ANNA, FIRST, accepts("anna", 1, date(2025, 1, 10))
    assert states(judged(date(2025, 6, 4), *facts))["chloé"] == "not-applicable"
    assert states(judged(date(2025, 6, 5), *facts))["chloé"] == "not-satisfied"


def test_a_leaver_owes_nothing_after_the_last_day_at_work() -> None:
    dirk = person("dirk", date(2024, 1, 8), left=date(2025, 3, 31))
    facts = dirk, ANNA, FIRST, accepts("anna", 1, date(2025, 1, 10))
    assert states(judged(date(2025, 3, 31), *facts))["dirk"] == "not-satisfied"
    assert "dirk" not in states(judged(date(2025, 4, 1), *facts))


def test_an_older_version_is_named_and_a_new_one_gives_time_again() -> None:
    facts = ANNA, FIRST, SECOND, accepts("anna", 1, date(2025, 1, 10))
    soon = judged(date(2025, 6, 15), *facts)[0]
    assert (soon.state, soon.why) == (
        "not-applicable",
        "accepted only version 1, on 2025-01-10; version 2 is in force since 2025-06-01, "
        "due by 2025-07-01",
    )
    late = judged(date(2025, 7, 2), *facts)[0]
    assert (late.state, late.since) == ("not-satisfied", date(2025, 7, 2))


def test_publishing_again_pardons_nobody_who_was_late() -> None:
    facts = ANNA, BRAM, FIRST, SECOND, accepts("anna", 2, date(2025, 6, 1))
    late = judged(date(2025, 6, 2), *facts)[1]
    assert (late.subject, late.state, late.since) == (
        BRAM.subject,
        "not-satisfied",
        date(2025, 2, 1),
    )


def test_a_version_replaced_before_its_deadline_never_had_to_be_accepted() -> None:
    quick = version(2, date(2025, 1, 20))
    facts = ANNA, BRAM, FIRST, quick, accepts("anna", 2, date(2025, 1, 21))
    assert states(judged(date(2025, 2, 10), *facts))["bram"] == "not-applicable"
    assert states(judged(date(2025, 2, 20), *facts))["bram"] == "not-satisfied"


def test_accepting_before_the_first_day_at_work_counts() -> None:
    chloe = person("chloé", date(2025, 5, 5))
    given_ = accepts("chloé", 1, date(2025, 4, 20))
    assert states(judged(date(2025, 7, 1), chloe, FIRST, given_)) == {"chloé": "satisfied"}


def test_another_policy_does_not_count() -> None:
    facts = ANNA, FIRST, accepts("anna", 1, date(2025, 1, 10), policy="passwords")
    assert states(judged(date(2025, 3, 1), *facts)) == {"anna": "not-satisfied"}


def test_a_score_below_the_least_one_is_no_acceptance() -> None:
    facts = ANNA, FIRST, accepts("anna", 1, date(2025, 1, 10), score=60)
    verdict = judged(date(2025, 3, 1), *facts, score="80")[0]
    assert (verdict.state, verdict.why.partition(";")[0]) == (
        "not-satisfied",
        "accepted version 1 with a score of 60, which is too little",
    )
    assert states(judged(date(2025, 3, 1), *facts, score="60")) == {"anna": "satisfied"}


def test_without_any_acknowledgement_nothing_is_known() -> None:
    assert judged(date(2025, 3, 1), ANNA, FIRST) == [
        Verdict(COMPANY, "unknown", "nothing recorded yet")
    ]


def test_before_the_first_publication_nothing_was_to_be_accepted() -> None:
    early = accepts("anna", 1, date(2024, 6, 1), policy="passwords")
    assert states(judged(date(2024, 12, 1), ANNA, early, FIRST)) == {"company": "not-applicable"}


def test_a_grace_period_out_of_range_says_what_fits() -> None:
    with pytest.raises(Problem) as caught:
        parse_parameters(Acceptance, {"grace": "3y"})
    assert (caught.value.field, caught.value.expected) == ("grace", "between 0d and 1y")


START = date(2025, 1, 1)
offsets = st.integers(0, 200)


@given(
    joined=offsets,
    published=st.lists(offsets, min_size=1, max_size=4).map(sorted),
    accepted=st.lists(st.tuples(st.integers(1, 4), offsets), max_size=4),
    grace=st.integers(0, 60),
    day=st.integers(0, 300),
)
def test_it_equals_walking_through_the_days(
    joined: int,
    published: list[int],
    accepted: list[tuple[int, int]],
    grace: int,
    day: int,
) -> None:
    versions = [version(n, START + timedelta(days=at)) for n, at in enumerate(published, 1)]
    given_ = [accepts("anna", n, START + timedelta(days=at)) for n, at in accepted]
    # somebody else has always accepted something, so that acknowledgements are recorded at all
    other = accepts("bram", 1, START - timedelta(days=1))
    anna = person("anna", START + timedelta(days=joined))
    today = START + timedelta(days=day)
    found = judged(today, anna, other, *versions, *given_, grace=f"{grace}d")

    assert states(found).get("anna", "absent") == walked(joined, published, accepted, grace, day)


def walked(
    joined: int, published: list[int], accepted: list[tuple[int, int]], grace: int, today: int
) -> str:
    if joined > today or published[0] > today:
        return "absent"
    newest = max(n for n, at in enumerate(published, 1) if at <= today)
    best = max((n for n, at in accepted if at <= today), default=0)
    if best >= newest:
        return "satisfied"
    for day in range(today + 1):
        this_morning = max((n for n, at in enumerate(published, 1) if at < day), default=0)
        if this_morning > best and day > max(joined, published[this_morning - 1]) + grace:
            return "not-satisfied"
    return "not-applicable"

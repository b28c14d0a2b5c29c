"""Each version after the first says what it changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from adhere.areas.cookies.checks import OfPolicy, changes_explained
from adhere.core.checking import Subject, Verdict, World
from adhere.core.rows import Publication

COMPANY = Subject("company", "company", "Polder Insurance Software")
POLICY = Subject("policy", "cookies", "cookies")


def version(number: int, changes: str, policy: str = "cookies") -> Publication:
    at = datetime(2025, number, 1, 12, tzinfo=UTC)
    return Publication(f"{policy}/{number}", at, at, policy, number, changes)


def judged(*versions: Publication) -> list[Verdict]:
    judge = changes_explained.judge
    assert judge is not None
    world = World(date(2025, 12, 1), COMPANY, {"publications": versions})
    return list(judge(OfPolicy(), world))


def test_the_first_version_changes_nothing() -> None:
    assert judged(version(1, ""), version(2, "", "work-behaviours")) == [
        Verdict(POLICY, "not-applicable", "there is no second version yet")
    ]


def test_explained_changes_are_in_order() -> None:
    assert judged(version(1, ""), version(2, "The chat has another provider.")) == [
        Verdict(
            POLICY,
            "satisfied",
            "version 2 and those before it say what they changed",
            date(2025, 2, 1),
            ("publications/cookies/2",),
        )
    ]


def test_silent_versions_are_named() -> None:
    versions = version(1, ""), version(2, "  "), version(3, "A cookie more."), version(4, "")
    assert judged(*versions) == [
        Verdict(
            POLICY,
            "not-satisfied",
            "nothing says what version 2, 4 changed",
            date(2025, 2, 1),
            ("publications/cookies/2", "publications/cookies/4"),
        )
    ]

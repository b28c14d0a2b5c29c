"""The clauses that consent decides: silent where all is well, each fault named as it is."""

from __future__ import annotations

from typing import Any

import pytest

from adhere.areas.cookies import checks, facts
from adhere.core.rows import Publication

from .cookies_cast import (
    NECESSARY,
    THEN,
    VISITS,
    ago,
    answers,
    content,
    notice,
    site,
    told,
    tracker,
)

BOTH = (notice("en"), notice("nl"))
WORLD = (site(), NECESSARY, VISITS, *BOTH)
PUBLISHED = Publication("cookies/1", THEN, THEN, "cookies", 1, "First version.")


def test_answers_with_all_their_parts_are_kept() -> None:
    assert told(checks.consent_recorded, *WORLD, answers(), answers("reject")) == [
        ("shop", "satisfied", "all 24 answers are kept with their purposes, notice and proof")
    ]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            answers(notice="0" * 64),
            "12 answers name a notice that is not kept",
        ),
        (
            answers(purposes={"necessary": True}),
            "12 answers do not say analytics",
        ),
        (answers(unproven=3), "3 answers have lost their proof"),
    ],
)
def test_answers_that_lack_a_part_are_told(given: facts.Answers, why: str) -> None:
    assert told(checks.consent_recorded, *WORLD, given) == [("shop", "not-satisfied", why)]


def test_a_tracker_whose_purpose_nobody_is_asked_for_is_told() -> None:
    ads = tracker("ads", purpose="marketing")
    assert told(checks.consent_recorded, *WORLD, ads, answers()) == [
        ("shop", "not-satisfied", "no consent is asked for ads (marketing)")
    ]


@pytest.mark.parametrize(
    "check",
    [checks.consent_recorded, checks.refusal_recorded, checks.records_purged, checks.asked_once],
)
def test_without_answers_nothing_is_known(check: Any) -> None:
    assert [(subject, state) for subject, state, _ in told(check, *WORLD)] == [("shop", "unknown")]


@pytest.mark.parametrize(
    "check",
    [checks.consent_recorded, checks.choice_expires, checks.notice_current, checks.banner_fair],
)
def test_without_a_website_nothing_is_known(check: Any) -> None:
    assert told(check, VISITS) == [
        ("company", "unknown", "no website shows the banner yet"),
    ]


def test_refusals_stand_as_refusals() -> None:
    assert told(checks.refusal_recorded, *WORLD, answers(), answers("reject")) == [
        ("shop", "satisfied", "all 12 refusals stand as refusals")
    ]


def test_a_refusal_that_gives_something_is_told() -> None:
    wrong = answers("reject", purposes={"necessary": True, "analytics": True})
    assert told(checks.refusal_recorded, *WORLD, wrong) == [
        ("shop", "not-satisfied", "12 refusals are recorded as consent to analytics")
    ]


def test_an_answer_stands_for_as_long_as_promised() -> None:
    assert told(checks.choice_expires, *WORLD, answers(), max_age="6mo") == [
        ("shop", "satisfied", "an answer stands for 6 months, at most 6 months")
    ]


def test_a_banner_that_lets_answers_stand_too_long_is_told() -> None:
    long = notice(settings={"months": 12, "theme": {}})
    assert told(checks.choice_expires, site(), long, max_age="6mo") == [
        ("shop", "not-satisfied", "the banner lets an answer stand for 12 months")
    ]


def test_an_answer_that_stands_too_long_is_told() -> None:
    assert told(checks.choice_expires, *WORLD, answers(longest=366), max_age="6mo") == [
        ("shop", "not-satisfied", "an answer stands for 366 days")
    ]


@pytest.mark.parametrize(
    ("repeated", "state"), [(0, "satisfied"), (5, "satisfied"), (6, "not-satisfied")]
)
def test_who_answered_is_not_asked_again(repeated: int, state: str) -> None:
    asking = facts.Asking("shop", THEN, THEN, "shop", 100, repeated)
    said = f"{repeated} of 100 answers of the last month repeat one that stood"
    assert told(checks.asked_once, *WORLD, asking, share="5") == [("shop", state, said)]


def test_records_go_in_time() -> None:
    young = facts.Answers("a", ago(600), ago(600), "shop", "", "accept", {}, 1, 1, 0)
    old = facts.Answers("b", ago(740), ago(740), "shop", "", "accept", {}, 1, 1, 0)
    assert told(checks.records_purged, *WORLD, young, keep="24mo") == [
        ("shop", "satisfied", "the oldest answer kept is of 2025-03-30")
    ]
    assert told(checks.records_purged, *WORLD, young, old, keep="24mo") == [
        (
            "shop",
            "not-satisfied",
            "the oldest answer kept is of 2024-11-10; it was to go after 24 months",
        )
    ]


def test_a_notice_that_shows_the_inventory_is_current() -> None:
    assert told(checks.notice_current, *WORLD, PUBLISHED) == [
        ("shop", "satisfied", "notice 1 is current in 2 languages")
    ]


@pytest.mark.parametrize(
    ("world", "why"),
    [
        ((site(), NECESSARY, VISITS, notice("en"), PUBLISHED), "no notice in nl"),
        (
            (
                site(languages=("en",)),
                NECESSARY,
                tracker("visits", retention="1 year"),
                notice("en"),
                PUBLISHED,
            ),
            "notice 1 in en is not the inventory",
        ),
        (
            (site(languages=("en",)), NECESSARY, VISITS, notice("en", version=0), PUBLISHED),
            "notice 1 in en names version 0 of the policy, which is at 1",
        ),
        (
            (*WORLD, PUBLISHED, facts.Page("1/fr", THEN, THEN, "fr", 1, exact=False)),
            "the page in “fr” is not the inventory",
        ),
    ],
)
def test_what_is_not_current_is_told(world: tuple[Any, ...], why: str) -> None:
    assert told(checks.notice_current, *world) == [("shop", "not-satisfied", why)]


def test_a_fair_banner_is_fair_in_each_language() -> None:
    assert told(checks.banner_fair, *WORLD) == [("shop", "satisfied", "fair in 2 languages")]


def _words(**other: str) -> dict[str, Any]:
    return {"words": {**content("en", ())["words"], **other}}


def _purposes(**necessary: bool) -> dict[str, Any]:
    return {
        "purposes": [
            {**each, "necessary": necessary.get(each["slug"], each["necessary"])}
            for each in content("en", (NECESSARY, VISITS))["purposes"]
        ]
    }


def _links(**other: str) -> dict[str, Any]:
    return {"links": {**content("en", ())["links"], **other}}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (_words(refuse=" "), "in “en” nothing says “refuse”"),
        (_words(refuse="Accept all", accept="Accept all"), "in “en” two buttons say the same"),
        (
            _words(refuse="No, take me to the long list of everything that I then lose here"),
            "in “en” refusing takes many more words than accepting",
        ),
        (_links(policy=""), "in “en” the cookie policy is not linked"),
        (_links(rights=""), "in “en” neither rights nor contact are linked"),
        (
            _purposes(analytics=True),
            "analytics is always on; visits needs consent but stands under “analytics”",
        ),
        (
            {"settings": {"months": 6, "theme": {"--adhere-accept-ground": "green"}}},
            "the theme dresses one answer only (--adhere-accept-ground)",
        ),
    ],
)
def test_what_is_unfair_is_told(other: dict[str, Any], why: str) -> None:
    assert told(checks.banner_fair, site(), notice(**other)) == [("shop", "not-satisfied", why)]


def test_a_complete_inventory_is_silent() -> None:
    said = "provider, purpose and retention are there"
    assert told(checks.inventory_complete, NECESSARY, VISITS) == [
        (NECESSARY.key, "satisfied", said),
        (VISITS.key, "satisfied", said),
    ]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"vendor": " "}, "vendor is not said"),
        (
            {"retention": "until further notice"},
            "“until further notice” does not say for how long it stays",
        ),
        ({"strictly_necessary": True}, "analytics is never strictly necessary"),
        (
            {"strictly_necessary": True, "purpose": "preferences"},
            "nothing says why it is strictly necessary",
        ),
        ({"purpose": "necessary"}, "it stands under what is necessary, but is not strictly so"),
    ],
)
def test_what_the_inventory_leaves_open_is_told(other: dict[str, Any], why: str) -> None:
    wrong = tracker("visits", **other)
    assert told(checks.inventory_complete, wrong) == [(wrong.key, "not-satisfied", why)]


@pytest.mark.parametrize(
    ("retention", "state"),
    [("13 months", "satisfied"), ("14 months", "not-satisfied"), ("for now", "unknown")],
)
def test_retention_has_a_limit(retention: str, state: str) -> None:
    found = told(checks.retention_limited, tracker("visits", retention=retention))
    assert [each[1] for each in found] == [state]


def test_a_review_stands_for_its_time() -> None:
    old = facts.Review("r1", ago(400), ago(400), "anna")
    new = facts.Review("r2", ago(300), ago(300), "bram")
    check = checks.inventory_reviewed
    assert told(check, VISITS, old, within="12mo") == [
        ("company", "not-satisfied", "anna last looked through it on 2025-10-16")
    ]
    assert told(check, VISITS, old, new, within="12mo") == [
        ("company", "satisfied", "bram last looked through it on 2026-01-24")
    ]
    assert told(check, VISITS, within="12mo") == [
        ("company", "unknown", "nobody has looked through it yet; due by 2027-09-01")
    ]
    assert told(check, VISITS, within="1mo") == [
        ("company", "not-satisfied", "nobody has ever looked through it")
    ]

"""The clauses that a scan decides: silent on a clean website, each violation its own verdict."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adhere.areas.cookies import checks
from adhere.areas.cookies.scanning.shape import Asked, Dialog, Found, Seen, report_of
from adhere.core.checking import Check
from adhere.core.rows import Publication
from adhere.errors import Problem

from .cookies_cast import NECESSARY, THEN, VISITS, ago, judged, site, told, tracker
from .scans_cast import CONSENT, DIALOG, STATES, TALLY, found, report, scan
from .scans_cast import VISITS as SEEN

COUNTED = Publication("cookies/1", THEN, THEN, "cookies", 1, "")
WORLD = (site(), NECESSARY, VISITS, COUNTED)
SCANNED: dict[str, Check] = {
    name: each for name, each in vars(checks).items()
    if isinstance(each, Check) and "scans" in each.needs
}  # fmt: skip


def wrong(*findings: Found, **changes: Any) -> dict[str, str]:
    """Each check that such a scan breaks, with its reason."""
    world = (*WORLD, scan(*findings, **changes))
    verdicts = {name: judged(check, *world)[0] for name, check in SCANNED.items()}
    return {name: each.why for name, each in verdicts.items() if each.state == "not-satisfied"}


def seen(**changes: Any) -> Seen:
    return msgspec.structs.replace(SEEN, **changes)


def test_twenty_checks_ask_a_scan() -> None:
    assert len(SCANNED) == 20
    assert {each.subject for each in SCANNED.values()} == {"website"}


@pytest.mark.parametrize("name", SCANNED)
def test_a_clean_website_satisfies(name: str) -> None:
    (verdict,) = judged(SCANNED[name], *WORLD, scan())
    assert (verdict.state, verdict.since, verdict.facts) == (
        "satisfied", date(2026, 11, 19), ("scans/scan-1",)
    )  # fmt: skip


BY_RULE = [
    ("tracker-before-consent", "before", "nothing_before_consent"),
    ("request-before-consent", "before", "nothing_before_consent"),
    ("fingerprinting", "before", "nothing_before_consent"),
    ("fingerprinting", "ignored", "nothing_before_consent"),
    ("tracker-despite-refusal", "refused", "refusal_honoured"),
    ("request-despite-refusal", "refused", "refusal_honoured"),
    ("refusal-recorded-as-consent", "refused", "refusal_honoured"),
    ("tracker-despite-refusal", "purpose:analytics", "choice_by_purpose"),
    ("request-despite-refusal", "purpose:analytics", "choice_by_purpose"),
    ("fingerprinting", "refused", "refusal_honoured"),
    ("tracker-despite-gpc", "gpc", "gpc_honoured"),
    ("fingerprinting", "gpc", "gpc_honoured"),
    ("tracker-survives-withdrawal", "withdrawn", "withdrawal_honoured"),
    ("tracker-respawns", "withdrawn", "withdrawal_honoured"),
    ("no-dialog", "before", "dialog_shown"),
    ("dialog-blocks-reading", "before", "dialog_shown"),
    ("dialog-not-accessible", "before", "dialog_shown"),
    ("misleading-buttons", "before", "refusal_easy"),
    ("preselected-purpose", "before", "nothing_preselected"),
    ("consent-before-choice", "before", "nothing_preselected"),
    ("consent-by-continuing", "ignored", "nothing_preselected"),
    ("wrong-party", "", "party_right"),
    ("cookie-syncing", "accepted", "party_right"),
    ("identifier-in-url", "accepted", "party_right"),
    ("wrong-purpose", "", "purpose_right"),
    ("not-strictly-necessary", "", "necessary_is_necessary"),
    ("insecure-cookie", "accepted", "stored_securely"),
    ("policy-unreachable", "before", "policy_reachable"),
]


@pytest.mark.parametrize(("rule", "state", "name"), BY_RULE)
def test_a_finding_breaks_its_own_clause_and_no_other(rule: str, state: str, name: str) -> None:
    assert wrong(found(rule, "x", state)) == {name: f"{rule} x"}


@pytest.mark.parametrize(("rule", "state", "name"), BY_RULE)
def test_a_note_breaks_nothing(rule: str, state: str, name: str) -> None:
    assert wrong(found(rule, "x", state, severity="note")) == {}


@pytest.mark.parametrize(
    ("rule", "state", "name"), [each for each in BY_RULE if each[0] != "insecure-cookie"]
)
def test_what_is_not_certain_waits_for_a_person(rule: str, state: str, name: str) -> None:
    doubtful = found(rule, "x", state, severity="warning")
    assert wrong(doubtful) == {}
    assert told(SCANNED[name], *WORLD, scan(doubtful)) == [
        ("shop", "unknown", f"a person has to look: {rule} x")
    ]


@pytest.mark.parametrize(
    ("changes", "name", "why"),
    [
        ({"dialog": Dialog(True, "", 1, 3, 1)}, "refusal_easy",
         "refusing takes 3 clicks, accepting 1 click"),
        ({"dialog": Dialog(True, "", 1, 1, 3)}, "withdrawal_easy",
         "withdrawing takes 3 clicks, accepting 1 click"),
        ({"links": {"https://a.example/": 404, "https://b.example/": 0}}, "links_work",
         "https://a.example/ answers 404; nothing answers at https://b.example/"),
        ({"privacy_linked": False}, "privacy_policy_linked",
         "nothing in it links to a privacy policy"),
        ({"version_shown": "7"}, "current_version_shown",
         "the page shows version 7, and version 1 was in force"),
        ({"trackers": (seen(lifetime_seconds=398 * 86_400),)}, "lifetimes_kept",
         "visits lives for 398 days, at most 13 months allowed"),
    ],
)  # fmt: skip
def test_what_was_measured_breaks_its_own_clause(
    changes: dict[str, Any], name: str, why: str
) -> None:
    assert wrong(**changes) == {name: why}


@pytest.mark.parametrize(
    ("rule", "clicks", "name"),
    [
        ("no-refusal", Dialog(True, "", 1, None, 1), "refusal_easy"),
        ("no-way-to-withdraw", Dialog(True, "", 1, 1, None), "withdrawal_easy"),
    ],
)
def test_what_cannot_be_done_is_not_easy(rule: str, clicks: Dialog, name: str) -> None:
    assert wrong(found(rule), dialog=clicks) == {name: rule}


def test_extra_clicks_are_allowed_where_the_policy_says_so() -> None:
    slow = scan(dialog=Dialog(True, "", 1, 2, 1))
    assert told(checks.refusal_easy, *WORLD, slow, extra="1") == [
        ("shop", "satisfied", "refusing takes 2 clicks")
    ]


def test_an_unknown_tracker_is_undeclared_until_the_inventory_has_it() -> None:
    told_of = found("undeclared-tracker", "late")
    seen_late = {"trackers": (CONSENT, SEEN, seen(name="late"))}
    assert wrong(told_of, **seen_late) == {"declared": "undeclared-tracker late"}
    world = (*WORLD, tracker("la*"), scan(told_of, **seen_late))
    assert judged(checks.declared, *world)[0].state == "satisfied"
    for other in ({"party": "first"}, {"purpose": "marketing"}):
        asked = judged(checks.declared, *WORLD, scan(told_of, **seen_late), **other)
        assert asked[0].state == "satisfied"


def test_an_unknown_vendor_is_undeclared_until_the_inventory_names_it() -> None:
    loud = Asked("ads.example.net", "Loud & Co", "marketing", ("accepted",))
    told_of = found("undeclared-vendor", "Loud & Co")
    assert wrong(told_of, requests=(TALLY, loud)) == {"declared": "undeclared-vendor Loud & Co"}
    world = (*WORLD, tracker("ads", vendor="Loud & Co"), scan(told_of, requests=(TALLY, loud)))
    assert judged(checks.declared, *world)[0].state == "satisfied"
    for other in ({"party": "first"}, {"purpose": "analytics"}):
        asked = judged(checks.declared, *WORLD, scan(told_of, requests=(TALLY, loud)), **other)
        assert asked[0].state == "satisfied"


def test_a_purpose_of_its_own_is_looked_at_alone() -> None:
    world = (*WORLD, scan(found("tracker-before-consent", "visits", "before")))
    for purpose, state in (("analytics", "not-satisfied"), ("marketing", "satisfied")):
        verdict = judged(checks.nothing_before_consent, *world, purpose=purpose)[0]
        assert (purpose, verdict.state) == (purpose, state)


def test_a_session_that_lasts_is_told_as_that_alone() -> None:
    declared = tracker("visits", retention="session")
    world = (site(), NECESSARY, declared, scan())
    assert [name for name, check in SCANNED.items()
            if judged(check, *world)[0].state == "not-satisfied"] == ["sessions_end"]  # fmt: skip


def test_a_tracker_that_outlives_its_row_is_told_with_both_lengths() -> None:
    world = (site(), NECESSARY, tracker("visits", retention="30 days"), scan())
    assert told(checks.lifetimes_kept, *world) == [
        ("shop", "not-satisfied", "visits lives for 365 days, 30 days declared")
    ]


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("wrong-purpose", tracker("visits", purpose="analytics")),
        ("wrong-party", tracker("visits", party="third")),
        ("not-strictly-necessary", tracker("visits", strictly_necessary=False)),
    ],
)
def test_a_row_put_right_settles_what_was_found(rule: str, row: Any) -> None:
    world = (site(), NECESSARY, row, COUNTED, scan(found(rule, "visits")))
    states = {judged(check, *world)[0].state for check in SCANNED.values()}
    assert states == {"satisfied"}


def test_what_no_scan_reached_is_not_known() -> None:
    world = (*WORLD, scan(states=("before",)))
    states = {name: judged(check, *world)[0].state for name, check in SCANNED.items()}
    assert {name for name, state in states.items() if state == "satisfied"} == {
        "dialog_shown", "nothing_before_consent", "refusal_easy", "withdrawal_easy",
        "policy_reachable", "links_work", "privacy_policy_linked", "current_version_shown",
    }  # fmt: skip
    assert set(states.values()) == {"satisfied", "unknown"}
    assert told(checks.refusal_honoured, *world) == [
        ("shop", "unknown", "the scan did not reach the state “refused”")
    ]


def test_without_dialog_and_without_need_for_one_the_question_does_not_arise() -> None:
    bare = scan(
        states=("before", "gpc"), dialog=Dialog(), trackers=(), requests=(), links={}
    )  # fmt: skip
    for name in ("dialog_shown", "refusal_easy", "refusal_honoured", "choice_by_purpose"):
        assert judged(SCANNED[name], *WORLD, bare)[0].state == "not-applicable"


@pytest.mark.parametrize("name", SCANNED)
def test_a_website_never_scanned_or_long_ago_is_not_known(name: str) -> None:
    check = SCANNED[name]
    assert told(check, *WORLD) == [("shop", "unknown", "it was never scanned")]
    old = told(check, *WORLD, scan(days=40))
    assert old == [("shop", "unknown", "the last scan is of 2026-10-11: too old to tell")]
    assert judged(check, *WORLD, scan(days=40), stale="2mo")[0].state != "unknown"


def test_it_stands_since_the_first_scan_of_the_unbroken_run() -> None:
    fault = found("insecure-cookie", "sid")
    world = (*WORLD, scan(fault, days=20), scan(days=15), scan(fault, days=9), scan(fault, days=2))
    verdict = judged(checks.stored_securely, *world)[0]
    assert (verdict.since, verdict.facts) == (ago(9).date(), ("scans/scan-2", "scans/scan-9"))


RULES = [rule for rule, _, _ in BY_RULE]


@given(
    st.lists(st.tuples(st.sampled_from(BY_RULE), st.integers(1, 25)), max_size=6),
    st.sets(st.sampled_from(STATES)),
)
def test_a_fault_is_never_satisfied_and_its_absence_never_a_violation(
    planted: list[tuple[tuple[str, str, str], int]], reached: set[str]
) -> None:
    newest = [found(rule, "x", state) for (rule, state, _), _ in planted]
    world = (*WORLD, scan(*newest, states=tuple(sorted(reached))))
    broken = {name for (_, _, name), _ in planted}
    for name, check in SCANNED.items():
        state = judged(check, *world)[0].state
        assert (state == "not-satisfied") == (name in broken)
        assert state in {"satisfied", "unknown", "not-satisfied"}


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_since_is_where_the_last_run_of_one_answer_began(faulty: list[bool]) -> None:
    fault = found("insecure-cookie", "sid")
    days = range(len(faulty), 0, -1)
    scans = [
        scan(*([fault] if bad else []), days=day) for bad, day in zip(faulty, days, strict=True)
    ]
    verdict = judged(checks.stored_securely, *WORLD, *scans)[0]
    run = next((i for i, bad in enumerate(reversed(faulty)) if bad != faulty[-1]), len(faulty))
    assert verdict.state == ("not-satisfied" if faulty[-1] else "satisfied")
    assert verdict.since == (datetime(2026, 11, 20, tzinfo=UTC) - timedelta(days=run)).date()


def test_a_report_is_read_back_as_it_was_written() -> None:
    written = report(found("no-dialog"), dialog=DIALOG)
    assert report_of(msgspec.json.encode(written)) == written
    with pytest.raises(Problem) as caught:
        report_of(b'{"url": 3}')
    assert caught.value.expected == "what adhere scan writes"

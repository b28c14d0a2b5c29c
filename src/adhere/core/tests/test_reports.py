"""OSCAL and JUnit: valid by the models of others, the same for the same run, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trestle.oscal.assessment_results import AssessmentResults

from adhere.core.checking import Subject, World
from adhere.core.judging import Finding
from adhere.core.junit import as_junit
from adhere.core.oscal import as_oscal
from adhere.core.policies import current
from adhere.core.running import Judged, judge_day

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 14, 12, tzinfo=UTC)
EXEMPT = (
    "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until\n"
    "e1,read,bram,on leave,chloe,2024-04-01,anna,2024-04-02,2024-04-10,2024-04-20\n"
)


@pytest.fixture
def judged(company: None, take_in: Callable[..., Any]) -> Judged:
    take_in("exemptions", EXEMPT, datetime(2024, 4, 2, 12, tzinfo=UTC))
    return judge_day(date(2024, 4, 15))


def valid(document: dict[str, Any]) -> AssessmentResults:
    """Read by NIST's models as compliance-trestle holds them; refuses what they do not know."""
    text = json.loads(json.dumps(document))["assessment-results"]
    return AssessmentResults.model_validate(text)


def test_oscal_holds_each_verdict_with_its_method_and_observation(judged: Judged) -> None:
    result = valid(as_oscal(judged, AT)).results[0]
    found = {
        next(prop.value for prop in each.props if prop.name == "subject"): (
            str(each.target.status.state.value),
            str(each.target.status.reason),
            next(prop.value for prop in each.props if prop.name == "state"),
        )
        for each in result.findings
    }
    assert found == {
        "person anna": ("satisfied", "pass", "satisfied"),
        "person bram": ("not-satisfied", "other", "exempt"),
        "person dirk": ("not-satisfied", "fail", "not-satisfied"),
        "company company": ("not-satisfied", "other", "unknown"),
    }
    assert [risk.status.root.root for risk in result.risks] == ["deviation-approved"]
    assert {tuple(each.methods) for each in result.observations} == {("INTERVIEW",)}
    titles = {each.title: each.collected for each in result.observations}
    assert titles["acknowledgements/desk-rules:1:anna"] == datetime(2024, 1, 10, 9, tzinfo=UTC)


def test_oscal_of_one_run_is_the_same_each_time(judged: Judged) -> None:
    assert as_oscal(judged, AT) == as_oscal(judge_day(judged.day), AT)


def test_every_reference_in_oscal_leads_somewhere(judged: Judged) -> None:
    document = as_oscal(judged, AT)["assessment-results"]
    result = document["results"][0]
    observations = {each["uuid"] for each in result["observations"]}
    risks = {each["uuid"] for each in result["risks"]}
    findings = result["findings"]
    used = {o["observation-uuid"] for f in findings for o in f.get("related-observations", [])}
    assert used == observations
    assert {r["risk-uuid"] for f in findings for r in f.get("related-risks", [])} == risks
    resources = {f"#{each['uuid']}" for each in document["back-matter"]["resources"]}
    assert document["import-ap"]["href"] in resources
    ids = [each["uuid"] for each in [*findings, *result["observations"], *result["risks"]]]
    assert len(set(ids)) == len(ids)


def test_junit_counts_each_state_where_pipelines_look(judged: Judged) -> None:
    root = ElementTree.fromstring(as_junit(judged))
    suite = root.find("testsuite")
    assert suite is not None
    counts = {name: suite.get(name) for name in ("name", "tests", "failures", "skipped", "errors")}
    assert counts == {
        "name": "desk-rules", "tests": "4", "failures": "1", "skipped": "2", "errors": "0",
    }  # fmt: skip
    failed = [case for case in suite if case.find("failure") is not None]
    assert [case.get("classname") for case in failed] == ["desk-rules.read"]
    messages = sorted(str(each.get("message")) for each in suite.iter("skipped"))
    assert [message.partition(":")[0] for message in messages] == ["exempt", "unknown"]


ANY = st.text(max_size=20)
FINDINGS = st.builds(
    Finding,
    st.just("desk-rules"),
    st.sampled_from(["read", "badges"]),
    ANY,
    st.sampled_from(["measured", "inspected", "reported", "attested"]),
    st.builds(Subject, st.sampled_from(["person", "device", "company"]), ANY, ANY),
    st.sampled_from(["satisfied", "not-satisfied", "unknown", "not-applicable", "exempt"]),
    st.none() | st.dates(date(2000, 1, 1)),
    st.text(min_size=1, max_size=20),
    st.lists(ANY, max_size=2).map(tuple),
    st.none() | ANY,
)


@pytest.mark.usefixtures("company")
@settings(max_examples=60)
@given(
    st.lists(
        FINDINGS,
        max_size=6,
        unique_by=lambda each: (each.clause, each.check, each.subject.kind, each.subject.id),
    )
)
def test_any_words_at_all_make_valid_reports(findings: list[Finding]) -> None:
    company = Subject("company", "company", "Example")
    world = World(AT.date(), company, {})
    judged = Judged(AT.date(), None, list(current()), findings, world)
    cases = ElementTree.fromstring(as_junit(judged)).findall("testsuite/testcase")
    assert len(cases) == len(findings)
    stated = [each for each in findings if each.state != "not-applicable"]
    assert len(valid(as_oscal(judged, AT)).results[0].findings or []) == len(stated)

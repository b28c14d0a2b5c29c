"""The pages: asking, deciding, ending, renewing; the queue and the registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from openpyxl import load_workbook

from adhere.core.models import Decision, Exemption, Request
from adhere.core.requesting import status
from adhere.core.running import judge_day

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
TODAY = timezone.localdate()


def asked(as_: As, sort: str = "exemption", who: str = "bram", **given: Any) -> Request:
    fine = {"clauses": ["work-behaviours/scanning"]} if sort == "exemption" else {"what": "nmap"}
    days = {"start": TODAY, "until": TODAY + timedelta(days=30)}
    answer = as_(who).post(f"/requests/ask/{sort}/", {**fine, "reason": "work", **days, **given})
    assert answer.status_code == 302, answer.context["form"].errors
    return Request.objects.get(key=answer.url.split("/")[2])


def decide(as_: As, who: str, made: Request, decision: str, text: str = "so be it") -> str:
    as_(who).post(f"/requests/{made.key}/{decision}/", {"text": text})
    return status(Request.objects.get(pk=made.pk), TODAY)


def test_an_exemption_is_asked_for_consented_to_and_ended(as_: As) -> None:
    made = asked(as_, hosts="web1\nweb2", times="Saturday night", risk="an outage")
    assert made.scope == {"hosts": "web1\nweb2", "times": "Saturday night"}
    assert decide(as_, "anna", made, "consent", "only at night") == "consented"
    fact = Exemption.objects.get()
    assert (fact.subject, fact.granted_by, fact.requested_by) == ("bram", "anna", "bram")
    page = as_("bram").get(f"/requests/{made.key}/").content.decode()
    assert "only at night" in page
    assert decide(as_, "bram", made, "end") == "ended"
    assert not Exemption.objects.filter(superseded_by=None, retracted=False).exists()


@pytest.mark.parametrize("who", ["bram", "chloe"])
def test_no_page_lets_who_asked_or_another_consent(as_: As, who: str) -> None:
    made = asked(as_)
    assert decide(as_, who, made, "consent") == "open"
    assert Exemption.objects.count() == 0


def test_two_consent_where_the_clause_says_so(as_: As) -> None:
    made = asked(as_, clauses=["work-behaviours/breaches"])
    assert made.persons == 2
    assert [decide(as_, "anna", made, "consent") for _ in range(2)] == ["open", "open"]
    assert b"takes two consents" in as_("dirk").get(f"/requests/{made.key}/").content
    assert decide(as_, "dirk", made, "consent") == "consented"
    fact = Exemption.objects.get()
    assert {fact.granted_by, fact.also_granted_by} == {"anna", "dirk"}


def test_a_refusal_needs_a_reason(as_: As) -> None:
    made = asked(as_)
    assert decide(as_, "anna", made, "refuse", " ") == "open"
    assert decide(as_, "anna", made, "refuse", "too broad") == "refused"
    assert Decision.objects.get().text == "too broad"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"until": TODAY - timedelta(days=1)}, "until"),
        ({"until": TODAY + timedelta(days=400)}, "until"),
        ({"clauses": ["work-behaviours/reed"]}, "clauses"),
        ({"subject": "nobody"}, "subject"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(
    as_: As, given: dict[str, Any], field: str
) -> None:
    whole = {"clauses": ["work-behaviours/scanning"], "reason": "work", "start": TODAY}
    whole |= {"until": TODAY + timedelta(days=3), **given}
    answer = as_("bram").post("/requests/ask/exemption/", whole)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert Request.objects.count() == 0


def test_a_ready_made_kind_fills_its_clauses_and_wants_its_scope(as_: As) -> None:
    address = "/requests/ask/exemption/?template=penetration-test"
    form = as_("bram").get(address).context["form"]
    assert form.initial["clauses"] == ["work-behaviours/scanning"]
    answer = as_("bram").post(address, {"clauses": form.initial["clauses"], "reason": "a test"})
    wanted = {"hosts", "times", "risk", "start", "until"}
    assert set(answer.context["form"].errors) == wanted


def test_a_renewal_begins_with_what_was_and_names_it(as_: As) -> None:
    before = asked(as_, hosts="web1")
    decide(as_, "anna", before, "consent")
    form = as_("bram").get(f"/requests/{before.key}/renew/").context["form"]
    assert (form.initial["reason"], form.initial["hosts"]) == ("work", "web1")
    days = {"start": TODAY, "until": TODAY + timedelta(days=60)}
    given = {"clauses": before.clauses, "subject": "bram", "reason": "still", **days}
    as_("bram").post(f"/requests/{before.key}/renew/", given)
    assert Request.objects.get(renews=before.key).reason == "still"


def test_the_queue_holds_what_one_may_decide(as_: As) -> None:
    made, own = asked(as_), asked(as_, who="anna")
    rows = as_("anna").get("/requests/queue/").context["list"].page.object_list
    assert [each.key for each in rows] == [made.key]
    rows = as_("dirk").get("/requests/queue/").context["list"].page.object_list
    assert {each.key for each in rows} == {made.key, own.key}
    assert as_("bram").get("/requests/queue/").status_code == 403


def test_nobody_else_learns_of_a_request(as_: As) -> None:
    made = asked(as_)
    assert as_("chloe").get(f"/requests/{made.key}/").status_code == 404
    assert as_("auditor", "auditor").get(f"/requests/{made.key}/").status_code == 200


@pytest.mark.parametrize("sort", ["exemption", "change", "software"])
def test_an_auditor_filters_a_register_and_takes_it_away(as_: As, sort: str) -> None:
    granted, refused = asked(as_, sort), asked(as_, sort)
    decide(as_, "anna", granted, "consent")
    decide(as_, "anna", refused, "refuse", "no")
    auditor = as_("auditor", "auditor")

    def keys(query: str) -> set[str]:
        answer = auditor.get(f"/requests/register/{sort}/?{query}")
        return {each.key for each in answer.context["list"].page.object_list}

    assert keys("") == {granted.key, refused.key}
    assert keys("state=refused") == {refused.key}
    assert keys(f"on={TODAY}") == {granted.key}
    assert keys(f"on={TODAY - timedelta(days=1)}") == set()
    assert keys(f"on={TODAY + timedelta(days=31)}") == set()
    if sort == "exemption":
        assert keys("clause=work-behaviours/read") == set()
        assert keys("clause=work-behaviours/scanning") == {granted.key, refused.key}
    answer = auditor.get(f"/requests/register/{sort}/?format=xlsx&state=consented")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert (len(found), found[1][-1]) == (2, "work")


def test_the_clauses_are_searched_by_words(as_: As) -> None:
    page = as_("bram").get("/requests/clauses/?words=ports").content.decode()
    assert ("work-behaviours/scanning" in page, "work-behaviours/read" in page) == (True, False)
    kept = "/requests/clauses/?words=ports&clauses=work-behaviours/read"
    assert "work-behaviours/read" in as_("bram").get(kept).content.decode()


def test_a_verdict_follows_consent_and_end(as_: As) -> None:
    def state() -> str:
        found = judge_day(TODAY).findings
        return next(
            each.state for each in found if each.clause == "read" and each.subject.id == "bram"
        )

    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    text = b"policy,version,person,at,score\nwork-behaviours,1,anna,2024-01-10T09:00:00+01:00,\n"
    import_facts(kind_named("acknowledgements"), text, "a.csv", Origin("test"))
    made = asked(as_, clauses=["work-behaviours/read"])
    before = state()
    decide(as_, "anna", made, "consent")
    during = state()
    decide(as_, "anna", made, "end")
    assert (before, during, state()) == ("not-satisfied", "exempt", "not-satisfied")


def test_deciders_and_who_asked_are_mailed(as_: As, settings: Any) -> None:
    from adhere.areas.requests.telling import tell_concerned, tell_deciders

    settings.EMAIL_HOST = "mail.example"
    made = asked(as_)
    assert tell_deciders.call(made.key) == 2
    assert tell_concerned.call(made.key, "consent", "anna") == 1
    assert [each.to for each in mail.outbox[-1:]] == [["bram@example.com"]]
    assert {each.to[0] for each in mail.outbox[:2]} == {"anna@example.com", "dirk@example.com"}


def test_tasks_reach_deciders_and_later_who_asked(as_: As) -> None:
    from adhere.areas.requests.owing import tasks

    made = asked(as_, until=TODAY + timedelta(days=9))
    assert [len(list(tasks(who, TODAY))) for who in ("anna", "dirk", "bram")] == [1, 1, 0]
    decide(as_, "anna", made, "consent")
    due = [[each.due for each in tasks(who, TODAY)] for who in ("anna", "dirk", "bram")]
    assert due == [[], [], [made.until]]

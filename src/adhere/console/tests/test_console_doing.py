"""What people do on the pages: accept a policy, import a file, judge, look back, get lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
READ = "/policy/house/read/"
HOUSE = """---
policy: house
title: House rules
owner: security
audience: personnel
language: LANGUAGE
---
[Everybody must accept these rules within thirty days.]{#rules check="conduct.acknowledged"
policy="house" grace=30d}
"""


@pytest.fixture
def house(company: None) -> None:
    """A policy about which nothing is asked, in two languages; one person has accepted it."""
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.publishing import publish
    from adhere.core.recording import Origin
    from adhere.core.texts import Text
    from adhere.documents.policy import parse_policy

    french = HOUSE.replace("LANGUAGE", "fr").replace(
        "Everybody must accept these rules within thirty days.",
        "Chacun doit accepter ces règles dans les trente jours.",
    )
    french = french.replace(' check="conduct.acknowledged"\npolicy="house" grace=30d', "")
    texts = {"en": HOUSE.replace("LANGUAGE", "en"), "fr": french}
    publish([Text(text, parse_policy(text, f"house.{name}.md")) for name, text in texts.items()])
    row = f"policy,version,person,at\nhouse,1,anna,{datetime.now(UTC).isoformat()}\n"
    import_facts(kind_named("acknowledgements"), row.encode(), "a.csv", Origin("import"))


def accepted(person: str) -> list[tuple[str, int, str, str, str]]:
    from adhere.core.models import Acknowledgement

    rows = Acknowledgement.objects.filter(person=person)
    return list(rows.values_list("policy", "version", "language", "source", "recorder"))


def test_accepting_records_the_text_and_language_shown(
    house: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.models import Acknowledgement, PolicyText

    client = client_of("personnel")
    assert "house" not in accepted_titles(client)
    shown = client.get(READ + "?language=fr").context["text"]
    kept = PolicyText.objects.get(version__policy="house", language="fr")
    assert (shown.language, shown.sha256) == ("fr", kept.sha256)
    answer = client.post(READ, {"language": "fr", "sha256": kept.sha256, "understood": "yes"})
    assert answer["Location"] == "/me/"
    assert accepted("bram") == [("house", 1, "fr", "page", "bram")]
    assert Acknowledgement.objects.get(person="bram").sha256 == kept.sha256
    client.post(READ, {"language": "fr", "sha256": kept.sha256, "understood": "yes"})
    assert len(accepted("bram")) == 1


def accepted_titles(client: Client) -> list[str]:
    return [row.policy for row in client.get("/me/").context["accepted"]]


@pytest.mark.parametrize(
    "sent",
    [
        {"language": "en", "sha256": "0" * 64, "understood": "yes"},
        {"language": "xx", "sha256": "", "understood": "yes"},
        {"language": "en"},
    ],
)
def test_another_text_than_the_one_shown_is_not_accepted(
    sent: dict[str, str], house: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.models import PolicyText

    if "sha256" not in sent:
        text = PolicyText.objects.get(version__policy="house", language="en")
        sent = {**sent, "sha256": text.sha256}
    assert client_of("personnel").post(READ, sent)["Location"] == READ
    assert accepted("bram") == []


def test_what_is_accepted_is_no_longer_owed(
    house: None, client_of: Callable[[str], Client]
) -> None:
    client = client_of("security")
    assert READ not in [task.url for task in client.get("/me/").context["owed"]]
    assert READ in [task.url for task in client_of("personnel").get("/me/").context["owed"]]


def send(client: Client, text: str, **more: str) -> Any:
    file = io.BytesIO(text.encode())
    file.name = "people.csv"
    return client.post("/import/", {"kind": "people", "file": file, **more})


NEW = "id,name,kind,joined,language\nhanne,Hanne Smet,employee,2025-01-02,nl\n"


def test_a_file_comes_in_with_its_recorder(staff: None, client_of: Callable[[str], Client]) -> None:
    from adhere.core.models import PersonRecord

    assert send(client_of("administrator"), NEW, **{"import": "yes"}).status_code == 302
    kept = PersonRecord.objects.get(key="hanne")
    assert (kept.source, kept.recorder) == ("import", "dirk")


def test_trying_stores_nothing(staff: None, client_of: Callable[[str], Client]) -> None:
    from adhere.core.models import Entry, Person

    before = Entry.objects.count()
    page = send(client_of("administrator"), NEW, **{"try": "yes"})
    assert "people: 1 added, 0 corrected, 0 known already" in page.content.decode()
    assert not Person.objects.filter(pk="hanne").exists()
    assert Entry.objects.count() == before


def test_a_bad_file_is_one_message_and_nothing_stored(
    staff: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.models import Person

    bad = NEW + "ivo,Ivo Nys,employee,2025-02-30,nl\n"
    page = send(client_of("administrator"), bad, **{"import": "yes"})
    assert page.status_code == 422
    problem = page.context["problem"]
    assert (problem.file, problem.line, problem.field) == ("people.csv", 3, "joined")
    assert not Person.objects.filter(pk="hanne").exists()


def test_what_goes_out_comes_in_unchanged(
    company: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    for kind in ("people", "exemptions", "training-sessions", "attendance"):
        sent = client_of("administrator").get(f"/export/{kind}/")
        data = b"".join(sent.streaming_content)
        done = import_facts(kind_named(kind), data, f"{kind}.csv", Origin("import"))
        assert (done.added, done.corrected) == (0, 0)


def test_a_past_day_is_judged_as_it_was(company: None, client_of: Callable[[str], Client]) -> None:
    client = client_of("auditor")
    now = {row.subject_id for row in records(client, "")}
    then = {row.subject_id for row in records(client, "?on=2024-03-15")}
    assert "farid" in now
    assert "farid" not in then
    assert {"anna", "gust"} <= then


def records(client: Client, query: str) -> list[Any]:
    address = f"/policy/work-behaviours/clause/acceptance/{query}"
    return list(client.get(address).context["rows"])


def test_a_day_that_cannot_be_is_said_so(company: None, client_of: Callable[[str], Client]) -> None:
    client = client_of("auditor")
    later = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    for query, words in (("?on=2024-02-30", "is no day"), (f"?on={later}", "still to come")):
        page = client.get(f"/{query}")
        assert page.status_code == 200
        assert words in page.content.decode()
        assert not page.context["moment"].past


def test_judging_now_runs_in_the_background_and_shows_its_end(
    company: None, client_of: Callable[[str], Client]
) -> None:
    from django.db import connection

    from adhere.core.models import Run

    client = client_of("security")
    before = Run.objects.count()
    progress = client.post("/runs/now/")["Location"]
    assert "Waiting" in client.get(progress).content.decode()
    connection.run_on_commit = []
    work_off()
    part = client.get(progress, headers={"HX-Request": "true", "HX-Target": "progress"})
    assert "Judged." in part.content.decode()
    assert b"<html" not in part.content
    assert Run.objects.count() == before + 1
    assert client.get("/runs/now/00000000-0000-0000-0000-000000000000/").status_code == 302


def work_off() -> None:
    """Do what waits in the background, as the worker does."""
    from django_tasks_db.models import DBTaskResult

    from adhere.core.jobs import judge_now

    for waiting in DBTaskResult.objects.filter(status="READY"):
        judge_now.call()
        waiting.status = "SUCCESSFUL"
        waiting.return_value = {}
        waiting.finished_at = datetime.now(UTC)
        waiting.save()


def test_search_finds_clauses_people_and_findings_that_one_may_see(
    company: None, client_of: Callable[[str], Client]
) -> None:
    def found(role: str, words: str) -> dict[str, list[str]]:
        groups = client_of(role).get("/search/", {"q": words}).context["groups"]
        return {title: [hit.title for hit in hits] for title, hits in groups}

    assert found("auditor", "peeters")["People"] == ["Anna Peeters"]
    assert "People" not in found("personnel", "peeters")
    assert "Findings" not in found("personnel", "peeters")
    assert found("auditor", "twelve months training")["Clauses"]
    assert found("auditor", "\x00") == {}


def test_the_company_page_is_kept_in_the_ledger(
    company: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.models import Controller, Entry

    client = client_of("administrator")
    client.post("/company/", {"name": "Meerwater NV", "email": "dpo@example.com"})
    assert Controller.current().name == "Meerwater NV"
    assert Entry.objects.filter(kind="company").count() == 1
    assert client.post("/company/", {"name": ""}).status_code == 200
    assert Controller.current().name == "Meerwater NV"


def test_errors_say_the_way_out(client_of: Callable[[str], Client]) -> None:
    client = client_of("personnel")
    for answer, words in (
        (client.get("/nowhere/"), "There is no such page"),
        (client.get("/findings/"), "This page is not for you"),
        (Client(enforce_csrf_checks=True).post("/sign-in/"), "This form has grown too old"),
    ):
        page = answer.content.decode()
        assert words in page
        assert 'href="/"' in page


def test_a_fault_of_ours_is_a_page_too(client_of: Callable[[str], Client], rf: Any) -> None:
    from adhere.console.errors import broken

    answer = broken(rf.get("/"))
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_every_answer_forbids_inline_script_and_style(client_of: Callable[[str], Client]) -> None:
    for address in ("/me/", "/nowhere/", "/sign-in/"):
        answer = client_of("personnel").get(address)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")
        assert " style=" not in answer.content.decode()
        assert "onclick" not in answer.content.decode()


def test_a_bar_shows_every_state_and_fills_its_width() -> None:
    from adhere.console.words import parts, worst

    found = parts({"satisfied": 999, "not-satisfied": 1})
    assert [part.state for part in found] == ["satisfied", "not-satisfied"]
    assert found[1].width >= 1.5
    assert round(sum(part.width for part in found), 1) == 100
    assert parts({}) == []
    assert worst(["satisfied", "unknown", "exempt"]) == "unknown"

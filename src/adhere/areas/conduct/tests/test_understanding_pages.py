"""The pages: reading, answering, accepting for oneself alone, the receipt, and the overview."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from adhere.areas.conduct import banks
from adhere.areas.conduct.models import Attempt, Nudge
from adhere.areas.conduct.nudging import mail_reminders
from adhere.areas.conduct.tests.answering import POLICY, answer_all, places, stand, terms
from adhere.areas.conduct.tests.conftest import publish_texts
from adhere.areas.conduct.tests.test_understanding import LATER, stricter
from adhere.areas.conduct.understanding import accept
from adhere.core.erasing import erase_person
from adhere.core.models import Acknowledgement, Person, PolicyText
from adhere.ledger.verify import verify_file

pytestmark = pytest.mark.django_db
READ = reverse("read-policy", args=[POLICY])
ASK = reverse("conduct:questions", args=[POLICY])
ACCEPT = reverse("conduct:accept", args=[POLICY])
LIST = reverse("conduct:understood", args=[POLICY])


def sent(person, *, right=True):
    found = stand(person)
    return {
        "language": "en",
        "number": len(found.answers),
        "question": found.drawn.question.id,
        "place": places(found, right=right),
    }


def text():
    return PolicyText.objects.filter(version__policy=POLICY, language="en").last()


def pass_(person):
    answer_all(person)
    accept(terms(), Person.objects.get(pk=person), text())


def test_the_policy_leads_to_its_questions_and_cannot_be_accepted_without(as_):
    client = as_("bram")
    assert client.get(READ).context["questions"] == ASK
    answer = client.post(READ, {"language": "en", "sha256": text().sha256, "understood": "yes"})
    assert (answer["Location"], Acknowledgement.objects.count()) == (ASK, 0)


def test_a_wrong_answer_shows_the_sentence_and_asks_another_question(as_):
    client = as_("bram")
    asked = client.get(ASK).context["drawn"].question
    client.post(ASK, sent("bram", right=False))
    page = client.get(ASK + "?language=en")
    assert (page.context["last"]["right"], page.context["last"]["clause"]) == (False, asked.clause)
    sentence = "personnel must keep to the employee handbook"
    assert sentence in page.content.decode()
    assert page.context["drawn"].question.clause == asked.clause
    assert page.context["drawn"].question.id != asked.id


def test_an_answer_sent_twice_counts_once(as_):
    client = as_("bram")
    client.get(ASK)
    twice = sent("bram")
    client.post(ASK, twice)
    client.post(ASK, twice)
    assert len(stand("bram").answers) == 1


@pytest.mark.parametrize(
    "broken",
    [{"place": []}, {"place": ["x"]}, {"number": "-1"}, {"number": ""}, {"question": "crashes-1"}],
)
def test_an_answer_that_cannot_be_read_is_none(as_, broken):
    client = as_("bram")
    client.get(ASK)
    assert client.post(ASK, {**sent("bram"), **broken}).status_code == 302
    assert stand("bram").answers == ()


def test_accepting_records_it_and_the_receipt_verifies(as_, tmp_path):
    client = as_("bram")
    answer_all("bram")
    page = client.get(ASK + "?language=en")
    assert page.templates[0].name == "conduct/accept.html"
    form = {"language": "en", "sha256": text().sha256}
    client.post(ACCEPT, form)
    assert not Acknowledgement.objects.exists()
    assert client.post(ACCEPT, {**form, "understood": "yes"})["Location"] == READ
    found = Acknowledgement.objects.get()
    assert (found.person, found.source, found.recorder) == ("bram", "page", "bram")
    receipt = tmp_path / "receipt.json"
    receipt.write_bytes(client.get(reverse("acceptance-receipt", args=[POLICY, 1])).content)
    assert verify_file(receipt).ok
    receipt.write_bytes(receipt.read_bytes().replace(b'"score": 100', b'"score": 99'))
    assert not verify_file(receipt).ok


def test_the_page_takes_it_from_oneself_only(as_):
    answer_all("bram")
    client = as_("chloe")
    form = {"language": "en", "sha256": text().sha256, "understood": "yes", "person": "bram"}
    assert client.post(ACCEPT, form)["Location"].startswith(ASK)
    assert not Acknowledgement.objects.exists()
    address = reverse("acceptance-receipt", args=[POLICY, 1])
    assert client.get(f"{address}?person=bram").status_code == 403
    assert client.get(address).status_code == 404


def test_a_text_that_was_superseded_meanwhile_is_not_accepted(as_):
    client = as_("bram")
    answer_all("bram")
    old = text().sha256
    publish_texts(LATER, stricter)
    answer_all("bram")
    answer = client.post(ACCEPT, {"language": "en", "sha256": old, "understood": "yes"})
    assert (answer["Location"], Acknowledgement.objects.count()) == (READ, 0)


def test_the_changes_since_ones_last_version_are_shown(as_):
    client = as_("bram")
    pass_("bram")
    publish_texts(LATER, stricter)
    page = client.get(READ + "?language=en")
    assert (page.context["last"], [each.clause for each in page.context["changes"]]) == (
        1,
        ["locked"],
    )
    assert client.get(ASK).context["total"] == 1


def states(client, query=""):
    rows = client.get(LIST + query).context["list"].page.object_list
    return {row.pk: (row.state, row.last, row.score, row.under_way) for row in rows}


def test_the_overview_says_who_has_read_and_who_has_not(as_):
    client = as_("anna")
    pass_("bram")
    stand("chloe")
    assert states(client) == {
        "anna": ("late", None, None, None),
        "bram": ("accepted", 1, 100, None),
        "chloe": ("late", None, None, 0),
    }
    assert set(states(client, "?team=sales&state=late")) == {"chloe"}
    assert client.get(reverse("conduct:overview")).context["policies"][0]["counts"] == {
        "accepted": 1,
        "due": 0,
        "late": 2,
    }
    rows = client.get(LIST + "?format=csv&state=accepted").getvalue().decode().splitlines()
    assert (len(rows), rows[1].split(",")[0]) == (2, "Bram Claes")
    assert as_("bram").get(LIST).status_code == 403


def test_after_a_new_version_those_who_accepted_have_time_again(as_):
    client = as_("anna")
    pass_("bram")
    publish_texts(timezone.now(), stricter)
    assert {who: state for who, (state, *_) in states(client).items()} == {
        "anna": "late",
        "bram": "due",
        "chloe": "late",
    }


def test_a_reminder_goes_to_those_on_the_list_once_a_day(as_, settings):
    client = as_("anna")
    pass_("bram")
    remind = reverse("conduct:remind", args=[POLICY])
    settings.EMAIL_HOST = "localhost"
    client.post(f"{remind}?team=sales")
    client.post(f"{remind}?team=sales")
    assert list(Nudge.objects.values_list("person", "by")) == [("chloe", "anna")]
    mail_reminders.func(POLICY)
    assert [each.to for each in mail.outbox] == [["chloe@example.com"]]
    assert as_("bram").post(remind).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_erasing_a_person_leaves_no_answers(company):
    stand("chloe")
    pass_("bram")
    erase_person("chloe")
    erase_person("bram")
    assert (Attempt.objects.count(), Acknowledgement.objects.count()) == (0, 0)


@pytest.mark.parametrize("address", [ASK, ACCEPT, LIST])
def test_a_policy_that_nobody_has_to_accept_has_no_such_page(as_, address):
    client = as_("anna")
    gone = address.replace(POLICY, "nothing")
    answer = client.post(gone) if address == ACCEPT else client.get(gone)
    assert answer.status_code == 404


def test_the_list_takes_the_same_number_of_queries_however_many_people(
    as_,
):
    client = as_("anna")
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    Person.objects.bulk_create(
        Person(id=f"p{n}", name=f"P {n}", role="employee", joined=date(2025, 1, 6), language="nl")
        for n in range(40)
    )
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_a_bank_that_broke_lets_nobody_accept_and_says_so(as_, monkeypatch, tmp_path):
    client = as_("bram")
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / f"{POLICY}.en.yaml").write_text("policy: [")
    monkeypatch.setattr(banks, "policy_folder", lambda: tmp_path)
    page = client.get(ASK, follow=True)
    assert (page.context["questions"], page.redirect_chain) == (ASK, [(READ, 302)])
    assert "Please tell the security team." in page.content.decode()

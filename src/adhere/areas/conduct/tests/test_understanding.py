"""Questions asked and answered, then signed; a newer version asks about what changed only."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from adhere.areas.conduct.asking import asks
from adhere.areas.conduct.models import Attempt
from adhere.areas.conduct.owing import owed
from adhere.areas.conduct.tests.answering import POLICY, answer_all, reply, stand, terms
from adhere.areas.conduct.tests.conftest import publish_texts
from adhere.areas.conduct.understanding import accept, again
from adhere.core.importing import import_facts
from adhere.core.kinds import kind_named
from adhere.core.models import Acknowledgement, Person, PolicyText
from adhere.core.publishing import publish
from adhere.core.recording import Origin
from adhere.errors import Problem

pytestmark = pytest.mark.django_db
LATER = datetime(2025, 3, 3, tzinfo=UTC)


def text(language="en"):
    return PolicyText.objects.filter(version__policy=POLICY, language=language).last()


def anna():
    return Person.objects.get(pk="anna")


def pass_(person="bram"):
    answer_all(person)
    accept(terms(), Person.objects.get(pk=person), text())
    return Acknowledgement.objects.get(person=person, superseded_by=None)


def stricter(whole):
    return whole.replace("Unattended devices must", "Devices must").replace(
        "[A device that is left alone must be locked.]",
        "[A device that is left alone must be locked by hand.]",
    )


def test_what_was_asked_and_answered_is_signed_with_the_text(company):
    found = pass_()
    kept = json.loads(found.entry.record)
    answers = kept["understanding"]["answers"]
    assert (kept["person"], kept["sha256"], kept["language"], kept["score"]) == (
        "bram",
        text().sha256,
        "en",
        100,
    )
    assert [each["clause"] for each in answers] == kept["understanding"]["clauses"]
    assert all(each["right"] and each["asked"] and each["answered"] for each in answers)
    assert (Attempt.objects.count(), asks(POLICY, "bram")) == (0, "")
    assert list(owed("bram", timezone.localdate())) == []


def test_nothing_can_be_accepted_while_a_question_is_open(company):
    reply("anna")
    with pytest.raises(Problem, match="still open"):
        accept(terms(), anna(), text())
    assert not Acknowledgement.objects.exists()


def test_answers_are_kept_until_one_goes_on(company):
    reply("anna")
    reply("anna", right=False)
    before = stand("anna")
    after = stand("anna", "nl")
    assert (len(after.answers), after.drawn.question.id) == (2, before.drawn.question.id)
    assert after.drawn.order == before.drawn.order
    assert after.drawn.question.clause == before.answers[-1].clause


def test_too_many_wrong_at_first_asks_those_clauses_once_more(company):
    clauses = stand("anna").attempt.clauses
    wrong = clauses[: len(clauses) // 2]
    found = answer_all("anna", wrong)
    assert (found.passed, found.missed) == (False, wrong)
    with pytest.raises(Problem, match="still open"):
        accept(terms(), anna(), text())
    again(terms(), anna(), "en")
    assert stand("anna").open == wrong
    assert answer_all("anna").score == 100


def test_a_newer_version_asks_about_the_changed_clause_alone(company):
    pass_()
    publish_texts(LATER, stricter)
    assert stand("bram").attempt.clauses == ["locked"]
    assert len(stand("anna").attempt.clauses) > 18
    assert [task.url for task in owed("bram", timezone.localdate())] == [f"/policy/{POLICY}/read/"]


def test_the_publisher_may_say_which_change_is_material(company):
    pass_()
    publish_texts(LATER, stricter, material=["crashes"])
    assert stand("bram").attempt.clauses == ["crashes"]


def test_a_change_that_is_not_material_asks_nobody_again(company):
    pass_()
    publish_texts(LATER, stricter, material=[])
    assert (asks(POLICY, "bram"), list(owed("bram", timezone.localdate()))) == ("", [])
    assert len(stand("anna").attempt.clauses) > 18


def test_a_material_clause_nobody_knows_is_refused(company):
    with pytest.raises(Problem) as caught:
        publish_texts(LATER, stricter, material=["crash"])
    assert (caught.value.field, caught.value.expected) == ("material", "nearest is “crashes”")


def test_a_superseded_version_cannot_be_accepted(company):
    old = text()
    answer_all("anna")
    publish_texts(LATER, stricter)
    with pytest.raises(Problem, match="superseded"):
        accept(terms(), anna(), old)
    assert not Acknowledgement.objects.exists()


def imported(row):
    text_ = f"policy,version,person,at,score\n{row}\n"
    kind = kind_named("acknowledgements")
    return import_facts(kind, text_.encode(), "a.csv", Origin("import", "anna"))


def test_a_file_says_its_source_and_cannot_accept_what_was_superseded(company):
    publish_texts(LATER, stricter)
    imported(f"{POLICY},1,chloe,2024-07-01T10:00:00+02:00,90")
    found = Acknowledgement.objects.get(person="chloe")
    assert (found.source, found.recorder, found.understanding) == ("import", "anna", {})
    with pytest.raises(Problem) as caught:
        imported(f"{POLICY},1,bram,2025-03-04T10:00:00+01:00,90")
    assert (caught.value.line, caught.value.field, caught.value.message) == (
        2,
        "version",
        "version 1 was superseded on 2025-03-03",
    )


def test_no_file_changes_what_somebody_accepted_here(company):
    found = pass_()
    with pytest.raises(Problem) as caught:
        imported(f"{POLICY},1,bram,{found.happened_at.isoformat()},20")
    assert (caught.value.line, caught.value.field) == (2, "score")
    imported(f"{POLICY},1,bram,{found.happened_at.isoformat()},100")
    assert Acknowledgement.objects.count() == 1


def test_a_paper_acceptance_without_a_score_leaves_the_questions_open(company):
    imported(f"{POLICY},1,chloe,2024-07-01T10:00:00+02:00,")
    (task,) = owed("chloe", timezone.localdate())
    assert "questions" in task.why
    assert pass_("chloe").score == 100


def test_a_policy_without_questions_asks_none(company):
    from adhere.core.texts import Text
    from adhere.documents.policy import parse_policy

    house = """---
policy: house
title: House rules
owner: security
audience: personnel
---
[Everybody must accept these rules within thirty days.]{#all check="conduct.acknowledged"
policy="house" grace=30d}
"""
    publish([Text(house, parse_policy(house, "house.en.md"))])
    assert asks("house", "bram") == ""

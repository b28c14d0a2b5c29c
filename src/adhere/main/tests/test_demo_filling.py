"""The fictitious company is made whole or not at all, and never among real people."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from adhere.core.importing import import_facts
from adhere.core.kinds import kind_named
from adhere.core.models import Acknowledgement, PersonRecord, PolicyVersion
from adhere.core.recording import Origin
from adhere.core.shipped import publish_found
from adhere.errors import Problem
from adhere.main.demo import fill
from adhere.main.demo.planted import path


def test_the_same_day_makes_the_same_company(db: None) -> None:
    made = []
    for _ in range(2):
        with transaction.atomic():
            fill()
            given = Acknowledgement.objects.order_by("key").values_list("key", "happened_at")
            made.append((path().read_text(encoding="utf-8"), list(given)))
            transaction.set_rollback(True)
    assert made[0] == made[1]


@pytest.mark.django_db
def test_a_company_with_real_people_is_left_alone() -> None:
    row = b"id,name,email,kind,supervisor,teams,joined,left,language\n"
    row += b"anna,Anna,,employee,,,2020-01-01,,nl\n"
    import_facts(kind_named("people"), row, "people.csv", Origin("import"))
    with pytest.raises(Problem, match="real people"):
        fill()
    assert PersonRecord.objects.count() == 1


@pytest.mark.django_db
def test_a_company_with_policies_of_its_own_is_left_alone() -> None:
    publish_found()
    before = PolicyVersion.objects.count()
    with pytest.raises(Problem, match="published here already"):
        fill()
    assert (PersonRecord.objects.count(), PolicyVersion.objects.count()) == (0, before)


@pytest.mark.django_db
def test_without_the_demonstration_there_is_no_such_website() -> None:
    assert settings.DEMO is False
    assert Client().get("/demo/").status_code in {302, 404}

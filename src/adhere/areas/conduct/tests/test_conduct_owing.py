"""A policy to accept is a task with a day, until its newest version is accepted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from adhere.areas.conduct.owing import owed
from adhere.core.importing import import_facts
from adhere.core.kinds import kind_named
from adhere.core.models import Person, PolicyVersion
from adhere.core.recording import Origin
from adhere.core.reminders import pressing, tasks_of
from adhere.core.shipped import publish_found

pytestmark = pytest.mark.django_db

STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
"""


@pytest.fixture
def published(settings, tmp_path):
    settings.DATA = tmp_path
    publish_found()
    import_facts(kind_named("people"), STAFF.encode(), "people.csv", Origin("import"))


def test_it_is_due_after_the_grace_of_the_clause(published):
    today = timezone.localdate()
    (task,) = owed("anna", today)
    assert (task.due, task.url) == (today + timedelta(days=30), "/policy/work-behaviours/read/")


def test_once_accepted_with_understanding_nothing_is_owed(published):
    newest = PolicyVersion.objects.get(policy="work-behaviours")
    at = timezone.now().isoformat()
    row = f"policy,version,person,at,score\nwork-behaviours,{newest.number},anna,{at},80\n"
    import_facts(kind_named("acknowledgements"), row.encode(), "a.csv", Origin("import"))
    assert list(owed("anna", timezone.localdate())) == []


def test_the_reminder_tells_of_it_in_the_persons_language(published):
    anna = Person.objects.get(pk="anna")
    day = timezone.localdate() + timedelta(days=20)
    assert [task.title for task in pressing(tasks_of(anna, day), day)] == [
        "Lees en aanvaard “Gedrag op het werk”"
    ]


def test_somebody_unknown_owes_nothing(published):
    assert list(owed("nobody", date(2026, 3, 2))) == []

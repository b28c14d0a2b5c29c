"""No path whatever leads to an exemption that counts without the consent of enough others."""

from __future__ import annotations

import os
import sys

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from adhere.console.models import Account
from adhere.core.importing import import_facts
from adhere.core.kinds import kind_named
from adhere.core.models import Person
from adhere.core.publishing import publish
from adhere.core.recording import Origin
from adhere.core.tests.conftest import EARLY
from adhere.core.texts import Text
from adhere.documents.policy import parse_policy
from adhere.main.tests.consent_machine import POLICY, STAFF, STEPS, EveryPath

PATHS = ("page", "service", "import", "command", "sql")
EXAMPLES = int(os.environ.get("CONSENT_EXAMPLES", "12"))


@pytest.fixture
def clients(db: None) -> dict[str, Client]:
    """Four people of whom two are of the security team, signed in, and a policy."""
    publish([Text(POLICY, parse_policy(POLICY, "work-behaviours.en.md"))], at=EARLY)
    origin = Origin("test", "", EARLY)
    import_facts(kind_named("people"), STAFF.encode(), "people.csv", origin)
    read = b"policy,version,person,at,score\nwork-behaviours,1,anna,2024-01-10T09:00:00+01:00,\n"
    import_facts(kind_named("acknowledgements"), read, "read.csv", origin)
    found = {}
    for person in Person.objects.all():
        account = Account.objects.create_user(person.email, person=person)
        found[person.pk] = Client()
        found[person.pk].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return found


def test_no_path_makes_an_exemption_count_without_enough_consents(
    clients: dict[str, Client],
) -> None:
    signed_in = clients

    class Machine(EveryPath):
        clients = signed_in

    STEPS.clear()
    chosen = settings(
        max_examples=EXAMPLES,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=chosen)
    tried = sum(STEPS[path] for path in PATHS)
    sys.stdout.write(f"steps {connection.vendor} {tried} {dict(STEPS)}\n")
    assert all(STEPS[path] for path in PATHS)
    assert 0 < STEPS["refused"] < tried
    assert STEPS["in force"] > 0

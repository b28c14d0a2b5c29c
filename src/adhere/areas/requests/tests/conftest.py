"""Two of the security team, one who asks, one who looks on, and a policy of three clauses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

POLICY = """---
policy: work-behaviours
title: Work behaviours
owner: security
audience: personnel
---
## Reading

{#read check="conduct.acknowledged" policy="work-behaviours" grace=30d}
Everybody accepts these rules within thirty days.

{#scanning check="conduct.nothing_reported" clause="scanning"}
Nobody scans ports.

{#breaches check="conduct.nothing_reported" clause="breaches" consents="2"}
Nobody breaches security.
"""
STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,anna,,2024-03-01,,nl
chloe,Chloé Lambert,chloe@example.com,contractor,anna,sales,2024-06-01,,fr
dirk,Dirk Maes,dirk@example.com,employee,anna,security,2024-01-08,,de
"""
EARLY = datetime(2024, 1, 2, tzinfo=UTC)


@pytest.fixture
def company(db: None) -> None:
    """Four people and the published policy."""
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.publishing import publish
    from adhere.core.recording import Origin
    from adhere.core.texts import Text
    from adhere.documents.policy import parse_policy

    publish([Text(POLICY, parse_policy(POLICY, "work-behaviours.en.md"))], at=EARLY)
    origin = Origin("test", "", EARLY)
    import_facts(kind_named("people"), STAFF.encode(), "people.csv", origin)


@pytest.fixture
def account(company: None) -> Callable[..., Any]:
    """The account of a person, or of nobody, with extra roles."""
    from adhere.console.models import Account
    from adhere.core.models import Person

    def make(person: str, *roles: str) -> Any:
        address = f"{person}@example.com"
        found = Account.objects.filter(email=address).first()
        owner = Person.objects.filter(pk=person).first()
        # The pages are read in English here, whatever the language of the person.
        return found or Account.objects.create_user(
            address, person=owner, extra_roles=list(roles), language="en"
        )

    return make


@pytest.fixture
def as_(account: Callable[..., Any]) -> Callable[..., Any]:
    """``as_("bram")`` gives a test client signed in as that person."""
    from django.test import Client

    def sign_in(person: str, *roles: str) -> Any:
        client = Client()
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(account(person, *roles), backend=backend)
        return client

    return sign_in

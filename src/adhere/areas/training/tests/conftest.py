"""A company of five for the tests that need a database: who may do what, and a policy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

POLICY = """---
policy: work-behaviours
title: Work behaviours
owner: security
audience: personnel
---
## Training

{#offered check="training.offered" times=2 within=12mo}
The programme is offered at least twice in each twelve months.

{#attended check="training.attended" within=12mo}
Everybody attends it in each twelve months.
"""
STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,anna,,2024-03-01,,nl
chloe,Chloé Lambert,chloe@example.com,contractor,anna,sales,2024-06-01,,fr
dirk,Dirk Maes,dirk@example.com,employee,anna,,2024-01-08,2026-05-31,de
eva,Eva Wouters,eva@example.com,employee,anna,,2024-01-08,,en
"""
EARLY = datetime(2024, 1, 2, tzinfo=UTC)


@pytest.fixture
def take_in() -> Callable[..., Any]:
    """Imports a text of one kind."""
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    def store(kind: str, text: str, at: datetime | None = None) -> Any:
        return import_facts(kind_named(kind), text.encode(), f"{kind}.csv", Origin("test", "", at))

    return store


@pytest.fixture
def company(db: None, take_in: Callable[..., Any]) -> None:
    """Five people, one of whom has left, and the published policy."""
    from adhere.core.publishing import publish
    from adhere.core.texts import Text
    from adhere.documents.policy import parse_policy

    publish([Text(POLICY, parse_policy(POLICY, "work-behaviours.en.md"))], at=EARLY)
    take_in("people", STAFF, EARLY)


@pytest.fixture
def account(company: None) -> Callable[..., Any]:
    """The account of a person, or of nobody, with extra roles."""
    from adhere.console.models import Account

    def make(person: str, *roles: str) -> Any:
        found = Account.objects.filter(email=f"{person}@example.com").first()
        if found:
            return found
        from adhere.core.models import Person

        owner = Person.objects.filter(pk=person).first()
        # The pages are read in English here, whatever the language of the person.
        return Account.objects.create_user(
            f"{person}@example.com", person=owner, extra_roles=list(roles), language="en"
        )

    return make


@pytest.fixture
def as_(client: Any, account: Callable[..., Any]) -> Callable[..., Any]:
    """``as_("bram")`` gives the test client signed in as that person."""

    def sign_in(person: str, *roles: str) -> Any:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(account(person, *roles), backend=backend)
        return client

    return sign_in


@pytest.fixture
def plan_session(company: None) -> Callable[..., Any]:
    """A session that begins so many hours from now; returns it as it stands."""
    from django.utils import timezone

    from adhere.areas.training.arranging import arrange, session_of

    def make(hours: float = 48, title: str = "Spot the phish", **plan: Any) -> Any:
        starts = timezone.now().replace(microsecond=0) + timedelta(hours=hours)
        values = {
            "programme": "security",
            "title": title,
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=2),
        }
        arrangements = {"place": "Room 2", "trainer": None, "capacity": None, **plan}
        return session_of(arrange(values, arrangements, "anna"))

    return make

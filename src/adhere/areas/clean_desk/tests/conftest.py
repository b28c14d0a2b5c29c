"""A company of five on two floors, and who walks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,chloe,,2024-03-01,,nl
chloe,Chloé Lambert,chloe@example.com,employee,anna,sales,2024-06-01,,fr
eva,Eva Wouters,eva@example.com,employee,anna,,2024-01-08,,en
"""
DESKS = """place,floor,desk_of,since,until
1-01,1,bram,2024-01-08,
1-02,1,chloe,2024-01-08,
1-03,1,,2024-01-08,
1-04,1,eva,2024-01-08,
2-01,2,anna,2024-01-08,
"""


@pytest.fixture
def take_in(db: None) -> Callable[[str, str], Any]:
    """Imports a text of one kind."""
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    def store(kind: str, text: str) -> Any:
        return import_facts(kind_named(kind), text.encode(), f"{kind}.csv", Origin("test"))

    return store


@pytest.fixture
def company(take_in: Callable[[str, str], Any]) -> None:
    """Its people and desks; eva walks floor 1 every day."""
    from django.utils import timezone

    from adhere.areas.clean_desk.models import Rota

    take_in("people", STAFF)
    take_in("workplaces", DESKS)
    Rota.objects.create(
        floor="1",
        weekdays=list(range(7)),
        starts=timezone.localdate() - timedelta(days=10),
        inspectors=["eva"],
        photos=True,
    )


@pytest.fixture
def account(company: None) -> Callable[..., Any]:
    """The account of a person, or of nobody, with extra roles."""
    from adhere.console.models import Account
    from adhere.core.models import Person

    def make(person: str, *roles: str) -> Any:
        address = f"{person}@example.com"
        found = Account.objects.filter(email=address).first()
        owner = Person.objects.filter(pk=person).first()
        return found or Account.objects.create_user(
            address, person=owner, extra_roles=list(roles), language="en"
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

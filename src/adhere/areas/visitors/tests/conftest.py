"""A company of four with a front desk, and a visit announced for today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,en
bram,Bram Claes,bram@example.com,employee,anna,,2024-03-01,,en
eva,Eva Janssens,eva@example.com,employee,anna,front-desk,2024-01-08,,en
dirk,Dirk Maes,dirk@example.com,employee,anna,,2024-01-08,2026-05-31,de
"""
EARLY = datetime(2024, 1, 2, tzinfo=UTC)


@pytest.fixture
def company(db: None) -> None:
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    import_facts(kind_named("people"), STAFF.encode(), "people.csv", Origin("test", "", EARLY))


@pytest.fixture
def account(company: None) -> Callable[..., Any]:
    """The account of a person, or of nobody, with extra roles."""
    from adhere.console.models import Account
    from adhere.core.models import Person

    def make(person: str, *roles: str) -> Any:
        email = f"{person}@example.com"
        found = Account.objects.filter(email=email).first()
        owner = Person.objects.filter(pk=person).first()
        return found or Account.objects.create_user(
            email, person=owner, extra_roles=list(roles), language="en"
        )

    return make


@pytest.fixture
def as_(account: Callable[..., Any]) -> Callable[..., Any]:
    """``as_("bram")`` gives a client signed in as that person."""

    def sign_in(person: str, *roles: str) -> Any:
        from django.test import Client

        client = Client()
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(account(person, *roles), backend=backend)
        return client

    return sign_in


@pytest.fixture
def announce(company: None) -> Callable[..., Any]:
    """Announces a visit to Bram for so many days from now; gives the first invitation."""
    from django.utils import timezone

    from adhere.areas.visitors import announcing
    from adhere.areas.visitors.announcing import Guest
    from adhere.core.models import Person

    def make(days: int = 0, name: str = "Véra Gast", language: str = "fr", **values: Any) -> Any:
        day = timezone.localdate() + timedelta(days=days)
        start = datetime.combine(day, time(10), timezone.get_default_timezone())
        known = {
            "host": Person.objects.get(pk="bram"),
            "company": "Gastel",
            "purpose": "Audit",
            "place": "Room 2",
            "starts_at": start,
            "ends_at": start + timedelta(hours=1),
            "rule": "",
        }
        guests = values.pop("guests", None) or [Guest(name, "vera@example.net", language)]
        return announcing.announce({**known, **values}, guests, "bram").invited.first()

    return make


@pytest.fixture
def sign(announce: Callable[..., Any]) -> Callable[..., Any]:
    """An announced visitor who has signed in; gives the visit."""
    from adhere.areas.visitors.arriving import Signature, sign_in

    def make(invited: Any = None, **values: Any) -> Any:
        chosen = invited or announce(**values)
        return sign_in(chosen, Signature("fr", typed=chosen.name), "eva")

    return make

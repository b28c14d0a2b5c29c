"""Every address of the house against every role. A page without a decision fails here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from adhere.console.access import ASKED_FOR, OWN_MATTERS

ROLES = ("personnel", "front-desk", "security", "data-protection", "auditor", "administrator")
SAMPLES = {"int": "1", "slug": "work-behaviours", "str": "x", "path": "bram", "language": "en"}


def pages(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    """Every address, with samples for what varies, and its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLPattern):
            yield filled(address, pattern), pattern.callback
        else:
            yield from pages(pattern, address)


def filled(address: str, pattern: URLPattern) -> str:
    for part in address.split("<")[1:]:
        inside = part.split(">")[0]
        kind = inside.split(":")[0] if ":" in inside else "str"
        address = address.replace(f"<{inside}>", SAMPLES.get(kind, "1"))
    return address


ALL = dict(pages())


def test_every_page_says_who_may_open_it() -> None:
    undecided = [address for address, view in ALL.items() if not hasattr(view, "decided")]
    assert undecided == []


def test_no_unknown_role_is_named() -> None:
    named = {
        role for view in ALL.values() if isinstance(view.decided, tuple) for role in view.decided
    }
    assert named <= set(ROLES)


@pytest.mark.django_db
def test_strangers_reach_only_public_pages(company: None) -> None:
    client = Client(raise_request_exception=False)
    for address, view in ALL.items():
        if view.decided != "public":
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/sign-in/"), address


def test_nothing_of_the_console_is_public_but_the_ways_in() -> None:
    ways = ("/sign-in/", "/accounts/", "/policies/", "/scim/v2/")
    own = {a for a, view in ALL.items() if view.__module__.startswith("adhere.console")}
    opened = {a for a in own if ALL[a].decided == "public" and not a.startswith(ways)}
    assert opened == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_roles_open_their_pages_and_no_others(
    role: str, company: None, client_of: Callable[[str], Client]
) -> None:
    client = client_of(role)
    client.raise_request_exception = False
    for address, view in ALL.items():
        if isinstance(view.decided, tuple):
            allowed = role in view.decided or role == "auditor"
            answer = client.get(address)
            assert (answer.status_code == 403) == (not allowed), f"{role} {address}"
            assert answer.status_code < 500, f"{role} {address}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_roles_change_only_what_is_theirs(
    role: str, company: None, client_of: Callable[[str], Client]
) -> None:
    client = client_of(role)
    client.raise_request_exception = False
    for address, view in ALL.items():
        if address.startswith((*OWN_MATTERS, ASKED_FOR)):
            continue
        theirs = not isinstance(view.decided, tuple) or role in view.decided
        if role == "auditor" or not theirs:
            assert client.post(address).status_code == 403, f"{role} {address}"


@pytest.mark.django_db
def test_personnel_see_their_own_findings_and_those_they_supervise(
    company: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.models import FindingRecord, Person

    bram, chloe = client_of("personnel"), Client()
    own = FindingRecord.objects.filter(subject_id="bram").first()
    annas = FindingRecord.objects.filter(subject_id="anna").first()
    firm = FindingRecord.objects.filter(subject_kind="company").first()
    assert own
    assert annas
    assert firm
    assert bram.get(reverse("finding", args=[own.pk])).status_code == 200
    assert bram.get(reverse("finding", args=[annas.pk])).status_code == 403
    assert bram.get(reverse("finding", args=[firm.pk])).status_code == 403
    from adhere.console.models import Account

    boss = Account.objects.create_user("chloe@example.com", person=Person.objects.get(pk="chloe"))
    chloe.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    assert chloe.get("/people/bram/").status_code == 200
    assert chloe.get("/people/anna/").status_code == 403


@pytest.mark.django_db
def test_personnel_see_their_own_verdicts_in_a_policy(
    company: None, client_of: Callable[[str], Client]
) -> None:
    page = client_of("personnel").get("/policy/work-behaviours/").content.decode()
    assert "Anna" not in page
    clause = client_of("personnel").get("/policy/work-behaviours/clause/acceptance/")
    assert "Eva Janssens" not in clause.content.decode()
    assert "Bram Claes" in clause.content.decode()


@pytest.mark.django_db
def test_who_has_left_is_signed_out(account: Callable[[str], Any]) -> None:
    from adhere.console.models import Account
    from adhere.core.models import Person

    gone = Account.objects.create_user("gust@example.com", person=Person.objects.get(pk="gust"))
    client = Client()
    client.force_login(gone, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/")["Location"].startswith("/sign-in/")


@pytest.mark.django_db
def test_roles_are_given_by_others_and_entered_in_the_ledger(
    account: Callable[[str], Any], client_of: Callable[[str], Client]
) -> None:
    import json

    from adhere.core.models import Entry

    bram, dirk = account("personnel"), account("administrator")
    client = client_of("administrator")
    wanted = {"roles": ["auditor"], "is_active": "on"}
    assert client.post(reverse("role", args=[dirk.pk]), wanted).status_code == 403
    assert client.post(reverse("role-link", args=[dirk.pk])).status_code == 403
    assert client.post(reverse("role", args=[bram.pk]), wanted).status_code == 302
    bram.refresh_from_db()
    assert bram.roles == {"personnel", "auditor"}
    entry = json.loads(Entry.objects.get(kind="roles").record)
    assert entry["before"] == {"roles": [], "ends_at": None, "may_sign_in": True}
    assert entry["after"] == {"roles": ["auditor"], "ends_at": None, "may_sign_in": True}
    assert entry["changed_by"] == "dirk"

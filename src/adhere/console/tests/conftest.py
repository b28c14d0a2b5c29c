"""A small company in full operation, its accounts, and a real browser to look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, BrowserContext

STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,chloe,,2024-03-01,,nl
chloe,Chloé Lambert,chloe@example.com,employee,anna,,2024-02-01,,fr
dirk,Dirk Maes,dirk@example.com,employee,anna,administrator,2024-01-08,,en
eva,Eva Janssens,eva@example.com,employee,anna,front-desk,2024-05-01,,nl
farid,Farid Amrani,farid@example.com,contractor,chloe,data-protection,2024-06-01,,fr
gust,Gust Wouters,gust@example.com,employee,chloe,,2024-02-01,2024-12-31,nl
"""
ROLES = ("personnel", "front-desk", "security", "data-protection", "auditor", "administrator")
WHO = {
    "personnel": "bram",
    "front-desk": "eva",
    "security": "anna",
    "data-protection": "farid",
    "administrator": "dirk",
}
LONG_AGO = datetime(2024, 1, 2, tzinfo=UTC)


@pytest.fixture
def staff(db: None) -> None:
    """The people, with one correction."""
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    before = datetime(2024, 1, 5, tzinfo=UTC)
    origin = Origin("import", "", before)
    earlier = STAFF.replace("Bram Claes", "Bram Claesen")
    import_facts(kind_named("people"), earlier.encode(), "people.csv", origin)
    later = Origin("import", "dirk", before + timedelta(days=90))
    import_facts(kind_named("people"), STAFF.encode(), "people.csv", later)


@pytest.fixture
def company(staff: None) -> None:
    """The shipped policies, published and judged over a few facts."""
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.models import Controller
    from adhere.core.publishing import publish
    from adhere.core.recording import Origin
    from adhere.core.running import run_today
    from adhere.core.texts import LIBRARY, load_folder

    Controller.objects.create(pk=1, name="Meerwater Software", email="privacy@example.com")
    publish(load_folder(LIBRARY), at=LONG_AGO)
    for name, text in facts().items():
        import_facts(kind_named(name), text.encode(), f"{name}.csv", Origin("import"))
    run_today()


def facts() -> dict[str, str]:
    """Training held and attended, one exemption, one acceptance."""
    today = datetime.now(UTC).date()
    held = [today - timedelta(days=days) for days in (40, 200, 420)]
    sessions = "\n".join(
        f"s{place},security-awareness,Security awareness,{day}T09:00:00+01:00,{day}T11:00:00+01:00"
        for place, day in enumerate(held)
    )
    attended = "\n".join(f"s0,{who},attended," for who in ("anna", "chloe", "dirk"))
    ends = today + timedelta(days=60)
    return {
        "training-sessions": f"id,programme,title,starts_at,ends_at\n{sessions}\n",
        "attendance": f"session,person,outcome,at\n{attended}\n",
        "exemptions": (
            "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until\n"
            f"e1,{clause_of()},eva,On leave until spring,chloe,2024-06-03,anna,2024-06-04,"
            f"2024-06-05,{ends}\n"
        ),
        "acknowledgements": "policy,version,person,at\nwork-behaviours,1,anna,2024-02-01\n",
    }


def clause_of() -> str:
    """The clause about attending training."""
    from adhere.core.policies import current

    return next(
        f"{binding.policy}/{binding.clause}"
        for policy in current()
        for binding in policy.bindings
        if binding.check.name.startswith("training.") and binding.check.subject == "person"
    )


@pytest.fixture
def account(staff: None) -> Callable[[str], Any]:
    """An account that holds one role."""
    from adhere.console.models import Account
    from adhere.core.models import Person

    def make(role: str) -> Account:
        who = WHO.get(role)
        email = f"{who or role}@example.com"
        found = Account.objects.filter(email=email).first()
        if found:
            return found
        person = Person.objects.get(pk=who) if who else None
        extra = [] if who else [role]
        # The pages are read in English here, whatever the language of the person.
        return Account.objects.create_user(email, person=person, extra_roles=extra, language="en")

    return make


@pytest.fixture
def client_of(account: Callable[[str], Any]) -> Callable[[str], Client]:
    """A client signed in with one role."""
    from django.test import Client

    def enter(role: str) -> Client:
        client = Client()
        client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def enter(
    browser: Browser, live_server: Any, client_of: Callable[[str], Client]
) -> Iterator[Callable[..., BrowserContext]]:
    """A browser signed in with one role."""
    made: list[BrowserContext] = []

    def open_context(role: str = "", **options: Any) -> BrowserContext:
        context = browser.new_context(base_url=live_server.url, **options)
        made.append(context)
        if role:
            value = client_of(role).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        return context

    yield open_context
    for context in made:
        context.close()

"""Three people, the shipped policies published, and the questions that go with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,anna,sales,2024-03-01,,nl
chloe,Chloé Lambert,chloe@example.com,contractor,anna,sales,2024-06-01,,fr
"""
LONG_AGO = datetime(2024, 1, 2, tzinfo=UTC)
POLICY = "work-behaviours"


def publish_texts(at: datetime, change: Callable[[str], str] = str, **told: Any) -> None:
    """The shipped work-behaviours policy in its four languages, changed somehow."""
    from adhere.core.publishing import publish
    from adhere.core.texts import LIBRARY, Text
    from adhere.documents.policy import parse_policy

    texts = []
    for path in sorted(LIBRARY.glob(f"{POLICY}.*.md")):
        text = change(path.read_text(encoding="utf-8"))
        texts.append(Text(text, parse_policy(text, path.name)))
    publish(texts, at=at, **told)


@pytest.fixture
def company(db: None, settings: Any, tmp_path: Path) -> None:
    """The people, and the policy since long ago."""
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    settings.DATA = tmp_path  # a ledger of its own
    publish_texts(LONG_AGO)
    origin = Origin("import", "", LONG_AGO)
    import_facts(kind_named("people"), STAFF.encode(), "people.csv", origin)


@pytest.fixture
def account(company: None) -> Callable[..., Any]:
    """The account of a person, read in English."""
    from adhere.console.models import Account
    from adhere.core.models import Person

    def make(person: str) -> Account:
        found = Account.objects.filter(email=f"{person}@example.com").first()
        owner = Person.objects.get(pk=person)
        return found or Account.objects.create_user(
            f"{person}@example.com", person=owner, language="en"
        )

    return make


@pytest.fixture
def as_(client: Any, account: Callable[..., Any]) -> Callable[..., Any]:
    """``as_("bram")`` gives the test client signed in as that person."""

    def sign_in(person: str) -> Any:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(account(person), backend=backend)
        return client

    return sign_in

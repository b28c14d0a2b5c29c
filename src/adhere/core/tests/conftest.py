"""A small company and a policy for the tests of the core."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from adhere.core.models import PolicyVersion
    from adhere.core.recording import Recorded

POLICY = """---
policy: desk-rules
title: Desk rules
owner: security
audience: personnel
---
## Reading

{#read check="conduct.acknowledged" policy="desk-rules" grace=30d}
Everybody accepts these rules within thirty days.

{#badges check="conduct.nothing_like_it"}
Badges are worn.
"""
STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
anna,Anna Peeters,anna@example.com,employee,,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,anna,,2024-03-01,,nl
chloe,Chloé Lambert,chloe@example.com,contractor,anna,sales,2024-06-01,,fr
dirk,Dirk Maes,dirk@example.com,employee,anna,security;board,2024-01-08,,nl
"""
EARLY = datetime(2024, 1, 2, tzinfo=UTC)


@pytest.fixture
def publish() -> Callable[..., PolicyVersion]:
    """Stores a text as the next published version."""

    from adhere.core.models import Policy, PolicyText, PolicyVersion
    from adhere.core.recording import make_entry

    def store(text: str = POLICY, at: datetime = EARLY) -> PolicyVersion:
        slug = text.split("policy: ")[1].split("\n", maxsplit=1)[0]
        policy, _ = Policy.objects.get_or_create(
            slug=slug, defaults={"title": "Rules", "owner": "security", "audience": "personnel"}
        )
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        entry = make_entry("publications", {"sha256": sha256}, "", at)
        entry.save()
        number = policy.versions.count() + 1
        version = PolicyVersion.objects.create(
            policy=policy,
            number=number,
            language="en",
            sha256=sha256,
            published_at=at,
            entry=entry,
        )
        PolicyText.objects.create(
            version=version, language="en", title="Rules", text=text, sha256=sha256
        )
        return version

    return store


@pytest.fixture
def take_in() -> Callable[..., Recorded]:
    """Imports a text of one kind, as recorded at a moment."""
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    def store(kind: str, text: str, at: datetime | None = None) -> Recorded:
        return import_facts(
            kind_named(kind), text.encode(), f"{kind}.csv", Origin("import", "", at)
        )

    return store


@pytest.fixture
def company(publish: Callable[..., PolicyVersion], take_in: Callable[..., Recorded]) -> None:
    """Four people since 2024, known then, and one policy with two clauses."""
    publish()
    take_in("people", STAFF, EARLY)
    take_in(
        "acknowledgements",
        "policy,version,person,at,score\ndesk-rules,1,anna,2024-01-10T09:00:00+01:00,\n",
        datetime(2024, 1, 10, 9, tzinfo=UTC),
    )

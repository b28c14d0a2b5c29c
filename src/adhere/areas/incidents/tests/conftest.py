"""A company of six for the tests of this area: who supervises whom, and a mail server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

POLICY = """---
policy: work-behaviours
title: Work behaviours
owner: security
audience: personnel
---
## Conduct

{#crashes check="conduct.no_repeated_crash" times=2 within=12mo}
Nobody crashes a system again after being told of the first time.

{#tell-supervisor check="visitors.supervisor_told" within=15m}
The supervisor is told of a person who does not answer.

{#tell-security check="visitors.security_told" within=15m}
The security team is told of a person who does not answer.

{#export check="conduct.consulted_before_export"}
Nothing is exported without asking.
"""
STAFF = """id,name,email,kind,supervisor,teams,joined,left,language
hilde,Hilde Boss,hilde@example.com,employee,,management,2024-01-08,,nl
anna,Anna Peeters,anna@example.com,employee,hilde,security,2024-01-08,,nl
bram,Bram Claes,bram@example.com,employee,chloe,,2024-03-01,,en
chloe,Chloé Lambert,chloe@example.com,employee,hilde,sales,2024-06-01,,fr
dirk,Dirk Maes,dirk@example.com,employee,hilde,security,2024-01-08,,de
eva,Eva Wouters,eva@example.com,employee,hilde,data-protection,2024-01-08,,en
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
    """Six people and the published policy."""
    from adhere.core.publishing import publish
    from adhere.core.texts import Text
    from adhere.documents.policy import parse_policy

    publish([Text(POLICY, parse_policy(POLICY, "work-behaviours.en.md"))], at=EARLY)
    take_in("people", STAFF, EARLY)


@pytest.fixture
def account(company: None) -> Callable[..., Any]:
    """The account of a person, or of nobody, with extra roles; its pages are in English."""
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
    """``as_("bram")`` gives a test client signed in as that person."""
    from django.test import Client

    def sign_in(person: str, *roles: str) -> Any:
        client = Client()
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(account(person, *roles), backend=backend)
        return client

    return sign_in


class Mailbox:
    """Keeps what arrives; refuses whom it is told to."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.refuses: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    @property
    def to(self) -> list[str]:
        return sorted(letter["To"].partition("@")[0] for letter in self.letters)

    def of(self, who: str) -> str:
        """The text of the only letter to somebody."""
        (letter,) = [each for each in self.letters if each["To"] == f"{who}@example.com"]
        return letter.get_content()


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A mail server that answers."""
    from aiosmtpd.controller import Controller

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    yield box
    server.stop()

"""Start everything: database, policies, console, edge and background work."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from adhere.errors import Problem
from adhere.main.output import put, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=port_number, default=8000, help="0 takes a free one")
    parser.add_argument("--demo", action="store_true", help="a fictitious company to look at")
    parser.add_argument("--admin", metavar="EMAIL", help="who signs in first, as administrator")
    parser.add_argument("--tls-cert", type=Path, metavar="F", help="certificate chain in PEM")
    parser.add_argument("--tls-key", type=Path, metavar="F", help="its key in PEM")


def port_number(text: str) -> int:
    """A TCP port for argparse."""
    if not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"“{text}” is no port (expected 0 to 65535)")
    return int(text)


def before(chosen: argparse.Namespace) -> None:
    """Look at the port before anything is made, and let the settings know the address."""
    from adhere.main.serving import Listener, free_listener

    wanted = Listener(chosen.host, chosen.port, chosen.tls_cert, chosen.tls_key)
    chosen.listener = free_listener(wanted)
    os.environ.setdefault("ADHERE_URL", chosen.listener.url)
    if chosen.demo:
        os.environ["ADHERE_DEMO"] = "yes"


def run(chosen: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import connections

    from adhere.core.shipped import publish_found
    from adhere.main.background import start_worker, stop_worker
    from adhere.main.serving import serve

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    as_person = ""
    if chosen.demo:
        from adhere.main.demo import ADMINISTRATOR, fill

        fill()
        as_person = ADMINISTRATOR
    else:
        for text in publish_found():
            say(text)
    link = _sign_in_link(chosen.admin, as_person)
    connections.close_all()
    worker = start_worker()
    try:
        serve("make_all", chosen.listener, ready=lambda: _announce(link))
    finally:
        stop_worker(worker)
    say("stopped")
    return 0


def _announce(link: str) -> None:
    from django.conf import settings

    put(f"Adhere runs at {settings.URL}")
    put(f"Sign in once with {link}")
    sys.stdout.flush()


def _sign_in_link(written: str | None, as_person: str) -> str:
    """A one-time link for the administrator, whose account is made when there is none."""
    from adhere.console.links import account_for, make_sign_in_link
    from adhere.core.models import Person

    # In the demonstration one person shows every page, those of the data protection officer too.
    roles = ["administrator", "data-protection"] if as_person else ["administrator"]
    account = account_for(_admin_email(written), roles)
    if as_person and account.person is None:
        account.person = Person.objects.filter(id=as_person, account=None).first()
        account.save()
    return make_sign_in_link(account)


def _admin_email(written: str | None) -> str:
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from adhere.console.models import Account

    if written:
        try:
            validate_email(written)
        except ValidationError:
            raise Problem(
                f"“{written}” is no e-mail address", field="--admin", expected="name@example.com"
            ) from None
        return written
    # The administrators are those who were named so, not whoever a team makes one.
    accounts = Account.objects.order_by("pk")
    known = [each.email for each in accounts if "administrator" in each.extra_roles]
    return known[0] if known else f"admin@{urlsplit(settings.URL).hostname or 'localhost'}"

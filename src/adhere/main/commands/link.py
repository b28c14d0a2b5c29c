"""Make an account and print a link that signs it in once."""

from __future__ import annotations

import argparse

from adhere.errors import Problem
from adhere.main.output import put


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL", help="whose account it is")
    parser.add_argument(
        "--role", action="append", default=[], metavar="R", help="a role besides those of its teams"
    )


def run(chosen: argparse.Namespace) -> int:
    from django.db import transaction
    from django.utils import timezone

    from adhere.console.links import account_for, make_sign_in_link

    with transaction.atomic():
        account = account_for(chosen.email, chosen.role)
        if account.ended(timezone.now()):
            raise Problem(
                f"the account of {account.name} has ended",
                field="EMAIL",
                expected="somebody who works here",
            )
        link = make_sign_in_link(account)
    put(link)
    return 0

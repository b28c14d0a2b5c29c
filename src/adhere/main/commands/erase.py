"""Erase a person's data; every other proof stays valid."""

from __future__ import annotations

import argparse

from adhere.main.output import put


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", metavar="PERSON", help="the person's id")


def run(chosen: argparse.Namespace) -> int:
    from adhere.core.erasing import erase_person

    done = erase_person(chosen.person)
    put(
        f"erased: {done.facts} facts, {done.findings} findings, {done.accounts} sign-ins; "
        f"{done.leaves} leaves of the ledger no longer have a record"
    )
    return 0

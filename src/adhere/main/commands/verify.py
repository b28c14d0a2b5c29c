"""Verify a receipt or an evidence bundle, offline."""

from __future__ import annotations

import argparse

from adhere.ledger.verify import verify_file
from adhere.main.output import put

NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a receipt or an evidence bundle")
    parser.add_argument(
        "--key", metavar="F", help="the log's public key, as text or in a file; else the file's own"
    )


def run(chosen: argparse.Namespace) -> int:
    found = verify_file(chosen.file, chosen.key)
    put(f"{chosen.file}: {found.message}")
    return 0 if found.ok else 1

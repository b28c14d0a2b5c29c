"""Take in facts from CSV or JSON Lines, all or nothing."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from adhere.main.output import put, put_json, read_bytes


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="what the rows are, such as people")
    parser.add_argument("file", metavar="FILE", help="CSV or JSON Lines; - reads standard input")
    parser.add_argument("--json", action="store_true", help="the counts as JSON")


def run(chosen: argparse.Namespace) -> int:
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    kind = kind_named(chosen.kind)
    name = "standard input" if chosen.file == "-" else chosen.file
    done = import_facts(kind, read_bytes(chosen.file), name, Origin("import"))
    if chosen.json:
        put_json({"kind": kind.name, **asdict(done)})
    else:
        put(f"{kind.name}: {done.added} added, {done.corrected} corrected, {done.unchanged} known")
    return 0

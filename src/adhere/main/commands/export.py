"""Give facts back out, or evidence, or the findings as OSCAL."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from adhere.errors import Problem
from adhere.main.days import moment
from adhere.main.output import say, write, writing

if TYPE_CHECKING:
    from adhere.core.areas import Export

FORMATS = ("csv", "jsonl", "xlsx")
MOST_NAMED = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="people, attendance, …; evidence or oscal")
    parser.add_argument("file", metavar="F", nargs="?", default="-", help="- is standard output")
    parser.add_argument(
        "--since", type=moment, metavar="T", help="what was recorded from that day or time on"
    )
    parser.add_argument(
        "--until", type=moment, metavar="T", help="evidence: up to that time, which is not in it"
    )
    parser.add_argument("--policy", metavar="SLUG", help="evidence: what this policy rests on")
    parser.add_argument("--clause", metavar="ID", help="evidence: what this clause of it rests on")
    parser.add_argument("--format", choices=FORMATS, help="csv unless the file's name says other")


def run(chosen: argparse.Namespace) -> int:
    from adhere.core.exporting import written

    special = SPECIAL.get(chosen.kind)
    more = None if special else _of_areas().get(chosen.kind)
    if special and chosen.format:
        raise Problem(f"{chosen.kind} has one format only", field="--format", expected="nothing")
    narrowed = [name for name in ("until", "policy", "clause") if getattr(chosen, name)]
    if narrowed and chosen.kind != "evidence":
        raise Problem("only evidence can be narrowed so", field=f"--{narrowed[0]}", expected="none")
    if special:
        with writing(chosen.file) as out:
            return special(out, chosen)
    if more:
        with writing(chosen.file) as out:
            for part in written(more, _form(chosen), more.rows(chosen.since)):
                out.write(part)
    else:
        write(_facts(chosen), chosen.file)
    return 0


def _facts(chosen: argparse.Namespace) -> bytes:
    from adhere.core.exporting import export_facts
    from adhere.core.kinds import kind_named, kinds
    from adhere.errors import nearest

    if chosen.kind not in kinds():
        expected = nearest(chosen.kind, [*kinds(), *SPECIAL, *_of_areas()])
        raise Problem(f"unknown kind “{chosen.kind}”", field="KIND", expected=expected)
    return export_facts(kind_named(chosen.kind), _form(chosen), chosen.since)


def _form(chosen: argparse.Namespace) -> str:
    suffix = Path(chosen.file).suffix.removeprefix(".").lower()
    return chosen.format or (suffix if suffix in FORMATS else "csv")


def _of_areas() -> dict[str, Export]:
    from adhere.core.areas import areas

    return {each.name: each for area in areas() for each in area.exports}


def _evidence(out: BinaryIO, chosen: argparse.Namespace) -> int:
    """The bundle holds the records as they were; exit 1 where a table says something else."""
    from adhere.core.evidence import export_evidence
    from adhere.core.evidence_choosing import Chosen
    from adhere.core.tampering import altered

    wanted = Chosen(chosen.policy or "", chosen.clause or "", chosen.since, chosen.until)
    leaves = export_evidence(out, wanted)
    say(f"{leaves} leaves; adhere verify checks the bundle offline")
    changed = altered()
    for ref in changed[:MOST_NAMED]:
        say(f"adhere: {ref}: the database no longer says what the ledger recorded")
    if len(changed) > MOST_NAMED:
        say(f"adhere: and {len(changed) - MOST_NAMED:,} more")
    return 1 if changed else 0


def _oscal(out: BinaryIO, chosen: argparse.Namespace) -> int:
    from adhere.core.oscal import as_oscal
    from adhere.core.running import judge_day

    if chosen.since:
        raise Problem("findings are of today", field="--since", expected="adhere check --oscal")
    document = as_oscal(judge_day())
    out.write((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    return 0


# What goes out besides the kinds that also come in.
SPECIAL: dict[str, Callable[[BinaryIO, argparse.Namespace], int]] = {
    "evidence": _evidence,
    "oscal": _oscal,
}

"""Read any policy text into clauses, tracker tables, contacts and rights."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from adhere.errors import Problem
from adhere.main.output import put, put_json, say, write

if TYPE_CHECKING:
    from adhere.documents.document import Document, ReadClause, Tracker

NEEDS_DATABASE = False
_MARKS = {"obligation": "must", "prohibition": "must not", "permission": "may", "statement": ""}
_WIDTH = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "document", metavar="DOCUMENT", help="txt, md, html, docx, pdf, or an http(s) address"
    )
    parser.add_argument("--json", action="store_true", help="everything found as JSON")
    parser.add_argument("--to", metavar="POLICY.md", help="write a policy with checks proposed")
    parser.add_argument(
        "--trackers",
        metavar="FILE.csv",
        help="write its trackers for “adhere import trackers”; what is not said stays empty",
    )
    parser.add_argument("--force", action="store_true", help="replace the files named here")


def run(chosen: argparse.Namespace) -> int:
    from adhere.documents.read import document_to_dict, read

    targets = [target for target in (chosen.to, chosen.trackers) if target]
    for target in targets:
        if target != "-" and Path(target).exists() and not chosen.force:
            expected = "a new file, or --force to replace this one"
            raise Problem("exists already", file=target, expected=expected)
    document = read(chosen.document)
    if chosen.to:
        _write_policy(document, chosen.to)
    if chosen.trackers:
        _write_trackers(document, chosen.trackers)
    if chosen.json and "-" not in targets:
        put_json(document_to_dict(document))
    elif not targets:
        _put(document)
    return 0


def _write_trackers(document: Document, target: str) -> None:
    import csv
    import io

    from adhere.core.neutral import harmless
    from adhere.documents.inventory import COLUMNS, inventory

    rows = inventory(document)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(row.cells[name]) for name in COLUMNS] for row in rows)
    write(out.getvalue(), target)
    for row in rows:
        if row.open:
            name = row.cells["name"] or "a tracker without a name"
            say(f"adhere: line {row.line}: {name}: which {', '.join(row.open)}?")
    still = sum(bool(row.open) for row in rows)
    place = "standard output" if target == "-" else target
    say(f"adhere: {len(rows)} trackers written to {place}; {still} have something to be answered")


def _write_policy(document: Document, target: str) -> None:
    from adhere.core.areas import checks
    from adhere.documents.propose import NO_CHECK, to_policy

    described = {name: check.summary for name, check in checks().items()}
    text = to_policy(document, described)
    write(text, target)
    unbound = text.count(NO_CHECK)
    place = "standard output" if target == "-" else target
    say(f"adhere: {len(document.clauses)} clauses written to {place}; {unbound} need a check")


def _put(document: Document) -> None:
    since = f", effective {document.effective}" if document.effective else ""
    put(f"{document.title} ({document.language}{since})")
    for heading, clauses in groupby(document.clauses, key=lambda clause: clause.heading):
        put(f"\n{heading or '(before the first heading)'}")
        for clause in clauses:
            _put_clause(clause)
    _put_trackers(document.trackers)
    _section("Contacts", ((each.line, f"{each.kind}: {each.value}") for each in document.contacts))
    rights = (
        (each.line, f"{each.right} (GDPR Art. {_bare(each.article)})") for each in document.rights
    )
    _section("Rights", rights)


def _put_clause(clause: ReadClause) -> None:
    bullet = "- " if clause.kind == "item" else ""
    lead = f"{clause.line:>5}  {_MARKS.get(clause.modality, clause.modality):<9} "
    put(
        textwrap.fill(bullet + clause.text, _WIDTH, initial_indent=lead, subsequent_indent=" " * 17)
    )


_NECESSARY = {
    True: "strictly necessary",
    False: "not strictly necessary",
    None: "necessity not said",
}


def _put_trackers(trackers: Iterable[Tracker]) -> None:
    rows = []
    for each in trackers:
        facts = [
            each.vendor or "vendor not said",
            f"{each.party} party" if each.party else "party not said",
            _NECESSARY[each.strictly_necessary],
            each.retention or "retention not said",
        ]
        rows.append((each.line, f"{', '.join(each.names) or '(no name)'}: {'; '.join(facts)}"))
    _section("Trackers", rows)


def _section(title: str, rows: Iterable[tuple[int, str]]) -> None:
    for index, (line, text) in enumerate(rows):
        if index == 0:
            put(f"\n{title}")
        put(f"{line:>5}  {text}")


def _bare(article: str) -> str:
    return article.removeprefix("GDPR").removeprefix(" ").removeprefix("Art.").strip()

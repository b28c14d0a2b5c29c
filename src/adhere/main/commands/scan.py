"""Audit a website in a real browser, in every consent state."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from adhere.errors import Problem
from adhere.main.output import put, put_json, say, write

if TYPE_CHECKING:
    from adhere.scanner.declared import Declaration
    from adhere.scanner.options import Options
    from adhere.scanner.reports.report import Report
    from adhere.scanner.scanning import Progress

NEEDS_DATABASE = False  # asked for only where a published policy or the inventory is meant
_FILES = ("json", "sarif", "junit", "html", "har")


def arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("url", metavar="URL", help="where the site begins")
    add("--policy", metavar="DOCUMENT|SLUG", help="a document, an address or a published policy")
    add("--inventory", action="store_true", help="compare with the inventory of trackers")
    add(
        "--max-pages",
        type=_count,
        default=10,
        metavar="N",
        help="pages to look at; 10 unless given",
    )
    add("--states", metavar="S,…", help="only these, such as before,refused")
    add(
        "--resolve",
        action="append",
        default=[],
        metavar="HOST=ADDRESS[:PORT]",
        help="send a host there; * is every host; may be repeated",
    )
    add(
        "--private",
        action="append",
        default=[],
        metavar="HOST|NETWORK",
        help="may be reached although its address is private; may be repeated",
    )
    add("--insecure", action="store_true", help="accept any certificate, and say so")
    add("--ignore-robots", action="store_true", help="also pages that robots.txt asks to leave out")
    add("--login", metavar="SCRIPT", help="a recorded script that signs in first")
    add("--corrections", metavar="FILE", help="JSON: who and what for, with the reason")
    add("--data", metavar="DIR", help="tracker lists of your own, whose licences you answer for")
    add("--json", metavar="F", help="the scan as JSON; - is stdout")
    add("--sarif", metavar="F", help="the findings as SARIF 2.1.0; - is stdout")
    add("--junit", metavar="F", help="the rules as JUnit XML; - is stdout")
    add("--html", metavar="F", help="a page to read and print, with screenshots; - is stdout")
    add("--har", metavar="F", help="what went over the network, as HAR 1.2; - is stdout")
    add(
        "--fail-on",
        choices=("error", "warning", "note", "never"),
        default="warning",
        help="exit 1 from this severity on; warning unless given",
    )


def run(chosen: argparse.Namespace) -> int:
    from adhere.scanner.knowledge.corrections import corrections_in
    from adhere.scanner.knowledge.knowing import Knowledge
    from adhere.scanner.reports.report import Report
    from adhere.scanner.rules.seen import Seen
    from adhere.scanner.scanning import scan

    _one_on_stdout(chosen)
    options = _options(chosen)
    folder = Path(chosen.data) if chosen.data else None
    corrections = corrections_in(Path(chosen.corrections)) if chosen.corrections else ()
    knowledge = Knowledge.with_data(folder, corrections)
    declared = _declared(chosen, options)
    saw = scan(chosen.url, options, _teller())
    report = Report(Seen(saw, declared, knowledge), chosen.fail_on)
    _write(chosen, report)
    if "-" not in {getattr(chosen, each) for each in _FILES}:
        from adhere.scanner.reports.text import as_lines

        for line in as_lines(report):
            put(line)
    return int(report.failed)


def _one_on_stdout(chosen: argparse.Namespace) -> None:
    if sum(getattr(chosen, each) == "-" for each in _FILES) > 1:
        raise Problem("two results for one standard output", expected="a file name for one of them")


def _options(chosen: argparse.Namespace) -> Options:
    from adhere.scanner.options import Options, check_states, resolution

    names = (each.strip() for each in (chosen.states or "").split(","))
    states = check_states(tuple(each for each in names if each))
    return Options(
        max_pages=chosen.max_pages,
        states=states or None,
        resolve=tuple(resolution(each) for each in chosen.resolve),
        private=tuple(chosen.private),
        insecure=chosen.insecure,
        robots=not chosen.ignore_robots,
        login=Path(chosen.login) if chosen.login else None,
        screenshots=bool(chosen.html),
        har=bool(chosen.har),
    )


def _declared(chosen: argparse.Namespace, options: Options) -> Declaration | None:
    from adhere.documents.web import Way
    from adhere.main.declaring import declared_in, declared_in_inventory

    if chosen.inventory:
        if chosen.policy:
            raise Problem("two declarations to compare with", expected="--policy or --inventory")
        from adhere.main.starting import prepare

        prepare(migrate=True)
        return declared_in_inventory()
    way = Way(options.place, options.insecure) if options.resolve or options.insecure else None
    return declared_in(chosen.policy, way) if chosen.policy else None


def _write(chosen: argparse.Namespace, report: Report) -> None:
    from adhere.scanner.reports.html import as_html
    from adhere.scanner.reports.json import as_json
    from adhere.scanner.reports.junit import as_junit
    from adhere.scanner.reports.sarif import as_sarif

    if chosen.json:
        put_json(as_json(report), chosen.json)
    if chosen.sarif:
        put_json(as_sarif(report), chosen.sarif)
    if chosen.junit:
        write(as_junit(report), chosen.junit)
    if chosen.html:
        write(as_html(report), chosen.html)
    if chosen.har:
        put_json(report.saw.har, chosen.har)


def _teller() -> Callable[[Progress], None]:
    """Progress for who watches; nothing where standard error is a file."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda one: say(f"{one.done}/{one.planned} {one.state} {one.page} {one.failed}".rstrip())


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no number of pages")
    return int(text)

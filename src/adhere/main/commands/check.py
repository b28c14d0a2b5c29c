"""Judge every clause, for today or any past day."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from adhere.errors import Problem
from adhere.main.days import day
from adhere.main.output import put, put_json, say, write

if TYPE_CHECKING:
    from adhere.core.running import Judged


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, metavar="DAY", help="judge a past day")
    parser.add_argument(
        "--known", type=day, metavar="DAY", help="with only what was recorded by then"
    )
    parser.add_argument("--policy", metavar="SLUG", help="this policy alone")
    parser.add_argument("--all", action="store_true", help="show all that is not kept")
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument("--oscal", metavar="F", help="write OSCAL assessment results; - is stdout")
    parser.add_argument("--junit", metavar="F", help="write JUnit XML, for pipelines; - is stdout")


def run(chosen: argparse.Namespace) -> int:
    _one_on_stdout(chosen)
    with _no_collecting():
        judged = _judged(chosen)
    to_stdout = "-" in {chosen.oscal, chosen.junit}
    _write_files(chosen, judged)
    if chosen.json:
        from adhere.core.reporting import as_json

        put_json(as_json(judged))
    elif not to_stdout:
        from adhere.core.summary import SHOWN, summary

        for line in summary(judged, None if chosen.all else SHOWN):
            put(line)
    return int(any(finding.state == "not-satisfied" for finding in judged.findings))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Facts and findings make no rings: looking for some among millions costs a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _one_on_stdout(chosen: argparse.Namespace) -> None:
    wanted = [chosen.json, chosen.oscal == "-", chosen.junit == "-"]
    if sum(wanted) > 1:
        raise Problem("two results for one standard output", expected="a file name for one of them")


def _judged(chosen: argparse.Namespace) -> Judged:
    from adhere.core.policies import policy_named
    from adhere.core.running import judge_day, run_today

    slugs = [policy_named(chosen.policy).slug] if chosen.policy else []
    whole = not (chosen.on or chosen.known or slugs)
    judged = run_today() if whole else judge_day(chosen.on, chosen.known, slugs)
    if not judged.policies:
        raise Problem("no policy is published yet", expected="adhere publish POLICY.md first")
    for policy in judged.policies:
        if not policy.in_force:
            say(f"adhere: {policy.source.slug} was published later; its first version is used")
    return judged


def _write_files(chosen: argparse.Namespace, judged: Judged) -> None:
    if chosen.oscal:
        from adhere.core.oscal import as_oscal

        put_json(as_oscal(judged), chosen.oscal)
    if chosen.junit:
        from adhere.core.junit import as_junit

        write(as_junit(judged), chosen.junit)

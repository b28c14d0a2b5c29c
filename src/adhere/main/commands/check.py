"""Judge every clause, for today or any past day."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from adhere.main.days import day
from adhere.main.output import put, put_json

if TYPE_CHECKING:
    pass


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, metavar="DAY", help="judge a past day")
    parser.add_argument(
        "--known", type=day, metavar="DAY", help="with only what was recorded by then"
    )
    parser.add_argument("--policy", metavar="SLUG", help="this policy alone")
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument("--oscal", metavar="F", help="OSCAL assessment results")
    parser.add_argument("--junit", metavar="F", help="JUnit XML, for pipelines")


def run(chosen: argparse.Namespace) -> int:
    from adhere.core.policies import policy_named
    from adhere.core.reporting import as_json
    from adhere.core.running import judge_day, run_today

    slugs = [policy_named(chosen.policy).slug] if chosen.policy else []
    whole = not (chosen.on or chosen.known or slugs)
    judged = run_today() if whole else judge_day(chosen.on, chosen.known, slugs)
    if chosen.json:
        put_json(as_json(judged))
    else:
        _put_summary(as_json(judged))
    return int(any(finding.state == "not-satisfied" for finding in judged.findings))


def _put_summary(report: dict[str, Any]) -> None:
    for policy in report["policies"]:
        put(f"{policy['policy']} (version {policy['version']})")
        for clause in policy["clauses"]:
            counts = ", ".join(
                f"{clause[state]} {state.replace('_', ' ')}"
                for state in ("satisfied", "not_satisfied", "unknown", "exempt", "not_applicable")
                if clause[state]
            )
            put(f"  {clause['clause']:<40} {counts}")

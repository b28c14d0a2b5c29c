"""Which normative sentences are bound to which checks, and what is wrong with a policy text."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from adhere.main.output import put, put_json, say

if TYPE_CHECKING:
    from adhere.core.coverage import Coverage
    from adhere.documents.policy import PolicySource

NEEDS_DATABASE = False  # asked for only where a published policy is meant


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "policy",
        nargs="?",
        metavar="POLICY.md|SLUG",
        help="a file or a policy's name; without it every policy",
    )
    parser.add_argument("--json", action="store_true", help="the coverage as JSON")


def run(chosen: argparse.Namespace) -> int:
    from adhere.core.areas import checks
    from adhere.core.coverage_report import policies_json, policy_json
    from adhere.core.translations import by_slug, cover_all

    groups = by_slug(_sources(chosen.policy))
    covered = [cover_all(sources, checks()) for sources in groups.values()]
    if chosen.json:
        put_json(policy_json(covered[0]) if chosen.policy else policies_json(covered))
    else:
        for each in covered:
            _put(each)
    faults = [fault for each in covered for fault in each.all_faults]
    for fault in faults:
        say(f"adhere: {fault}")
    return int(bool(faults))


def _sources(policy: str | None) -> list[PolicySource]:
    from adhere.core.texts import load_folder, load_with_siblings, policy_folder
    from adhere.errors import Problem, nearest

    if policy and (Path(policy).is_file() or policy.endswith(".md") or "/" in policy):
        return [text.source for text in load_with_siblings(Path(policy))]
    found = _published(policy)
    if found:
        return found
    folder = [text.source for text in load_folder(policy_folder())]
    found = [source for source in folder if policy in {None, source.slug}]
    if not found:
        slugs = {source.slug for source in folder}
        hint = nearest(policy or "", slugs) if slugs and policy else "a policy file"
        name = f"no policy is called “{policy}”" if policy else "no policy found"
        raise Problem(name, field="policy", expected=hint)
    return found


def _published(policy: str | None) -> list[PolicySource]:
    from adhere.main.starting import has_database, prepare

    if not has_database():
        return []
    prepare(migrate=True)
    from adhere.core.publishing import published_sources

    return published_sources(policy)


def _put(covered: Coverage) -> None:
    source = covered.source
    put(f"{source.title} ({source.slug}, {source.language}) — {source.file}")
    for sentence in covered.normative:
        bindings = covered.bindings.get(sentence.clause or "")
        mark = "·" if bindings else "✗"
        put(f"{sentence.line:>5} {mark} {sentence.text}")
        for binding in bindings or ():
            put(f"          #{sentence.clause}  {_described(binding)}")
        if bindings is None:
            put("          bound to no check")
    _put_summary(covered)


def _described(binding: object) -> str:
    from adhere.core.judging import Binding
    from adhere.core.parameters import as_written

    assert isinstance(binding, Binding)  # noqa: S101
    numbers = "".join(f" {name}={value}" for name, value in as_written(binding.parameters).items())
    waiting = "" if binding.check.judge else ", no collector yet"
    return f"{binding.check.name}{numbers} ({binding.check.strength}{waiting})"


def _put_summary(covered: Coverage) -> None:
    from adhere.core.coverage_report import policy_json

    report = policy_json(covered)
    strengths = ", ".join(f"{count} {name}" for name, count in report["by_strength"].items())
    put("")
    put(f"      {report['bound']} of {report['normative']} normative sentences bound")
    put(f"      clauses by strength: {strengths}; {report['unknown']} without a collector yet")
    for each in report["translations"]:
        put(f"      {each['language']}: {each['bound']} of {each['normative']} bound")
    if report["missing_translations"]:
        put(f"      no translation: {', '.join(report['missing_translations'])}")
    put("")

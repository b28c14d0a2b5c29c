"""Check and publish new versions of policies, all or none."""

from __future__ import annotations

import argparse
from pathlib import Path

from adhere.main.output import put, put_json, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="POLICY.md", help="one file a language")
    parser.add_argument("--changes", default="", metavar="TEXT", help="what changed, and why")
    parser.add_argument(
        "--material",
        metavar="CLAUSES",
        help="what must be accepted anew: clause ids with commas, or none; else all that changed",
    )
    parser.add_argument("--json", action="store_true", help="what was published as JSON")


def _material(written: str | None) -> list[str] | None:
    if written is None:
        return None
    named = [each.strip() for each in written.split(",")]
    return [] if named == ["none"] else [each for each in named if each]


def run(chosen: argparse.Namespace) -> int:
    import msgspec

    from adhere.core.publishing import NotCovered, publish
    from adhere.core.texts import load

    paths = list(dict.fromkeys(Path(file) for file in chosen.files))
    try:
        texts = [load(path) for path in paths]
        done = publish(texts, chosen.changes, material=_material(chosen.material))
    except NotCovered as refused:
        for covered in refused.covered:
            for fault in covered.all_faults:
                say(f"adhere: {fault}")
        say("adhere: nothing was published")
        return 1
    if chosen.json:
        put_json({"published": msgspec.to_builtins(done)})
    for each in done:
        if not chosen.json:
            state = "published" if each.new else "is published already; nothing changed"
            put(f"{each.slug}: version {each.number} {state} ({', '.join(each.languages)})")
            if each.new:
                put(f"  {each.changes}")
        for language in each.missing:
            say(f"adhere: {each.slug}: no text in “{language}”")
    return 0

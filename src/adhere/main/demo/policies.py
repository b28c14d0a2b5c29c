"""The company's policies, published twice: a clause was added some months ago."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from adhere.core.publishing import publish
from adhere.core.shipped import policies_here
from adhere.core.texts import Text, load_folder
from adhere.documents.policy import parse_policy
from adhere.main.demo.company import at

FIRST = 730  # days ago
SECOND = 150
APART = 40


def publish_policies(today: date) -> list[str]:
    """Both versions of every policy in the company's folder; a line for each."""
    lines = []
    groups: dict[str, list[Text]] = {}
    for text in load_folder(policies_here()):
        groups.setdefault(text.source.slug, []).append(text)
    for number, (slug, texts) in enumerate(sorted(groups.items())):
        earlier = _earlier(texts)
        moments = [FIRST, SECOND + APART * number]
        for days, version in zip(moments, (earlier, texts), strict=True):
            moment = at(today - timedelta(days=days), 10)
            for done in publish(version, at=moment) if version else ():
                lines.append(f"{slug}: version {done.number} of {moment:%Y-%m-%d}")
    return lines


def _earlier(texts: Sequence[Text]) -> list[Text]:
    """The texts before the last clause was added to all of them; none where that cannot be."""
    base = next((text for text in texts if any(c.checks for c in text.source.clauses)), texts[0])
    for clause in reversed(base.source.clauses):
        shorter = [_without(text, clause.id) for text in texts]
        if all(shorter):
            return [text for text in shorter if text]
    return []


def _without(text: Text, clause: str) -> Text | None:
    span = re.compile(r"\[[^\[\]]*\]\{#" + re.escape(clause) + r"(?=[\s}])[^{}]*\}\n?")
    found, times = span.subn("", text.text)
    return Text(found, parse_policy(found, text.source.file)) if times == 1 else None

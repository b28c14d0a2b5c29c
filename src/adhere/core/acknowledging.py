"""Acknowledgements: who accepted which exact text, in which language, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from adhere.core import columns
from adhere.core.areas import FactKind
from adhere.core.models import Acknowledgement, Person, PolicyText
from adhere.core.policies import policy_named
from adhere.core.recording import day_of
from adhere.core.rows import Acknowledged
from adhere.errors import Problem, nearest

Rows = Sequence[tuple[int, dict[str, Any]]]
SHORTEST_HASH = 8
PAGE = "page"  # the source of what a person accepted, signed in


def validate(rows: Rows, at: datetime) -> None:
    """A known person and a published version, by its number or the SHA-256 of a text."""
    people = dict(Person.objects.values_list("id", "language"))
    texts: dict[str, list[PolicyText]] = {}
    known = _known({row["policy"] for _, row in rows})
    for line, row in rows:
        if row["person"] not in people:
            raise Problem(
                f"nobody has the id “{row['person']}”",
                line=line,
                field="person",
                expected=f"a known id; {nearest(row['person'], people)}",
            )
        if row["policy"] not in texts:
            texts[row["policy"]] = _texts(row["policy"], line)
        own = known.get((row["policy"], row["version"], row["person"]))
        shown = own.sha256 if own else ""
        text = _chosen(line, row, texts[row["policy"]], people[row["person"]], shown)
        own = known.get((row["policy"], str(text.version.number), row["person"]))
        _validate_own(line, row, own)
        _validate_time(line, row["happened_at"], text)
        _validate_standing(line, row["happened_at"], text, texts[row["policy"]])
        row |= {
            "version": text.version.number,
            "language": text.language,
            "sha256": text.sha256,
        }


def _known(slugs: set[str]) -> dict[tuple[str, str, str], Acknowledgement]:
    """What is already on record, so that reading a file again changes nothing."""
    found = Acknowledgement.objects.filter(policy__in=slugs, superseded_by=None, retracted=False)
    rows = found.defer("understanding").iterator(chunk_size=2_000)
    return {(each.policy, str(each.version), each.person): each for each in rows}


def _validate_own(line: int, row: dict[str, Any], own: Acknowledgement | None) -> None:
    """What somebody accepted on the page is theirs: no file says otherwise."""
    if own is None or own.source != PAGE:
        return
    if (own.happened_at, own.score) != (row["happened_at"], row["score"]):
        raise Problem(
            f"“{own.person}” accepted version {own.version} here, signed in",
            line=line,
            field="at" if own.happened_at != row["happened_at"] else "score",
            expected=f"what was recorded then: {own.happened_at.isoformat()}, score {own.score}",
        )


def _validate_standing(
    line: int, at: datetime, text: PolicyText, texts: Sequence[PolicyText]
) -> None:
    """A version is accepted while it is in force, not after another one has taken its place."""
    later = [each.version for each in texts if each.version.number == text.version.number + 1]
    if later and at >= later[0].published_at:
        raise Problem(
            f"version {text.version.number} was superseded on {day_of(later[0].published_at)}",
            line=line,
            field="version",
            expected=f"the version in force at {at:%Y-%m-%d %H:%M}",
        )


def _texts(slug: str, line: int) -> list[PolicyText]:
    try:
        policy = policy_named(slug)
    except Problem as problem:
        raise problem.at(line=line) from None
    found = PolicyText.objects.filter(version__policy=policy).select_related("version")
    return list(found.order_by("version__number", "language"))


def _chosen(
    line: int, row: dict[str, Any], texts: Sequence[PolicyText], language: str, shown: str
) -> PolicyText:
    written = str(row["version"]).lower()
    if written.isascii() and written.isdigit() and len(written) < SHORTEST_HASH:
        found = [each for each in texts if each.version.number == int(written)]
        same = [each for each in found if each.sha256 == shown]
        own = [each for each in found if each.language == language]
        main = [each for each in found if each.language == each.version.language]
        found = (same or own or main)[:1]
    else:
        found = [each for each in texts if written and each.sha256.startswith(written)]
    if len({each.sha256 for each in found}) != 1:
        numbers = sorted({each.version.number for each in texts})
        raise Problem(
            f"“{row['policy']}” has {'several versions' if found else 'no version'} “{written}”",
            line=line,
            field="version",
            expected="one of " + ", ".join(map(str, numbers)) + ", or a text's SHA-256",
        )
    return found[-1]


def _validate_time(line: int, at: datetime, text: PolicyText) -> None:
    if day_of(at) > timezone.localdate():
        raise Problem(
            f"accepted on {day_of(at)}, which is still to come",
            line=line,
            field="at",
            expected=f"{timezone.localdate()} or earlier",
        )
    # The first version looks back, as it does for judging: it was on paper before it was here.
    if at < text.version.published_at and text.version.number > 1:
        raise Problem(
            f"accepted on {at:%Y-%m-%d}, before that version was published",
            line=line,
            field="at",
            expected=f"a time after {text.version.published_at:%Y-%m-%d %H:%M}",
        )


ACKNOWLEDGEMENTS = FactKind(
    name="acknowledgements",
    model=Acknowledgement,
    row=Acknowledged,
    columns=(
        columns.text("policy"),
        columns.text("version"),
        columns.text("person"),
        columns.moment("at", timezone.get_default_timezone(), field="happened_at"),
        columns.whole("score", high=100),
    ),
    key=("policy", "version", "person"),
    happened="happened_at",
    person="person",
    validate=validate,
)

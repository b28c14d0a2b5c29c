"""Acknowledgements: who accepted which exact text, in which language, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from adhere.core import columns
from adhere.core.areas import FactKind
from adhere.core.checking import Fact
from adhere.core.models import Acknowledgement, Person, PolicyText
from adhere.core.policies import policy_named
from adhere.errors import Problem, nearest

Rows = Sequence[tuple[int, dict[str, Any]]]
SHORTEST_HASH = 8


class Acknowledged(Fact, frozen=True, gc=False):
    """An acknowledgement as a check sees it."""

    kind: ClassVar[str] = "acknowledgements"

    person: str
    policy: str
    version: int
    score: int | None


def validate(rows: Rows, at: datetime) -> None:
    """A known person and a published version, by its number or the SHA-256 of a text."""
    people = dict(Person.objects.values_list("id", "language"))
    for line, row in rows:
        if row["person"] not in people:
            raise Problem(
                f"nobody has the id “{row['person']}”",
                line=line,
                field="person",
                expected=f"a known id; {nearest(row['person'], people)}",
            )
        text = _text(line, row, people[row["person"]])
        if row["happened_at"] < text.version.published_at and not row.get("backdated"):
            raise Problem(
                f"accepted on {row['happened_at']:%Y-%m-%d}, before that version was published",
                line=line,
                field="at",
                expected=f"a time after {text.version.published_at:%Y-%m-%d %H:%M}",
            )
        row |= {
            "version": text.version.number,
            "language": text.language,
            "sha256": text.sha256,
        }


def _text(line: int, row: dict[str, Any], language: str) -> PolicyText:
    policy = policy_named(row["policy"])
    written = str(row["version"])
    texts = PolicyText.objects.filter(version__policy=policy).select_related("version")
    if written.isdigit() and len(written) < SHORTEST_HASH:
        found = list(texts.filter(version__number=int(written)))
        chosen = [each for each in found if each.language == language]
        main = [each for each in found if each.language == each.version.language]
        found = chosen or main
    else:
        found = list(texts.filter(sha256__startswith=written)) if written else []
    if not found:
        numbers = policy.versions.values_list("number", flat=True)
        raise Problem(
            f"“{policy.slug}” has no version “{written}”",
            line=line,
            field="version",
            expected="one of " + ", ".join(map(str, sorted(numbers))) + ", or a text's SHA-256",
        )
    return found[0]


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

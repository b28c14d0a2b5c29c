"""Coverage: every normative sentence with its checks, and how strong they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from adhere.console.access import OVERSEERS, roles
from adhere.console.showing import in_language
from adhere.console.standing import ClauseStanding, standings
from adhere.console.timing import Moment
from adhere.core.areas import checks
from adhere.core.coverage import cover


@dataclass(frozen=True)
class Covered:
    """One policy: its clauses by heading, and what nothing judges."""

    slug: str
    title: str
    language: str
    normative: int
    unbound: list[str]
    waiting: list[str]
    strengths: list[tuple[str, int]]
    headings: dict[str, list[ClauseStanding]]

    @property
    def bound(self) -> int:
        return self.normative - len(self.unbound)


@roles(*OVERSEERS)
def coverage(request: HttpRequest) -> HttpResponse:
    found = []
    for standing in standings(Moment()):
        source = standing.policy.source
        covered = cover(source, checks())
        headings: dict[str, list[ClauseStanding]] = {}
        for clause in standing.clauses:
            headings.setdefault(clause.said.heading, []).append(clause)
        found.append(
            Covered(
                standing.slug,
                standing.wording.title,
                standing.wording.language,
                len(covered.normative),
                [in_language(each.text, source.language) for each in covered.unbound],
                covered.unknown,
                standing.strengths,
                headings,
            )
        )
    return render(request, "console/coverage.html", {"policies": found})

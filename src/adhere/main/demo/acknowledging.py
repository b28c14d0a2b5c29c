"""Most people accepted each version in time; some did not, on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from adhere.core.judging import Binding
from adhere.core.kinds import kind_named
from adhere.core.models import Person, PolicyVersion
from adhere.core.recording import Origin, day_of, record
from adhere.main.demo.company import SOURCE, at

KIND = "acknowledgements"
# Who accepted only the first version, and who never accepted any.
ONLY_FIRST = ("pieter.desmedt", "jef.smets", "marco.ricci")
NEVER = ("romain.delvaux",)
# Who accepted with too low a score to show understanding.
GUESSED = ("julien.marchal",)
TOO_LOW = 55


def record_acceptances(random: Random, today: date) -> None:
    """Everybody's acceptance of each version of the policies for personnel, as they came in."""
    kind = kind_named(KIND)
    given = sorted(_given(random, today), key=lambda row: row["happened_at"])
    if kind.validate:
        kind.validate(list(enumerate(given, 1)), at(today, 23))
    for row in given:
        record(kind, [row], Origin(SOURCE, row["person"], row["happened_at"]))


def _given(random: Random, today: date) -> Iterator[dict[str, Any]]:
    for versions in _histories():
        for person in Person.objects.order_by("id"):
            for version, until in zip(versions, [*versions[1:], None], strict=True):
                begins = max(day_of(version.published_at), person.joined)
                day = begins + timedelta(days=random.randint(1, 21))
                ends = day_of(until.published_at) if until else today
                if day < min(ends, person.left or ends) and not _refuses(person, version):
                    moment = at(day, random.randint(8, 17), random.randint(0, 59))
                    yield {
                        "policy": version.policy_id,
                        "version": str(version.number),
                        "person": person.id,
                        "happened_at": moment,
                        "score": _score(random, person),
                    }


def _score(random: Random, person: Person) -> int:
    drawn = random.randint(16, 20) * 5
    return TOO_LOW if person.id in GUESSED else drawn


def _histories() -> Iterator[list[PolicyVersion]]:
    versions = PolicyVersion.objects.filter(policy__audience="personnel").order_by("number")
    found: dict[str, list[PolicyVersion]] = {}
    for version in versions:
        found.setdefault(version.policy_id, []).append(version)
    yield from found.values()


def _refuses(person: Person, version: PolicyVersion) -> bool:
    return person.id in NEVER or (person.id in ONLY_FIRST and version.number > 1)


def planted(bindings: Sequence[Binding]) -> Iterator[dict[str, str]]:
    """The clauses that ask for acceptance, for those who did not give it."""
    why = dict.fromkeys(ONLY_FIRST, "has accepted the first version only")
    why |= dict.fromkeys(NEVER, "has never accepted a version")
    guessed = dict.fromkeys(GUESSED, f"has accepted with a score of {TOO_LOW}")
    for binding in bindings:
        if KIND in binding.check.needs and binding.check.subject == "person":
            wanted = getattr(binding.parameters, "score", 0) > TOO_LOW
            for person, reason in {**why, **(guessed if wanted else {})}.items():
                yield {
                    "policy": binding.policy,
                    "clause": binding.clause,
                    "check": binding.check.name,
                    "subject": person,
                    "why": reason,
                }

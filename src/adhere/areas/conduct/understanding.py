"""The questions before a policy is accepted: asked, answered, and signed into the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.db import transaction
from django.utils import timezone

from adhere.areas.conduct.bank import Bank
from adhere.areas.conduct.banks import banks_of
from adhere.areas.conduct.drawing import Answer, Drawn, draw, missed, open_clauses, score
from adhere.areas.conduct.models import Attempt
from adhere.areas.conduct.terms import Terms, accepted
from adhere.core.acknowledging import ACKNOWLEDGEMENTS, PAGE
from adhere.core.asking_again import clauses_since
from adhere.core.models import Person, PolicyText
from adhere.core.policies import source_of
from adhere.core.recording import Origin, record
from adhere.errors import Problem


@dataclass(frozen=True)
class Standing:
    """How far a person has come. ``drawn`` is the next question; None where a round is over."""

    attempt: Attempt
    bank: Bank
    answers: tuple[Answer, ...]
    wanted: int

    @property
    def open(self) -> list[str]:
        return open_clauses(self.attempt.clauses, self.answers, self.attempt.round)

    @property
    def drawn(self) -> Drawn | None:
        clauses = self.open
        # After a wrong answer it stays with the clause, whatever the order of the clauses.
        last = self.answers[-1] if self.answers else None
        if last and not last.right and last.clause in clauses:
            clauses = [last.clause]
        return draw(self.bank, clauses[0], self.answers, self.attempt.seed) if clauses else None

    @property
    def score(self) -> int:
        return score(self.attempt.clauses, self.answers)

    @property
    def missed(self) -> list[str]:
        return missed(self.attempt.clauses, self.answers)

    @property
    def passed(self) -> bool:
        return not self.open and self.score >= self.wanted


@dataclass(frozen=True)
class Given:
    """What a page sends: the number of answers before it, the question, the places chosen."""

    number: int
    question: str
    places: Sequence[int]


def asked_clauses(terms: Terms, person: str) -> list[str]:
    """The clauses that a person is asked about, in the policy's order; none: nothing is asked."""
    banks = banks_of(terms.slug)
    version = terms.policy.version
    last = accepted(terms, person)
    if not banks or last >= version.number:
        return []
    known = next(iter(banks.values())).clauses
    again = clauses_since(version, last) if last else known
    return [each.id for each in terms.policy.source.clauses if each.id in again & known]


def standing(terms: Terms, person: Person, language: str) -> Standing | None:
    """Where a person stands with the newest version; None where nothing is asked.

    Begins an attempt where there is none; one that was begun goes on where it stopped.
    """
    clauses = asked_clauses(terms, person.pk)
    if not clauses:
        return None
    attempt, _made = Attempt.objects.get_or_create(
        person=person,
        policy=terms.slug,
        version=terms.policy.version.number,
        defaults={
            "seed": secrets.token_hex(8),
            "clauses": clauses,
            "begun_at": timezone.now(),
        },
    )
    return _read(attempt, terms, language, clauses)


def _read(attempt: Attempt, terms: Terms, language: str, clauses: Sequence[str]) -> Standing:
    banks = banks_of(terms.slug)
    bank = banks.get(language) or banks.get(terms.policy.source.language)
    # A bank that lost a clause since the attempt began asks about it no more.
    attempt.clauses = [each for each in attempt.clauses if each in clauses] or list(clauses)
    answers = tuple(msgspec.convert(each, Answer) for each in attempt.answers)
    return Standing(attempt, bank or next(iter(banks.values())), answers, terms.score)


@transaction.atomic
def answer(terms: Terms, person: Person, language: str, given: Given) -> bool | None:
    """Take an answer; whether it is right.

    None where it answers a question that is asked no more: sent twice, or from an older page.
    """
    found = _locked(terms, person, language)
    drawn = found.drawn if found else None
    if found is None or drawn is None or given.number != len(found.answers):
        return None
    if drawn.question.id != given.question:
        return None
    words, right = drawn.chosen(given.places)
    answered = Answer(
        question=given.question,
        clause=drawn.question.clause,
        asked=drawn.question.ask,
        answered=words,
        right=right,
        round=found.attempt.round,
        at=timezone.now().isoformat(timespec="seconds"),
    )
    found.attempt.answers = msgspec.to_builtins([*found.answers, answered])
    found.attempt.save(update_fields=["answers"])
    return right


@transaction.atomic
def again(terms: Terms, person: Person, language: str) -> None:
    """Ask the clauses that do not count once more, where a round is over with too low a score."""
    found = _locked(terms, person, language)
    if found and not found.open and not found.passed:
        found.attempt.round += 1
        found.attempt.save(update_fields=["round"])


def _locked(terms: Terms, person: Person, language: str) -> Standing | None:
    rows = Attempt.objects.select_for_update().filter(person=person, policy=terms.slug)
    attempt = rows.filter(version=terms.policy.version.number).first()
    clauses = asked_clauses(terms, person.pk)
    return _read(attempt, terms, language, clauses) if attempt and clauses else None


@transaction.atomic
def accept(terms: Terms, person: Person, text: PolicyText) -> None:
    """Sign the acceptance of a text with the questions and answers; Problem unless all is right."""
    found = _locked(terms, person, text.language)
    if text.version_id != terms.policy.version.pk:
        raise Problem("this version was superseded", expected="the version in force")
    if found is None or not found.passed:
        raise Problem("some questions are still open", expected="a right answer to each")
    row = {
        "policy": terms.slug,
        "version": text.version.number,
        "person": person.pk,
        "happened_at": timezone.now(),
        "score": found.score,
        "language": text.language,
        "sha256": text.sha256,
        "understanding": {
            "seed": found.attempt.seed,
            "questions": found.bank.sha256,
            "clauses": list(found.attempt.clauses),
            "answers": msgspec.to_builtins(found.answers),
        },
    }
    record(ACKNOWLEDGEMENTS, [row], Origin(PAGE, person.pk))
    found.attempt.delete()


def sentence_of(text: PolicyText, clause: str) -> str:
    """A clause in the words of a text, to which a wrong answer leads back."""
    source = source_of(text.version, text.language)
    return next((each.text for each in source.clauses if each.id == clause), "")

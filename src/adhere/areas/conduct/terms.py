"""On which terms a policy has to be accepted, and what a person has accepted on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from adhere.areas.conduct.checks import Acceptance
from adhere.core.asking_again import material_version
from adhere.core.models import Acknowledgement, Person
from adhere.core.policies import InForce, current


@dataclass(frozen=True)
class Terms:
    """The strictest of all clauses that want a policy accepted."""

    policy: InForce
    graces: tuple[Acceptance, ...]

    @property
    def slug(self) -> str:
        return self.policy.source.slug

    @property
    def score(self) -> int:
        """The least score that shows understanding."""
        return max(each.score for each in self.graces)

    @cached_property
    def wanted(self) -> int:
        """The version that everybody has to have accepted, or a newer one."""
        return material_version(self.policy.version)

    @cached_property
    def begins(self) -> date:
        """The day from which that version is to be accepted."""
        versions = self.policy.version.policy.versions
        return timezone.localdate(versions.get(number=self.wanted).published_at)

    def due(self, joined: date) -> date:
        """The last day for somebody who joined on a day."""
        start = max(joined, self.begins)
        return min(each.grace.after(start) for each in self.graces)


def all_terms(policies: Iterable[InForce] | None = None) -> list[Terms]:
    """The policies that some clause wants accepted."""
    found = list(current() if policies is None else policies)
    bound = [binding.parameters for policy in found for binding in policy.bindings]
    wanted = [each for each in bound if isinstance(each, Acceptance)]
    named = [
        (policy, tuple(each for each in wanted if each.policy == policy.source.slug))
        for policy in found
    ]
    return [Terms(policy, graces) for policy, graces in named if graces]


def terms_of(slug: str) -> Terms | None:
    """The terms of one policy; None where no clause wants it accepted."""
    return next((each for each in all_terms() if each.slug == slug), None)


def accepted(terms: Terms, person: Person | str) -> int:
    """The newest version that a person has accepted with enough understanding; 0 is none."""
    rows = Acknowledgement.objects.filter(superseded_by=None, retracted=False, policy=terms.slug)
    rows = rows.filter(person=getattr(person, "pk", person))
    if terms.score:
        rows = rows.filter(score__gte=terms.score)
    return max(rows.values_list("version", flat=True), default=0)

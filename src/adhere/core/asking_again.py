"""What a person who accepted an earlier version is shown, and asked, about a newer one."""

from __future__ import annotations

from collections.abc import Iterator

from adhere.core.differing import Change, differences
from adhere.core.models import PolicyVersion
from adhere.core.publishing import texts_of


def changes_since(version: PolicyVersion, accepted: int, language: str) -> list[Change]:
    """Each sentence that a version changed against an earlier one, in a language of both."""
    before = PolicyVersion.objects.filter(policy=version.policy_id, number=accepted).first()
    if before is None:
        return []
    old, new = texts_of(before), texts_of(version)
    shared = [each for each in (language, version.language) if each in old and each in new]
    return differences(old[shared[0]].source, new[shared[0]].source) if shared else []


def clauses_since(version: PolicyVersion, accepted: int) -> set[str]:
    """The clauses to ask about again: those that each version since then says are material.

    A version whose publisher said nothing asks about every clause that it changed.
    """
    return {clause for each in _since(version, accepted) for clause in _asked(each)}


def material_version(version: PolicyVersion) -> int:
    """The newest version, up to this one, that everybody has to accept."""
    numbers = version.policy.versions.filter(number__lte=version.number)
    told = numbers.order_by("-number").values_list("number", "material")
    return next((number for number, material in told if number == 1 or material != []), 1)


def _since(version: PolicyVersion, accepted: int) -> Iterator[PolicyVersion]:
    known = version.policy.versions.filter(number__gt=accepted, number__lte=version.number)
    yield from known.order_by("number")


def _asked(version: PolicyVersion) -> set[str]:
    if version.material is not None:
        return set(version.material)
    before = version.policy.versions.filter(number=version.number - 1).first()
    old, new = texts_of(before) if before else {}, texts_of(version)
    base = new[version.language].source
    if version.language not in old:
        return {clause.id for clause in base.clauses}
    return {change.clause for change in differences(old[version.language].source, base)} - {""}

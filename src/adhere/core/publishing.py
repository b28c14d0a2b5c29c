"""Publishing: all or nothing, only what coverage accepts, and never twice the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from adhere.core.areas import areas, checks
from adhere.core.coverage import Coverage
from adhere.core.differing import summary
from adhere.core.models import Policy, PolicyText, PolicyVersion
from adhere.core.recording import make_entry
from adhere.core.texts import Text
from adhere.core.translations import base_of, by_slug, cover_all, missing
from adhere.documents.policy import PolicySource, parse_policy
from adhere.errors import Problem, nearest

FIRST = "First version."
Texts = Mapping[str, Text]


class NotCovered(Exception):
    """A text has faults; nothing was published."""

    def __init__(self, covered: Sequence[Coverage]) -> None:
        super().__init__("the policies are not covered")
        self.covered = covered


class Published(msgspec.Struct, frozen=True):
    """What became of one policy: its version, whether it is new, and languages without a text."""

    slug: str
    number: int
    new: bool
    languages: tuple[str, ...]
    missing: tuple[str, ...]
    changes: str


class _Told(msgspec.Struct, frozen=True):
    """What the publisher says of the new versions."""

    changes: str
    explained: Mapping[str, str]
    material: Collection[str] | None

    def material_of(self, source: PolicySource) -> list[str] | None:
        """The material clauses that are this policy's."""
        if self.material is None:
            return None
        return [clause.id for clause in source.clauses if clause.id in self.material]


class _Planned(msgspec.Struct, frozen=True):
    base: PolicySource
    texts: Texts
    known: PolicyVersion | None
    covered: Coverage

    @property
    def unchanged(self) -> bool:
        """Whether the same texts stand published, bound by the same one."""
        if self.known is None or self.known.language != self.base.language:
            return False
        published = dict(self.known.texts.values_list("language", "sha256"))
        return published == {language: each.source.sha256 for language, each in self.texts.items()}


def publish(
    texts: Sequence[Text],
    changes: str = "",
    at: datetime | None = None,
    explained: Mapping[str, str] | None = None,
    *,
    material: Collection[str] | None = None,
    complete: bool = True,
) -> list[Published]:
    """Publish a new version of each policy among the texts that differs from its newest.

    Areas complete the texts first, unless one of them did so itself. ``explained`` says the
    changes in each language, ``material`` the clauses to accept anew: every changed one, if None.
    Raises ``Problem`` where two texts are of one language or a material clause is unknown, and
    ``NotCovered`` where coverage finds any fault; then nothing is stored.
    """
    texts = [_completed(text) for text in texts] if complete else texts
    by_source = {text.source.file: text for text in texts}
    groups = by_slug(text.source for text in texts)
    with transaction.atomic():
        list(Policy.objects.select_for_update().filter(slug__in=groups))  # one publisher at a time
        plans = [
            _plan(slug, {each.language: by_source[each.file] for each in group})
            for slug, group in groups.items()
        ]
        if any(plan.covered.all_faults for plan in plans):
            raise NotCovered([plan.covered for plan in plans])
        told = _Told(changes.strip(), dict(explained or {}), _material(plans, material))
        return [_carry_out(plan, told, at or timezone.now()) for plan in plans]


def _material(plans: Sequence[_Planned], named: Collection[str] | None) -> Collection[str] | None:
    known = {clause.id for plan in plans for clause in plan.base.clauses}
    for each in named or ():
        if each not in known:
            raise Problem(
                f"no clause is called “{each}”", field="material", expected=nearest(each, known)
            )
    return named


def _completed(given: Text) -> Text:
    """A text with what the areas keep in it; a ``Problem`` names its file."""
    text, source = given.text, given.source
    for complete in [area.completes for area in areas() if area.completes]:
        try:
            text = complete(source.slug, source.language, text)
        except Problem as problem:
            raise problem.at(file=source.file) from None
    return (
        given if text == given.text else Text(text, parse_policy(text, source.file, repeats=True))
    )


def _plan(slug: str, given: Texts) -> _Planned:
    known = newest(slug)
    before = texts_of(known) if known else {}
    fresh = {
        language: text
        for language, text in given.items()
        if language not in before or before[language].source.sha256 != text.source.sha256
    }
    base = _base(given, before, known)
    kept = {} if base.language in fresh else _still_fitting(before, base)
    texts = {**kept, **given}
    covered = cover_all([text.source for text in texts.values()], checks(), base)
    return _Planned(base, texts, known, covered)


def _base(given: Texts, before: Texts, known: PolicyVersion | None) -> PolicySource:
    """The language that binds stays the same until front matter names another."""
    every = {**before, **given}
    if known and not any(text.source.front.get("base") for text in given.values()):
        return every[known.language].source
    return base_of([text.source for text in every.values()])


def _still_fitting(before: Texts, base: PolicySource) -> Texts:
    """The published texts that still say the same clauses as the base."""
    ids = {clause.id for clause in base.clauses}
    return {
        language: text
        for language, text in before.items()
        if {clause.id for clause in text.source.clauses} == ids
    }


def _carry_out(plan: _Planned, told: _Told, at: datetime) -> Published:
    base, known = plan.base, plan.known
    languages = tuple(sorted(plan.texts, key=lambda each: (each != base.language, each)))
    absent = missing(set(languages))
    if known and plan.unchanged:
        return Published(base.slug, known.number, False, languages, absent, known.changes)
    changes = told.changes or _generated(plan)
    policy, _ = Policy.objects.update_or_create(
        slug=base.slug,
        defaults={"title": base.title, "owner": base.owner, "audience": base.audience},
    )
    version = _stored(policy, plan, changes, told, at)
    for language in languages:
        text = plan.texts[language]
        PolicyText.objects.create(
            version=version,
            language=language,
            title=text.source.title,
            text=text.text,
            sha256=text.source.sha256,
            changes=told.explained.get(language, ""),
        )
    return Published(base.slug, version.number, True, languages, absent, changes)


def _stored(
    policy: Policy, plan: _Planned, changes: str, told: _Told, at: datetime
) -> PolicyVersion:
    number = plan.known.number + 1 if plan.known else 1
    material = told.material_of(plan.base)
    record = {
        "policy": policy.slug,
        "version": number,
        "language": plan.base.language,
        "texts": {language: text.source.sha256 for language, text in plan.texts.items()},
        "changes": changes,
        "published_at": at,
        **({"explained": dict(told.explained)} if told.explained else {}),
        **({"material": material} if material is not None else {}),
    }
    entry = make_entry("publications", record, "", at)
    entry.save()
    return PolicyVersion.objects.create(
        policy=policy,
        number=number,
        language=plan.base.language,
        sha256=plan.base.sha256,
        published_at=at,
        changes=changes,
        material=material,
        entry=entry,
    )


def _generated(plan: _Planned) -> str:
    if plan.known is None:
        return FIRST
    before = texts_of(plan.known)
    if plan.base.language not in before:
        return f"Bound by its “{plan.base.language}” text from now on."
    old = before[plan.base.language].source
    if old.sha256 != plan.base.sha256:
        return summary(old, plan.base)
    came = sorted(
        language
        for language, text in plan.texts.items()
        if language not in before or before[language].source.sha256 != text.source.sha256
    )
    return "Translations: " + ", ".join(came) + "." if came else "Translations withdrawn."


def newest(slug: str) -> PolicyVersion | None:
    """The newest version of a policy; the last one to come is the one that prevails."""
    return PolicyVersion.objects.filter(policy=slug).order_by("-number").first()


def texts_of(version: PolicyVersion) -> dict[str, Text]:
    """The texts of a version by language."""
    return {
        each.language: Text(each.text, parse_policy(each.text, file_name(version, each.language)))
        for each in version.texts.all()
    }


def file_name(version: PolicyVersion, language: str) -> str:
    """How messages call a published text."""
    return f"{version.policy_id}.{language}.md"


def published_sources(slug: str | None = None) -> list[PolicySource]:
    """The newest texts of one policy, or of all."""
    policies = Policy.objects.filter(slug=slug) if slug else Policy.objects.all()
    found = [newest(policy.slug) for policy in policies]
    return [text.source for version in found if version for text in texts_of(version).values()]

"""Published policies: what is in force on a day, its clauses and their bindings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from adhere.core.areas import checks
from adhere.core.binding import bind_published
from adhere.core.judging import Binding
from adhere.core.models import Policy, PolicyVersion
from adhere.core.recording import start_of
from adhere.documents.policy import PolicySource, parse_policy
from adhere.errors import Problem, nearest


@dataclass(frozen=True)
class InForce:
    """A version with its parsed text. ``in_force`` is False where a day precedes the first
    version and that one is used to look back.
    """

    version: PolicyVersion
    source: PolicySource
    bindings: tuple[Binding, ...]
    in_force: bool = True


def version_on(policy: Policy, before: datetime) -> tuple[PolicyVersion, bool] | None:
    """The newest version published before a moment, else the first one ever, marked so."""
    found = policy.versions.filter(published_at__lt=before).order_by("-number").first()
    if found:
        return found, True
    first = policy.versions.order_by("number").first()
    return (first, False) if first else None


def in_force(before: datetime, slugs: Collection[str] = ()) -> list[InForce]:
    """Every policy as it stood just before a moment."""
    policies = Policy.objects.all()
    found = []
    for policy in policies.filter(slug__in=slugs) if slugs else policies:
        chosen = version_on(policy, before)
        if chosen:
            version, stands = chosen
            source, bindings = _parsed(version.policy_id, version.language, version.sha256)
            found.append(InForce(version, source, bindings, stands))
    return found


@lru_cache(maxsize=64)
def _parsed(slug: str, language: str, sha256: str) -> tuple[PolicySource, tuple[Binding, ...]]:
    # A text of this hash never changes, so neither does what it parses to.
    version = PolicyVersion.objects.filter(policy=slug, language=language, sha256=sha256)[0]
    source = source_of(version, language)
    return source, tuple(bind_published(source, checks()))


def source_of(version: PolicyVersion, language: str) -> PolicySource:
    """The parsed text of a version in one of its languages."""
    text = version.texts.get(language=language)
    return parse_policy(text.text, f"{version.policy_id}.{language}.md")


def current() -> Iterable[InForce]:
    """The policies as they stand now."""
    return in_force(start_of(date.max))


def policy_named(slug: str) -> Policy:
    """The published policy of that name; a ``Problem`` offers the nearest."""
    found = Policy.objects.filter(slug=slug).first()
    if found is None:
        slugs = list(Policy.objects.values_list("slug", flat=True))
        expected = nearest(slug, slugs) if slugs else "a policy: publish one first"
        raise Problem(f"no policy is called “{slug}”", field="policy", expected=expected)
    return found


def clause_ids() -> set[str]:
    """Every clause of every version ever published, as ``policy/clause``."""
    return {
        f"{version.policy_id}/{clause.id}"
        for version in PolicyVersion.objects.all()
        for clause in _parsed(version.policy_id, version.language, version.sha256)[0].clauses
    }


def consents_for(clauses: Collection[str]) -> int:
    """How many members of the security team have to consent to an exemption from these."""
    wanted = {
        f"{policy.source.slug}/{clause.id}": clause.consents
        for policy in current()
        for clause in policy.source.clauses
    }
    return max((wanted.get(each, 1) for each in clauses), default=1)


def resolve_clause(written: str, known: Collection[str], line: int | None = None) -> str:
    """``policy/clause`` for what somebody wrote: with ``/``, with ``#``, or the bare id."""
    full = written.replace("#", "/", 1)
    if full in known:
        return full
    matches = sorted(each for each in known if each.rpartition("/")[2] == written)
    if len(matches) == 1:
        return matches[0]
    expected = "one of " + ", ".join(matches) if matches else nearest(written, known)
    reason = "is in several policies" if matches else "is unknown"
    raise Problem(f"clause “{written}” {reason}", line=line, field="clause", expected=expected)

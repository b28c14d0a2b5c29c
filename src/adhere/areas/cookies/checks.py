"""Checks of a website's trackers, its consent dialog and its cookie policy."""

from __future__ import annotations

from collections.abc import Iterable

from adhere.areas.cookies.consent_checks import (
    asked_once,
    banner_fair,
    choice_expires,
    consent_recorded,
    inventory_complete,
    inventory_reviewed,
    notice_current,
    records_purged,
    refusal_recorded,
    retention_limited,
)
from adhere.areas.cookies.consent_parameters import OfPolicy
from adhere.areas.cookies.scanning.declared_checks import (
    declared,
    lifetimes_kept,
    necessary_is_necessary,
    party_right,
    purpose_right,
    sessions_end,
)
from adhere.areas.cookies.scanning.dialog_checks import (
    choice_by_purpose,
    dialog_shown,
    nothing_preselected,
    refusal_easy,
    withdrawal_easy,
)
from adhere.areas.cookies.scanning.policy_checks import (
    current_version_shown,
    links_work,
    policy_reachable,
    privacy_policy_linked,
)
from adhere.areas.cookies.scanning.tracker_checks import (
    gpc_honoured,
    nothing_before_consent,
    refusal_honoured,
    stored_securely,
    withdrawal_honoured,
)
from adhere.core.checking import Subject, Verdict, World, check
from adhere.core.rows import Publication

__all__ = (
    "asked_once",
    "banner_fair",
    "choice_by_purpose",
    "choice_expires",
    "consent_recorded",
    "current_version_shown",
    "declared",
    "dialog_shown",
    "gpc_honoured",
    "inventory_complete",
    "inventory_reviewed",
    "lifetimes_kept",
    "links_work",
    "necessary_is_necessary",
    "nothing_before_consent",
    "nothing_preselected",
    "notice_current",
    "party_right",
    "policy_reachable",
    "privacy_policy_linked",
    "purpose_right",
    "records_purged",
    "refusal_easy",
    "refusal_honoured",
    "refusal_recorded",
    "retention_limited",
    "sessions_end",
    "stored_securely",
    "withdrawal_easy",
    "withdrawal_honoured",
)


@check(
    "cookies.changes_explained",
    strength="measured",
    subject="policy",
    needs=("publications",),
    parameters=OfPolicy,
)
def changes_explained(chosen: OfPolicy, world: World) -> Iterable[Verdict]:
    """Each version after the first says what it changed."""
    versions = [each for each in world.facts(Publication) if each.policy == chosen.policy]
    subject = Subject("policy", chosen.policy, chosen.policy)
    if len(versions) < 2:
        yield Verdict(subject, "not-applicable", "there is no second version yet")
        return
    silent = [each for each in versions[1:] if not each.changes.strip()]
    if not silent:
        newest = versions[-1]
        since = world.local_day(newest.happened_at)
        why = f"version {newest.version} and those before it say what they changed"
        yield Verdict(subject, "satisfied", why, since, (newest.ref,))
        return
    numbers = ", ".join(str(each.version) for each in silent)
    why = f"nothing says what version {numbers} changed"
    since = world.local_day(silent[0].happened_at)
    yield Verdict(subject, "not-satisfied", why, since, tuple(each.ref for each in silent))

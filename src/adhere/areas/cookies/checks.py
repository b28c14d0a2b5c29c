"""Checks of a website's trackers, its consent dialog and its cookie policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta

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
from adhere.core.checking import Check, Subject, Verdict, World, check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between
from adhere.core.rows import Publication

__all__ = (
    "asked_once",
    "banner_fair",
    "choice_expires",
    "consent_recorded",
    "inventory_complete",
    "inventory_reviewed",
    "notice_current",
    "records_purged",
    "refusal_recorded",
    "retention_limited",
)

Purpose = Literal["any", "necessary", "analytics", "marketing", "preferences", "embeds"]
Party = Literal["any", "first", "third"]


class Scanned(Parameters, frozen=True):
    """A scan older than ``stale`` says nothing about today."""

    stale: Duration = Duration(1, "mo")

    def __post_init__(self) -> None:
        between("stale", self.stale, "1d", "6mo")


class ForPurpose(Parameters, frozen=True):
    """``purpose`` is the purpose whose trackers are looked at."""

    purpose: Purpose = "any"
    stale: Duration = Duration(1, "mo")

    def __post_init__(self) -> None:
        between("stale", self.stale, "1d", "6mo")


class OfParty(Parameters, frozen=True):
    """``party`` is whose trackers are compared with the inventory, ``purpose`` which of them."""

    party: Party = "any"
    purpose: Purpose = "any"
    stale: Duration = Duration(1, "mo")

    def __post_init__(self) -> None:
        between("stale", self.stale, "1d", "6mo")


class Lifetimes(Parameters, frozen=True):
    """``longest`` is a limit of its own beside what the inventory says of each tracker."""

    longest: Duration = Duration(13, "mo")
    stale: Duration = Duration(1, "mo")

    def __post_init__(self) -> None:
        between("longest", self.longest, "1d", "25mo")
        between("stale", self.stale, "1d", "6mo")


class Clicks(Parameters, frozen=True):
    """``extra`` is how many clicks more than accepting it may take."""

    extra: Annotated[int, Meta(ge=0, le=3)] = 0


def _scanned(name: str, summary: str, parameters: type[Parameters] = Scanned) -> Check:
    """A check that the scanner will answer: a browser visited the website and looked."""
    return Check(name, summary, "measured", "website", ("scans",), parameters)


dialog_shown = _scanned(
    "cookies.dialog_shown", "A first visit meets the consent dialog, which does not block reading"
)
nothing_before_consent = _scanned(
    "cookies.nothing_before_consent",
    "No tracker is stored and none is asked for before the visitor has answered",
    ForPurpose,
)
refusal_honoured = _scanned(
    "cookies.refusal_honoured", "After a refusal no tracker that needs consent appears", ForPurpose
)
refusal_easy = _scanned(
    "cookies.refusal_easy",
    "Refusing takes no more clicks than accepting, on the first layer",
    Clicks,
)
choice_by_purpose = _scanned(
    "cookies.choice_by_purpose", "Each purpose is chosen by itself, and only it takes effect"
)
nothing_preselected = _scanned(
    "cookies.nothing_preselected", "No purpose is chosen in advance and going on is no consent"
)
withdrawal_easy = _scanned(
    "cookies.withdrawal_easy",
    "Withdrawing is at hand on each page and takes no more clicks",
    Clicks,
)
withdrawal_honoured = _scanned(
    "cookies.withdrawal_honoured", "After a withdrawal the trackers are gone and none comes back"
)
gpc_honoured = _scanned(
    "cookies.gpc_honoured", "A browser that sends Global Privacy Control meets no such tracker"
)
declared = _scanned(
    "cookies.declared", "Each tracker seen stands in the inventory, with its vendor", OfParty
)
party_right = _scanned(
    "cookies.party_right", "First-party trackers are set by this website and read by it alone"
)
purpose_right = _scanned(
    "cookies.purpose_right",
    "Each tracker serves the purpose under which it is declared",
    ForPurpose,
)
necessary_is_necessary = _scanned(
    "cookies.necessary_is_necessary", "Nothing declared strictly necessary is used for more"
)
lifetimes_kept = _scanned(
    "cookies.lifetimes_kept", "No tracker lives longer than its declaration or the limit", Lifetimes
)
sessions_end = _scanned(
    "cookies.sessions_end", "What is declared to end with the session is stored for no longer"
)
stored_securely = _scanned(
    "cookies.stored_securely", "Cookies that can be protected in transit and from scripts are"
)
policy_reachable = _scanned(
    "cookies.policy_reachable", "The cookie policy can be read from each page and from the dialog"
)
links_work = _scanned("cookies.links_work", "Each link in the cookie policy leads somewhere")
privacy_policy_linked = _scanned(
    "cookies.privacy_policy_linked", "The cookie policy links to the privacy policy"
)
current_version_shown = Check(
    "cookies.current_version_shown",
    "The page shows the version that is in force",
    "measured",
    "website",
    ("scans",),
    OfPolicy,
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

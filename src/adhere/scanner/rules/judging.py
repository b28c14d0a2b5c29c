"""Every rule, and what they find: observations in, findings out, nothing else read or written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import msgspec

from adhere.scanner.rules import consent, declaration, dialog, keeping, policy, sending, signals
from adhere.scanner.rules.finding import SEVERITIES, Finding
from adhere.scanner.rules.references import REFERENCES
from adhere.scanner.rules.seen import Seen

Rule = Callable[[Seen], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    consent.tracker_before_consent,
    consent.request_before_consent,
    consent.tracker_despite_refusal,
    consent.request_despite_refusal,
    consent.tracker_despite_gpc,
    consent.tracker_survives_withdrawal,
    declaration.undeclared_tracker,
    declaration.undeclared_vendor,
    declaration.declared_not_seen,
    declaration.outlives_declaration,
    declaration.wrong_purpose,
    declaration.wrong_party,
    declaration.not_strictly_necessary,
    dialog.no_dialog,
    dialog.no_refusal,
    dialog.refusal_harder_than_acceptance,
    dialog.preselected_purpose,
    consent.consent_by_continuing,
    dialog.dialog_blocks_reading,
    dialog.no_way_to_withdraw,
    dialog.withdrawal_harder_than_acceptance,
    sending.fingerprinting,
    sending.cookie_syncing,
    sending.identifier_in_url,
    keeping.long_lived_tracker,
    keeping.insecure_cookie,
    policy.policy_unreachable,
    dialog.dialog_not_accessible,
    signals.consent_before_choice,
    signals.refusal_recorded_as_consent,
    dialog.misleading_buttons,
    keeping.tracker_respawns,
)


# The states that a rule judges by.
_STATES = {
    "tracker-before-consent": ("before",),
    "request-before-consent": ("before",),
    "tracker-despite-refusal": ("refused",),
    "request-despite-refusal": ("refused",),
    "tracker-despite-gpc": ("gpc",),
    "tracker-survives-withdrawal": ("withdrawn",),
    "withdrawal-harder-than-acceptance": ("withdrawn",),
    "consent-by-continuing": ("before", "ignored"),
    "consent-before-choice": ("before",),
    "refusal-recorded-as-consent": ("refused",),
    "no-way-to-withdraw": ("accepted",),
    "declared-not-seen": ("accepted",),
}


def name_of(rule: Rule) -> str:
    """A rule's name as findings carry it."""
    return rule.__name__.replace("_", "-")


_DECLARED = frozenset(name_of(rule) for rule in RULES if rule.__module__ == declaration.__name__)


def unjudged(seen: Seen) -> dict[str, str]:
    """The rules that had nothing to go by, with why: their silence says nothing."""
    found = {}
    for name in map(name_of, RULES):
        missing = [state for state in _STATES.get(name, ()) if state not in seen.reached]
        if missing:
            found[name] = f"not reached: {', '.join(missing)}"
        elif name in _DECLARED and not seen.declaration:
            found[name] = "nothing declared was given"
    return found


def judge(seen: Seen) -> list[Finding]:
    """The findings of every rule, the surest first, each with its reference and advice."""
    found = chain.from_iterable(rule(seen) for rule in RULES)
    told = [_with_reference(each) for each in _once(found)]
    return sorted(told, key=lambda each: SEVERITIES.index(each.severity))


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    """One cookie name under two domains is one finding, with the evidence of both."""
    kept: dict[tuple[str, str, str], Finding] = {}
    for each in found:
        key = (each.rule, each.subject, each.state)
        if first := kept.get(key):
            surer = min(first, each, key=lambda one: SEVERITIES.index(one.severity))
            both = first.evidence + each.evidence
            kept[key] = msgspec.structs.replace(surer, evidence=both)
        else:
            kept[key] = each
    return iter(kept.values())


def _with_reference(finding: Finding) -> Finding:
    reference, advice = REFERENCES[finding.rule]
    return msgspec.structs.replace(finding, reference=reference, advice=advice)

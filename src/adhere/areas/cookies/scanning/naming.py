"""The words for what a scan says: rules, states, severities, purposes, lifetimes."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from adhere.areas.cookies.purposes import all_purposes, words_of

Words = str | Promise
SEVERITIES: Mapping[str, Words] = {
    "error": gettext_lazy("Violation"),
    "warning": gettext_lazy("To be looked at"),
    "note": gettext_lazy("Note"),
}
LOOKS = {"error": "state-not-satisfied", "warning": "state-unknown", "note": ""}
STATES: Mapping[str, Words] = {
    "before": gettext_lazy("before an answer"),
    "ignored": gettext_lazy("without answering"),
    "refused": gettext_lazy("refused"),
    "accepted": gettext_lazy("accepted"),
    "withdrawn": gettext_lazy("withdrawn"),
    "gpc": gettext_lazy("Global Privacy Control"),
}
EVERY: Mapping[str, Words] = {
    "": gettext_lazy("Never by itself"),
    "daily": gettext_lazy("Every day"),
    "weekly": gettext_lazy("Every week"),
    "monthly": gettext_lazy("Every month"),
}
_BEFORE = gettext_lazy("Before consent")
_REFUSED = gettext_lazy("Against a choice")
_DIALOG = gettext_lazy("The dialog")
_DECLARED = gettext_lazy("Declared and seen")
_HOW = gettext_lazy("How it is done")
GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (_BEFORE, ("tracker-before-consent", "request-before-consent", "consent-before-choice",
               "consent-by-continuing")),
    (_REFUSED, ("tracker-despite-refusal", "request-despite-refusal",
                "refusal-recorded-as-consent", "tracker-despite-gpc",
                "tracker-survives-withdrawal", "tracker-respawns")),
    (_DIALOG, ("no-dialog", "no-refusal", "refusal-harder-than-acceptance",
               "preselected-purpose", "misleading-buttons", "dialog-blocks-reading",
               "dialog-not-accessible", "no-way-to-withdraw",
               "withdrawal-harder-than-acceptance")),
    (_DECLARED, ("undeclared-tracker", "undeclared-vendor", "wrong-purpose", "wrong-party",
                 "not-strictly-necessary", "outlives-declaration", "declared-not-seen",
                 "policy-unreachable")),
    (_HOW, ("fingerprinting", "cookie-syncing", "identifier-in-url", "long-lived-tracker",
            "insecure-cookie")),
)  # fmt: skip
_OTHER = gettext_lazy("Other")
RULES: Mapping[str, Words] = {
    "tracker-before-consent": gettext_lazy("Stored before consent"),
    "request-before-consent": gettext_lazy("Asked for before consent"),
    "tracker-despite-refusal": gettext_lazy("Stored despite refusal"),
    "request-despite-refusal": gettext_lazy("Asked for despite refusal"),
    "tracker-despite-gpc": gettext_lazy("Stored despite Global Privacy Control"),
    "tracker-survives-withdrawal": gettext_lazy("Survives withdrawal"),
    "undeclared-tracker": gettext_lazy("Tracker not declared"),
    "undeclared-vendor": gettext_lazy("Provider not declared"),
    "declared-not-seen": gettext_lazy("Declared, not seen"),
    "outlives-declaration": gettext_lazy("Lives longer than declared"),
    "wrong-purpose": gettext_lazy("Another purpose than declared"),
    "wrong-party": gettext_lazy("Another party than declared"),
    "not-strictly-necessary": gettext_lazy("Not strictly necessary"),
    "no-dialog": gettext_lazy("No dialog"),
    "no-refusal": gettext_lazy("No refusal on the first layer"),
    "refusal-harder-than-acceptance": gettext_lazy("Refusing is harder than accepting"),
    "preselected-purpose": gettext_lazy("Chosen in advance"),
    "consent-by-continuing": gettext_lazy("Going on counts as consent"),
    "dialog-blocks-reading": gettext_lazy("The dialog blocks reading"),
    "no-way-to-withdraw": gettext_lazy("No way to withdraw"),
    "withdrawal-harder-than-acceptance": gettext_lazy("Withdrawing is harder than accepting"),
    "fingerprinting": gettext_lazy("Fingerprinting"),
    "cookie-syncing": gettext_lazy("Cookie syncing"),
    "identifier-in-url": gettext_lazy("Identifier in an address"),
    "long-lived-tracker": gettext_lazy("Lives too long"),
    "insecure-cookie": gettext_lazy("Cookie without protection"),
    "policy-unreachable": gettext_lazy("The policy cannot be reached"),
    "dialog-not-accessible": gettext_lazy("The dialog is not accessible"),
    "consent-before-choice": gettext_lazy("Consent noted before a choice"),
    "refusal-recorded-as-consent": gettext_lazy("Refusal noted as consent"),
    "misleading-buttons": gettext_lazy("Misleading buttons"),
    "tracker-respawns": gettext_lazy("Comes back after deletion"),
}


def group_of(rule: str) -> tuple[int, Words]:
    """In which group a rule's findings stand, with its place."""
    for place, (title, rules) in enumerate(GROUPS):
        if rule in rules:
            return place, title
    return len(GROUPS), _OTHER


def state_name(state: str) -> str:
    """A state in words; a purpose by the title that visitors see, if it is one of ours."""
    if state.startswith("purpose:"):
        slug = state.removeprefix("purpose:")
        return _("only “%s”") % purpose_titles().get(slug, slug)
    return str(STATES.get(state, state))


def purpose_titles() -> dict[str, str]:
    """The purposes by their short names, and what stands where none is known."""
    found = {each.slug: words_of(each, "en")["title"] for each in all_purposes()}
    return {**found, "unknown": _("unknown"), "": _("unknown")}


def lifetime(seconds: float | None) -> str:
    """How long something was written to stay."""
    if seconds is None:
        return _("session")
    days = seconds / 86_400
    if days >= 1:
        whole = round(days)
        return ngettext("%(days)s day", "%(days)s days", whole) % {"days": whole}
    minutes = max(1, round(seconds / 60))
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}

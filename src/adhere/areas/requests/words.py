"""The words for kinds and states of requests."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

SORTS: Final[dict[str, Promise]] = {
    "exemption": _("Exemption"),
    "change": _("Change"),
    "software": _("Software"),
}
ASKING: Final[dict[str, Promise]] = {
    "exemption": _("Ask for an exemption"),
    "change": _("Ask for a change"),
    "software": _("Ask for software"),
}
REGISTERS: Final[dict[str, tuple[Promise, Promise]]] = {
    "exemption": (
        _("Register of exemptions"),
        _("Every request to depart from a clause, what was decided of it, and by whom."),
    ),
    "change": (
        _("Register of changes"),
        _("Every change to systems and devices that consent was asked for."),
    ),
    "software": (
        _("Register of software"),
        _("Every piece of software that was asked for, and the days it may be used."),
    ),
}
STATES: Final[dict[str, Promise]] = {
    "open": _("waits for consent"),
    "consented": _("consented to"),
    "refused": _("refused"),
    "withdrawn": _("withdrawn"),
    "ended": _("ended early"),
    "expired": _("expired"),
}
DECISIONS: Final[dict[str, Promise]] = {
    "consent": _("Consented"),
    "refuse": _("Refused"),
    "withdraw": _("Withdrawn"),
    "end": _("Ended early"),
}
TEMPLATES: Final[dict[str, Promise]] = {
    "penetration-test": _("Planned penetration test"),
    "system-administration": _("System administration"),
}
_COLOURS: Final = {
    "open": "state-unknown",
    "consented": "state-satisfied",
    "refused": "state-not-satisfied",
}


def badge(state: str) -> SafeString:
    """A state as it stands on a page."""
    return format_html('<span class="badge {}">{}</span>', _COLOURS.get(state, ""), STATES[state])

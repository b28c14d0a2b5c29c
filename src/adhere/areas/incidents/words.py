"""How kinds, severities and steps of incidents are called."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SORTS: Final[dict[str, Words]] = {
    "unrecognised-person": _("Unrecognised person"),
    "prohibited-activity": _("Prohibited activity"),
    "crash": _("System crash"),
    "lost-device": _("Lost or stolen device"),
    "data-exposure": _("Data where it should not be"),
    "other": _("Something else"),
}
SEVERITIES: Final[dict[str, Words]] = {
    "low": _("low"),
    "medium": _("medium"),
    "high": _("high"),
    "critical": _("critical"),
}
ANSWERS: Final[dict[str, Words]] = {
    "answered": _("Spoken to, and it is fine"),
    "unanswered": _("Spoken to, without a fitting answer"),
    "not-challenged": _("Nobody could speak to the person"),
}
STATES: Final[dict[str, Words]] = {
    "new": _("Not taken yet"),
    "taken": _("In hand"),
    "closed": _("Closed"),
    "unfounded": _("Unfounded"),
}
STEPS: Final[dict[str, Words]] = {
    "reported": _("Reported"),
    "photo": _("A photo was added"),
    "told-supervisor": _("The supervisor was told"),
    "told-security": _("The security team was told"),
    "not-told": _("A mail did not go out"),
    "escalated": _("Nobody had taken it in time: told further up"),
    "taken": _("Taken in hand"),
    "assigned": _("Handed to"),
    "note": _("Note"),
    "severity": _("Severity"),
    "details": _("Described more closely"),
    "significant": _("Significant under NIS2, aware since"),
    "not-significant": _("Not significant under NIS2 after all"),
    "personal-data": _("A breach of personal data, aware since"),
    "not-personal-data": _("No breach of personal data after all"),
    "early-warning": _("Early warning given"),
    "notification": _("Notification given"),
    "authority": _("The data protection authority was notified"),
    "subject-told": _("The person was told"),
    "subject-confirmed": _("The person confirmed having been told"),
    "told-in-person": _("The person was told face to face"),
    "closed": _("Closed"),
    "reopened": _("Opened again"),
    "unfounded": _("Found to be unfounded"),
}
DUTIES: Final[dict[str, Words]] = {
    "early-warning": _("Early warning to the CSIRT or authority"),
    "notification": _("Notification to the CSIRT or authority"),
    "authority": _("Notification to the data protection authority"),
}
MARKS: Final[dict[str, Words]] = {
    "significant": _("Significant under NIS2"),
    "personal-data": _("A breach of personal data"),
}

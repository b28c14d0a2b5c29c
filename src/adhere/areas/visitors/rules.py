"""The house rules that a visitor signs, in the visitor's language."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from adhere.areas.visitors.models import DeskSettings


def rules_in(language: str) -> str:
    """The company's own rules in a language, or ours; one rule a line."""
    own = DeskSettings.current().rules.get(language, "")
    return own.strip() or _ours(language)


def spoken(language: str) -> str:
    """A language that the pages have, English where the wanted one is none."""
    return language if language in dict(settings.LANGUAGES) else "en"


def _ours(language: str) -> str:
    with translation.override(language):
        return "\n".join(
            (
                gettext("Wear your badge where it can be seen, and give it back when you leave."),
                gettext("Stay with your host; do not enter rooms or use equipment on your own."),
                gettext("Take no pictures and make no recordings without your host's consent."),
                gettext("What you see or hear here about clients or people stays here."),
                gettext("If the alarm sounds, follow your host to the assembly point."),
            )
        )

"""The purposes: five that ship, and those that the company adds or words anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adhere.areas.cookies import words
from adhere.areas.cookies.models import Purpose

_SHIPPED: tuple[tuple[str, bool, tuple[str, ...]], ...] = (
    ("necessary", True, ("security_storage",)),
    ("preferences", False, ("functionality_storage", "personalization_storage")),
    ("analytics", False, ("analytics_storage",)),
    ("marketing", False, ("ad_storage", "ad_user_data", "ad_personalization")),
    ("embeds", False, ()),
)
SIGNALS = tuple(sorted(signal for _, _, signals in _SHIPPED for signal in signals))
SHIPPED = tuple(slug for slug, _, _ in _SHIPPED)


def all_purposes() -> list[Purpose]:
    """Every purpose in the order in which visitors see them."""
    kept = {purpose.slug: purpose for purpose in Purpose.objects.all()}
    found = {
        slug: Purpose(slug=slug, order=10 * at, necessary=necessary, signals=list(signals))
        for at, (slug, necessary, signals) in enumerate(_SHIPPED, 1)
    }
    return sorted({**found, **kept}.values(), key=lambda each: (each.order, each.slug))


def words_of(purpose: Purpose, language: str) -> Mapping[str, str]:
    """A purpose's ``title`` and ``text`` in a language, else in English, else its bare name."""
    own: dict[str, Any] = purpose.words
    for chosen in (own.get(language), words.purpose_words(purpose.slug, language), own.get("en")):
        if chosen and chosen.get("title"):
            return {"title": chosen["title"], "text": chosen.get("text", "")}
    return next(iter(own.values()), {"title": purpose.slug, "text": ""})

"""The components, as tags: ``{% load console %}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from adhere.console import icons, showing, words
from adhere.console.words import (
    STATE_ICONS,
    STATE_WORDS,
    STRENGTH_MEANINGS,
    STRENGTH_WORDS,
    parts,
)
from adhere.core.checking import STRENGTHS

register = template.Library()
register.simple_tag(icons.icon, name="icon")


@register.simple_tag
def logo() -> SafeString:
    return icons.LOGO


@register.simple_tag
def state_badge(state: str) -> SafeString:
    """A finding's state in colour, sign and word."""
    return format_html(
        '<span class="badge state-{}">{}{}</span>',
        state,
        icons.icon(STATE_ICONS[state]),
        STATE_WORDS[state],
    )


@register.simple_tag
def strength_badge(strength: str) -> SafeString:
    """How strong a verdict is: four steps, and the word."""
    step = len(STRENGTHS) - STRENGTHS.index(strength)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="4" height="{}" rx="1" class="{}"/>',
        (
            (place * 6, 12 - 3 * (place + 1), 3 * (place + 1), "on" if place < step else "off")
            for place in range(4)
        ),
    )
    return format_html(
        '<span class="strength" title="{}"><svg viewBox="0 0 22 12" aria-hidden="true">{}</svg>{}'
        "</span>",
        STRENGTH_MEANINGS[strength],
        bars,
        STRENGTH_WORDS[strength],
    )


@register.simple_tag
def state_bar(counts: Mapping[str, int]) -> SafeString:
    """Counts of states as one bar; its words are the text alternative."""
    found = parts(counts)
    label = ", ".join(f"{part.count} {str(part.word).lower()}" for part in found) or "–"
    stretches = format_html_join(
        "",
        '<rect x="{}" y="0" width="{}" height="10" class="fill-{}"/>',
        ((part.start, part.width, part.state) for part in found),
    )
    return format_html(
        '<svg class="state-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        'aria-label="{}">{}</svg>',
        label,
        stretches,
    )


@register.inclusion_tag("console/components/legend.html")
def state_legend(counts: Mapping[str, int], url: str = "") -> dict[str, Any]:
    """The counts under a bar; with ``url`` each leads there with ``state=`` added."""
    return {"parts": parts(counts), "url": url, "sign": "&" if "?" in url else "?"}


@register.inclusion_tag("console/components/tile.html")
def stat_tile(value: Any, label: str, url: str = "", state: str = "") -> dict[str, Any]:
    """A number that matters, with what it counts."""
    return {"value": value, "label": label, "url": url, "state": state}


@register.inclusion_tag("console/components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form field with label, help and its errors."""
    return {"field": bound, "checkbox": isinstance(bound.field.widget, CheckboxInput)}


@register.inclusion_tag("console/components/empty.html")
def empty(title: str, text: str = "", action: str = "", url: str = "") -> dict[str, Any]:
    """Nothing here yet: what belongs here, and what to do next."""
    return {"title": title, "text": text, "action": action, "url": url}


@register.simple_tag
def state_dot(state: str) -> SafeString:
    return format_html(
        '<svg class="dot" viewBox="0 0 10 10" aria-hidden="true">'
        '<circle cx="5" cy="5" r="5" class="fill-{}"/></svg>',
        state,
    )


@register.filter
def moment(value: datetime | None) -> str:
    """A time in the company's zone."""
    return showing.moment(value) if value else showing.shown(None)


@register.filter
def day(value: date | None) -> str:
    return showing.day(value) if value else showing.shown(None)


@register.filter
def shown(value: Any) -> str:
    """Any value as the lists show it."""
    return showing.shown(value)


@register.filter
def in_language(text: str, language: str) -> str:
    """Text in a language of its own, marked where the page speaks another."""
    return showing.in_language(str(text), language)


@register.filter
def in_words(value: str) -> str:
    """A word of the vocabulary, such as a kind of subject, in the language of the page."""
    return words.in_words(value)


@register.filter
def initials(name: str) -> str:
    words = [word for word in name.replace("@", " ").split() if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def state_word(state: str) -> str:
    return str(STATE_WORDS[state])


@register.filter
def count(counts: Mapping[str, int], state: str) -> int:
    """How many stand in a state."""
    return counts.get(state, 0)

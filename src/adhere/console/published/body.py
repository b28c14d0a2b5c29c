"""A policy's text as the body of a page: headings with anchors, tables that scroll."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import msgspec
from django.utils.text import slugify

from adhere.console.published.words import WORDS
from adhere.core.models import PolicyText
from adhere.core.publishing import file_name
from adhere.documents.policy import parse_policy, render

_HEADING = re.compile(r"<h([1-6])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')
_LINK = re.compile(r'<a class="clause-link".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LINK_LABEL = 'aria-label="Link to '


class Heading(msgspec.Struct, frozen=True):
    """A line of the table of contents."""

    anchor: str
    title: str
    level: int


class Body(msgspec.Struct, frozen=True):
    """Trusted HTML: what ``render`` made, which is sanitised."""

    html: str
    headings: tuple[Heading, ...]


def body_of(text: PolicyText) -> Body:
    """The page body of a published text; kept, for a text never changes."""
    return _body(text.text, file_name(text.version, text.language), text.title, text.language)


@lru_cache(maxsize=64)
def _body(text: str, file: str, title: str, language: str) -> Body:
    words = WORDS[language]
    found = _without_title(render(parse_policy(text, file)), title)
    headings: list[Heading] = []
    taken = set(_ID.findall(found))

    def anchored(match: re.Match[str]) -> str:
        return _anchored(match, headings, taken)

    found = _HEADING.sub(anchored, found)
    found = found.replace(_LINK_LABEL, f'aria-label="{html.escape(words["link_to"])}')
    count = 0

    def scrolling(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        label = f"{html.escape(words['table'])} {count}"
        start = f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">'
        return f"{start}{match[0]}</div>"

    found = re.sub(r"<table\b.*?</table>", scrolling, found, flags=re.DOTALL)
    return Body(found, tuple(headings))


def _without_title(found: str, title: str) -> str:
    """The page says the title itself; a text that opens with it says it only once."""
    first = _HEADING.match(found.lstrip())
    if first and first[1] == "1" and _words(first[3]).casefold() == title.casefold():
        return found.lstrip()[first.end() :]
    return found


def _anchored(match: re.Match[str], headings: list[Heading], taken: set[str]) -> str:
    level, attributes, inside = max(2, int(match[1])), match[2], match[3]
    title = _words(inside)
    known = _ID.search(attributes)
    if known:
        anchor = known[1]
    else:
        anchor = base = f"section-{slugify(title) or len(headings) + 1}"
        number = 2
        while anchor in taken:
            anchor, number = f"{base}-{number}", number + 1
        taken.add(anchor)
        attributes += f' id="{html.escape(anchor, quote=True)}"'
    headings.append(Heading(anchor, title, level))
    return f"<h{level}{attributes}>{inside}</h{level}>"


def _words(inside: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", _LINK.sub("", inside))).split())

"""The links of a text with markup, and those that lead nowhere within it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import msgspec

from adhere.documents.blocks import clean


class Link(msgspec.Struct, frozen=True):
    text: str
    target: str
    line: int


class Links(msgspec.Struct, frozen=True):
    """`known` is false for a format that shows no links; `anchors` are places in the text."""

    known: bool
    found: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()


def links(source: str, kind: str) -> Links:
    """The links of HTML or Markdown; other formats do not tell."""
    if kind == "html" and source:
        return _of_html(source)
    return _of_markdown(source) if kind == "md" and source else Links(False)


def _of_html(source: str) -> Links:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return Links(False)
    elements: list[Any] = [each for each in root.iter() if isinstance(each.tag, str)]
    anchors = [value for each in elements for key in ("id", "name") if (value := each.get(key))]
    found = tuple(
        Link(clean("".join(each.itertext())), str(each.get("href")), each.sourceline or 1)
        for each in elements
        if each.tag == "a" and each.get("href") is not None and not _scripted(each)
    )
    return Links(True, found, frozenset(map(plain_anchor, anchors)))


def _scripted(element: Any) -> bool:
    """A link that a script answers need not lead anywhere."""
    attributes = dict(element.attrib)
    return bool({"onclick", "role"} & attributes.keys()) or any(
        name.startswith("data-") for name in attributes
    )


_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)\s*$|<!--.*?-->|`[^`\n]*`", re.M | re.S)
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]+)\]\((?P<target>[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<(?P<target>(?:https?://|mailto:)?[^<>\s]+[.@][^<>\s]+)>")
_DEFINED = re.compile(r"^ {0,3}\[[^\[\]]+\]:\s*<?(?P<target>[^\s<>]+)", re.M)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)
_ID = re.compile(r"\{[^{}]*#([\w-]+)|\bid=\"([^\"]+)\"")


def _of_markdown(source: str) -> Links:
    text = _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), source)
    found = [
        Link(clean(match.groupdict().get("text") or ""), match["target"], _line(text, match))
        for pattern in (_LINK, _AUTOLINK, _DEFINED)
        for match in pattern.finditer(text)
    ]
    ids = {match[1] or match[2] for match in _ID.finditer(text)}
    places = [*ids, *_HEADING.findall(text)]
    return Links(True, tuple(found), frozenset(map(plain_anchor, places)))


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def plain_anchor(place: str) -> str:
    """Letters and digits alone: tools differ in how they make an anchor of a heading."""
    return re.sub(r"[\W_]", "", re.sub(r"\{[^{}]*\}\s*$", "", unquote(place)).lower())

"""Links, lists and sections that a text promises and does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adhere.documents.blocks import NUMBERED, Block, without_number
from adhere.documents.review.links import plain_anchor
from adhere.documents.review.rule import ALL, ERROR, WARNING, Hit, Rule
from adhere.documents.review.text import Text, short

_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_NUMBER = re.compile(r"(?:§\s*)?(\d{1,2}(?:\.\d{1,2})*)")
_OPENED = re.compile(r"cookie|consent|cmp|privacy|settings|open|modal", re.IGNORECASE)
_FEW = 3  # numbered headings, below which a number is somebody else's


def _dead_links(text: Text) -> Iterator[Hit]:
    """Links to a place in the same text that is not there; a script may answer some."""
    seen: set[str] = set()
    for each in text.links.found:
        place = plain_anchor(each.target)
        local = each.target.startswith("#") and place not in ("", "top")
        empty = each.target == "" and text.reading.kind == "md"
        dead = local and place not in text.links.anchors and not _OPENED.search(place)
        if (empty or dead) and place not in seen:
            seen.add(place)
            told = {"target": each.target or "nowhere"}
            yield Hit(each.line, short(each.text or each.target), told)


def _no_links(text: Text) -> Iterator[Hit]:
    """Links announced, and the next heading or the end follows."""
    blocks = text.reading.blocks
    for index, block in enumerate(blocks):
        match = text.find("links_follow", block.text) if block.kind == "text" else None
        if match and not _ADDRESS.search(block.text) and not _linked(text, block):
            following = next(iter(blocks[index + 1 :]), None)
            if following is None or following.kind == "heading":
                yield Hit(block.line, short(block.text), {"words": match.group()})


def _linked(text: Text, block: Block) -> bool:
    return any(link.text and link.text in block.text for link in text.links.found)


def _no_list(text: Text) -> Iterator[Hit]:
    blocks = text.reading.blocks
    for index, block in enumerate(blocks):
        match = text.find("list_follows", block.text) if block.kind in ("text", "item") else None
        lines = {row.line for row in text.trackers}
        if match and not _listed(blocks[index:], lines):
            yield Hit(block.line, short(block.text), {"words": match.group()})


def _listed(blocks: tuple[Block, ...], tracked: set[int]) -> bool:
    """A table, a list or tracker rows somewhere from here on, the block's own heading included."""
    later = blocks[1:]
    return any(each.kind in ("table", "item") or each.line in tracked for each in later)


def _no_section(text: Text) -> Iterator[Hit]:
    headings = [block.text for block in text.reading.blocks if block.kind == "heading"]
    numbers = {m[1] for h in headings if NUMBERED.match(h) and (m := _NUMBER.match(h.strip()))}
    titles = [without_number(heading).lower() for heading in headings]
    for clause, match in text.where("section"):
        if len(numbers) >= _FEW and match["number"] not in numbers:
            yield Hit(clause.line, short(clause.text), {"section": match["number"]})
    for clause, match in text.where("named_section"):
        name = match["name"].strip(" .").lower()
        if titles and not any(name in title or title in name for title in titles):
            yield Hit(clause.line, short(clause.text), {"section": f"“{match['name']}”"})


def _click_here(text: Text) -> Iterator[Hit]:
    """Only where the format keeps links, and none is in the sentence's own words."""
    if not text.links.known:
        return
    for clause, match in text.where("click_here"):
        inside = any(each.text and each.text in clause.text for each in text.links.found)
        if not inside and not _ADDRESS.search(clause.text):
            yield Hit(clause.line, short(clause.text), {"words": match.group()})


RULES = (
    Rule(
        "dead-link",
        ERROR,
        "GDPR Art. 12(1)",
        "leads to {target}, which is not in the text",
        "Point it to where it should lead, or take it out.",
        _dead_links,
        ALL,
        wordless=True,
    ),
    Rule(
        "links-missing",
        ERROR,
        "GDPR Art. 12(1)",
        "announces “{words}”, and none follows",
        "Add the links, or take the sentence out.",
        _no_links,
        ALL,
    ),
    Rule(
        "list-missing",
        ERROR,
        "GDPR Art. 12(1)",
        "announces “{words}”, and no table or list follows",
        "Add it, or take the sentence out.",
        _no_list,
        ALL,
    ),
    Rule(
        "section-missing",
        ERROR,
        "GDPR Art. 12(1)",
        "refers to section {section}, which is not in the text",
        "Name the section by its present number or title.",
        _no_section,
        ALL,
    ),
    Rule(
        "link-without-target",
        WARNING,
        "GDPR Art. 12(1)",
        "says “{words}”, and there is no link",
        "Add the link.",
        _click_here,
        ALL,
    ),
)

"""Markdown with clause attributes, every inline token knowing its place in the text."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

from adhere.documents.attributes import fault, scan
from adhere.documents.wordlists import words
from adhere.errors import Problem

_MAX_ATTRIBUTE_LINES = 8
_TEXT_BLOCKS = frozenset(
    words(
        """paragraph_open heading_open bullet_list_open ordered_list_open blockquote_open
        table_open attrs_block"""
    )
)
_InlineRule = Callable[[StateInline, bool], bool]


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """One parser for all policies; it keeps no state between texts."""
    md = MarkdownIt("commonmark", {"html": True}).enable("table")
    attrs_plugin(md, after=(), spans=True)
    attrs_block_plugin(md)
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.at("attr", _attribute_block, {"alt": alternatives})
    md.core.ruler.before("attr", "attr_belongs", _attributes_belong)
    for rule in md.inline.ruler.__rules__:
        if rule.name != "text":
            rule.fn = _placed(rule.fn)
    return md


def tokens_of(text: str) -> list[Token]:
    """Block tokens; each inline child carries ``meta["at"]`` and ``meta["end"]`` in its block."""
    return parser().parse(text)


def attributes_of(token: Token) -> dict[str, str]:
    """All attributes as written; the plugin sets aside those it would not render."""
    kept = {key: str(value) for key, value in token.attrs.items()}
    aside = {key: str(value) for key, value in token.meta.get("insecure_attrs", {}).items()}
    return kept | aside


def _placed(rule: _InlineRule) -> _InlineRule:
    def run(state: StateInline, silent: bool) -> bool:
        start, first = state.pos, len(state.tokens) + bool(state.pending)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > first:
            opening, closing = state.tokens[first], state.tokens[-1]
            opening.meta.setdefault("at", start)
            closing.meta["end"] = state.pos
            if opening.type == "span_open":
                raw = state.src[start : state.pos]
                braces = _attributes_start(raw)
                opening.meta["fault"] = fault(raw[braces:])
                closing.meta["at"] = start + braces - 1
        return True

    return run


def _attributes_start(raw: str) -> int:
    at = raw.rfind("]{")
    if at == raw.find("]{"):  # the usual case: there is but one
        return at + 1 if at > 0 else len(raw)
    while at > 0:  # a quoted value may itself hold "]{"
        found = scan(raw[at + 1 :])
        if found and at + 1 + found[0] == len(raw):
            return at + 1
        at = raw.rfind("]{", 0, at)
    return len(raw)


def _attribute_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    if state.is_code_block(line) or not state.src.startswith("{", start):
        return False
    for last in range(line, min(end, line + _MAX_ATTRIBUTE_LINES)):
        raw = state.src[start : state.eMarks[last]].rstrip()
        found = scan(raw)
        if found:
            break
    else:
        return False
    if found[0] != len(raw):
        return False
    if not silent:
        token = state.push("attrs_block", "", 0)
        token.attrs = dict(found[1])
        token.map = [line, last + 1]
        token.meta = {"fault": fault(raw)}
        state.line = last + 1
    return True


def _attributes_belong(state: StateCore) -> None:
    tokens = [*state.tokens, None]
    for token, after in zip(state.tokens, tokens[1:], strict=True):
        if token.type != "attrs_block":
            continue
        line = token.map[0] + 1 if token.map else None
        if token.meta["fault"]:
            raise Problem(token.meta["fault"], line=line, expected='{#id check="area.name"}')
        if after is None or after.type not in _TEXT_BLOCKS:
            raise Problem(
                "attributes that belong to no block",
                line=line,
                expected="a paragraph, list, table, quote or heading on the next line",
            )

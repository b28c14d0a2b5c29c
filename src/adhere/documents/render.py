"""A policy's body as safe HTML, every clause with a permanent link."""

from __future__ import annotations

import html
from collections.abc import Callable

import nh3
from markdown_it.token import Token

from adhere.documents.attributes import build
from adhere.documents.markdown import attributes_of, parser
from adhere.documents.source import PolicySource, SourceClause
from adhere.documents.wordlists import words

Annotate = Callable[[SourceClause], str]

_TAGS = set(
    words(
        """a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt
    em h1 h2 h3
    h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup
    table tbody td tfoot th thead tr u ul var"""
    )
)
_ATTRIBUTES = {
    "*": {"id", "class", "data-clause", "lang", "title", "dir"},
    "a": {"href", "aria-label"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
}
# Stands where a clause ends until the text is clean; render drops both characters from the text.
_MARK = "\ue000clause:{}\ue001"


def render(source: PolicySource, annotate: Annotate | None = None) -> str:
    """The body as sanitised HTML.

    Each clause's element carries ``id``, ``data-clause`` and class ``clause``, and ends with a
    link to itself. `annotate` gives trusted HTML to stand after that link; it is not sanitised.
    """
    md = parser()
    environment: dict[str, object] = {}
    body = source.body.replace("\ue000", "").replace("\ue001", "")
    tokens = md.parse(body, environment)
    known = {clause.id: clause for clause in source.clauses}
    _mark(tokens, known)
    dirty = md.renderer.render(tokens, md.options, environment)
    clean = nh3.clean(dirty, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)
    for clause in source.clauses:
        after = _link(clause) + (annotate(clause) if annotate else "")
        clean = clean.replace(_MARK.format(clause.id), after)
    return clean


_SCHEMES = {"http", "https", "mailto", "tel"}


def _mark(tokens: list[Token], known: dict[str, SourceClause]) -> None:
    open_blocks: list[tuple[int, str]] = []
    for index, token in enumerate(tokens):
        if token.type == "inline":
            token.children = _mark_spans(token.children or [], known)
        elif token.nesting == 1:
            name = _dress(token, known)
            if name and token.hidden:  # a tight list shows the item, not its paragraph
                tokens[index - 1].attrs = {**tokens[index - 1].attrs, **token.attrs}
            if name:
                open_blocks.append((token.level, name))
        elif token.nesting == -1 and open_blocks and open_blocks[-1][0] == token.level:
            _end_block(tokens, index, open_blocks.pop()[1])


def _end_block(tokens: list[Token], index: int, name: str) -> None:
    """Puts the mark at the end of the block's last text, the only place where it is legal."""
    for before in range(index - 1, -1, -1):
        token = tokens[before]
        if token.type == "inline" and token.children is not None:
            token.children.append(Token("text", "", 0, content=_MARK.format(name)))
            return


def _mark_spans(children: list[Token], known: dict[str, SourceClause]) -> list[Token]:
    marked: list[Token] = []
    names: list[str | None] = []
    for child in children:
        if child.type == "span_open":
            names.append(_dress(child, known))
        elif child.type == "span_close":
            name = names.pop()
            if name:
                marked.append(Token("text", "", 0, content=_MARK.format(name)))
        marked.append(child)
    return marked


def _dress(token: Token, known: dict[str, SourceClause]) -> str | None:
    """Leaves a token only the attributes that the page needs; the clause's id, if it is one."""
    found = attributes_of(token)
    plain = {key: value for key, value in found.items() if key in ("class", "start", "href")}
    if not found or (token.type != "span_open" and not _is_clause_block(token, found)):
        return None
    attributes = build(found, "", 0)
    if attributes is None or attributes.id not in known:
        token.attrs = {**plain, **({"id": found["id"]} if "id" in found else {})}
        return None
    token.attrs = {
        "id": attributes.id,
        "data-clause": attributes.id,
        "class": f"clause {found.get('class', '')}".strip(),
    }
    return attributes.id


def _is_clause_block(token: Token, found: dict[str, str]) -> bool:
    return token.block and ("id" in found or "check" in found)


def _link(clause: SourceClause) -> str:
    name = html.escape(clause.id, quote=True)
    return f' <a class="clause-link" href="#{name}" aria-label="Link to {name}">#</a>'

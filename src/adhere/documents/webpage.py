"""HTML into blocks: what a reader sees of the page's main part."""

from __future__ import annotations

import msgspec

from adhere.documents.blocks import Block, Row, clean, item_text
from adhere.documents.wordlists import words
from adhere.errors import Problem

_SKIPPED = frozenset(
    words(
        """script style noscript template svg nav form button select textarea iframe object
        head aside dialog"""
    )
)
_BLOCKS = frozenset(
    words(
        """address article blockquote dd div dl dt fieldset figcaption figure footer
        header hr li main ol p pre section td th tr table ul h1 h2 h3 h4 h5 h6 body caption"""
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Page(msgspec.Struct, frozen=True):
    title: str
    language: str
    blocks: tuple[Block, ...]


def page(text: str, file: str) -> Page:
    """Title, declared language ("" if none) and blocks. Raises Problem for text without HTML."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise Problem("holds no readable HTML", file=file, expected="an HTML page") from None
    title = root.findtext(".//title")
    language = (root.get("lang") or "").lower().split("-")[0]
    walker = _Walker()
    walker.walk(_main(root))
    walker.flush()
    return Page(clean(title or ""), language, tuple(walker.found))


def _main(root: html.HtmlElement) -> html.HtmlElement:  # type: ignore[name-defined]  # noqa: F821
    for path in ("//main", "//*[@role='main']", "//article"):
        for element in root.xpath(path):
            if len(element.text_content()) > 200:
                return element
    return root


class _Walker:
    """Walks without recursion, so that deep nesting cannot exhaust the stack."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.buffer: list[str] = []
        self.line = 1
        self.kinds: list[str] = []

    def walk(self, top: html.HtmlElement) -> None:  # type: ignore[name-defined]  # noqa: F821
        todo: list[tuple[object, bool]] = [(top, True)]
        while todo:
            element, entering = todo.pop()
            tag = str(element.tag)  # type: ignore[attr-defined]
            if not entering:
                self._leave(tag)
                self._say(element.tail, element)  # type: ignore[attr-defined]
                continue
            if tag in _SKIPPED or element.get("hidden") is not None:  # type: ignore[attr-defined]
                self._say(element.tail, element)  # type: ignore[attr-defined]
                continue
            if tag == "table" and _is_data(element):
                self.flush()
                self.found.append(_table(element))
                self._say(element.tail, element)  # type: ignore[attr-defined]
                continue
            self._enter(tag)
            self._say(element.text, element)  # type: ignore[attr-defined]
            todo.append((element, False))
            todo.extend((child, True) for child in reversed(element))  # type: ignore[call-overload]

    def _enter(self, tag: str) -> None:
        if tag == "br" and self.buffer[-1:] == ["\n"]:  # two breaks part paragraphs
            self.flush()
        elif tag == "br":
            self.buffer.append("\n")
        if tag in _BLOCKS and not (tag in ("p", "div") and self.kinds[-1:] == ["li"]):
            self.flush()
        if tag in _HEADINGS or tag == "li":
            self.kinds.append(tag)

    def _leave(self, tag: str) -> None:
        if tag in _BLOCKS and not (tag in ("p", "div") and self.kinds[-1:] == ["li"]):
            self.flush()
        if self.kinds and self.kinds[-1] == tag:
            self.kinds.pop()

    def _say(self, text: str | None, element: object) -> None:
        if not text or (not text.strip() and self.buffer[-1:] == ["\n"]):
            return
        if (
            not clean("".join(self.buffer[-3:]))
            and not clean("".join(self.buffer))
            and text.strip()
        ):
            self.line = getattr(element, "sourceline", None) or self.line
        self.buffer.append(text)
        tag = getattr(element, "tag", "")
        if tag in ("p", "div"):
            self.buffer.append(" ")

    def flush(self) -> None:
        text = clean("".join(self.buffer))
        self.buffer = []
        if not text:
            return
        kind = self.kinds[-1] if self.kinds else ""
        if kind in _HEADINGS:
            self.found.append(Block("heading", text, self.line, firm=True))
        elif kind == "li":
            self.found.append(Block("item", item_text(text), self.line))
        else:
            self.found.append(Block("text", text, self.line))


def _is_data(table: object) -> bool:
    """A table of cells; one that only lays out the page holds blocks or few columns."""
    inner = table.xpath(".//table|.//h1|.//h2|.//h3")  # type: ignore[attr-defined]
    rows = table.xpath(".//tr[count(td|th) > 1]")  # type: ignore[attr-defined]
    return not inner and bool(rows)


def _table(table: object) -> Block:
    rows: list[Row] = []
    hanging: dict[int, tuple[int, str | None]] = {}
    for row in table.xpath(".//tr"):  # type: ignore[attr-defined]
        cells: list[str | None] = []
        for cell in row.xpath("./td|./th"):
            _hang(cells, hanging)
            text = clean(" ".join(cell.itertext())) or None
            down = _span(cell.get("rowspan"))
            for _ in range(_span(cell.get("colspan"))):
                if down > 1:
                    hanging[len(cells)] = (down - 1, text)
                cells.append(text)
        _hang(cells, hanging)
        rows.append(Row(tuple(cells), row.sourceline or 1))
    return Block("table", "", rows[0].line if rows else 1, rows=tuple(rows))


def _hang(cells: list[str | None], hanging: dict[int, tuple[int, str | None]]) -> None:
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(value: str | None) -> int:
    return min(int(value), 50) if value and value.isdigit() and int(value) > 0 else 1

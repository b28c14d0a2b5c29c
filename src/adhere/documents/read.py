"""Any policy text into clauses, trackers, contacts and rights."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from adhere.documents import contacts as contact_finder
from adhere.documents import plain, statements
from adhere.documents import rights as right_finder
from adhere.documents.blocks import Block, calm, without_number
from adhere.documents.dates import effective
from adhere.documents.document import Document, document_to_dict
from adhere.documents.encoding import decode
from adhere.documents.fetch import MAX_BYTES, Fetched, from_file, is_address
from adhere.documents.modality import detect_language
from adhere.documents.tables import tables
from adhere.documents.trackers import trackers
from adhere.documents.vendors import publishers
from adhere.errors import Problem

__all__ = ("Document", "Reading", "document_to_dict", "read", "read_whole")

KINDS = {
    "txt": "txt",
    "text": "txt",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "docx": "docx",
    "pdf": "pdf",
}
EXPECTED = "txt, md, html, docx or pdf"


class _Parts(msgspec.Struct):
    blocks: list[Block]
    title: str = ""
    language: str = ""
    source: str = ""


class Reading(msgspec.Struct, frozen=True):
    """A document with what it was made of: its type, its blocks, its source where it has markup."""

    document: Document
    name: str
    kind: str
    blocks: tuple[Block, ...]
    source: str


def read(place: Path | str | bytes, *, name: str = "") -> Document:
    """Reads a file, an http(s) address, or the bytes of a document (`name` tells its type).

    Raises Problem for what is missing, empty, too big (20 MB), of an unknown type, wrongly
    encoded, or a PDF without text.
    """
    return read_whole(place, name=name).document


def read_whole(place: Path | str | bytes | Fetched, *, name: str = "") -> Reading:
    """As `read`, for those who look at the text's build too, or have it already. Raises Problem."""
    fetched = _fetched(place, name)
    if not fetched.data.strip():
        raise Problem("the document is empty", file=fetched.name, expected="a policy text")
    kind = _kind(fetched)
    parts = _parts(fetched, kind)
    document = _document(parts, fetched.name)
    return Reading(document, fetched.name, kind, tuple(parts.blocks), parts.source)


def _fetched(place: Path | str | bytes | Fetched, name: str) -> Fetched:
    if isinstance(place, Fetched):
        return place
    if isinstance(place, bytes):
        if len(place) > MAX_BYTES:
            raise Problem("the document is too big", file=name or None, expected="at most 20 MB")
        return Fetched(place, name or "document", Path(name).suffix.lower().lstrip("."))
    if isinstance(place, str) and is_address(place):
        from adhere.documents import web

        return web.from_address(place)
    return from_file(Path(place))


def _kind(fetched: Fetched) -> str:
    """The type by the first bytes where these tell, else by ending or content type."""
    head = fetched.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    kind = KINDS.get(fetched.kind, "" if not fetched.kind else "?")
    if kind == "?":
        raise Problem(f"unknown type “.{fetched.kind}”", file=fetched.name, expected=EXPECTED)
    if kind in ("pdf", "docx"):
        raise Problem(f"is no {kind.upper()}", file=fetched.name, expected=f"a {kind} file")
    if re.match(rb"<(?:!doctype html|html)\b", head, re.IGNORECASE):
        return "html"
    if not kind:
        return "md" if re.search(rb"^(?:---|#{1,6} )", head, re.MULTILINE) else "txt"
    return kind


def _parts(fetched: Fetched, kind: str) -> _Parts:
    if kind == "pdf":
        from adhere.documents import pdf

        return _Parts(pdf.blocks(fetched.data, fetched.name))
    if kind == "docx":
        from adhere.documents import word

        return _Parts(plain.marked(word.blocks(fetched.data, fetched.name)))
    text = decode(fetched.data, fetched.name, fetched.charset)
    if kind == "html":
        from adhere.documents import webpage

        page = webpage.page(text, fetched.name)
        return _Parts(plain.marked(list(page.blocks)), page.title, page.language, text)
    return _markdown(text, fetched.name) if kind == "md" else _Parts(plain.blocks(text))


def _markdown(text: str, name: str) -> _Parts:
    from adhere.documents import frontmatter, markup

    if not re.match(r"---[ \t]*(?:\r?\n|$)", text):
        return _Parts(markup.blocks(text, name), source=text)
    raw, body, offset = frontmatter.split(text, name)
    front = frontmatter.values(raw, name)
    blocks = markup.blocks(body, name, offset)
    title, language = (str(front.get(name) or "") for name in ("title", "language"))
    return _Parts(blocks, title, language, text)


def _document(parts: _Parts, name: str) -> Document:
    found, left = tables(parts.blocks)
    rest = [block for block in left if block is not None]
    words = "\n".join(block.text for block in rest)
    if not words.strip() and not found:
        raise Problem("the document is empty", file=name, expected="a policy text")
    language = parts.language if len(parts.language) == 2 else detect_language(words)
    calmed = calm(words)
    own = publishers(calmed)
    title, body = _title(rest, parts.title)
    return Document(
        title=title,
        language=language,
        effective=effective(calmed),
        clauses=tuple(statements.clauses(body, language)),
        trackers=tuple(t for table in found for t in trackers(table, parts.blocks, own)),
        contacts=tuple(contact_finder.contacts(rest)),
        rights=tuple(right_finder.rights(rest)),
    )


def _title(blocks: list[Block], declared: str) -> tuple[str, list[Block]]:
    """The declared title, else the first heading, else the first words."""
    if not blocks:
        return declared, blocks
    first = blocks[0]
    if first.kind == "heading":
        return without_number(first.text), blocks
    return declared or first.text[:80], blocks

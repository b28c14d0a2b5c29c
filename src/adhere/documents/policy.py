"""The literate Markdown of a policy: its clauses and sentences, each at its line."""

from __future__ import annotations

import hashlib
from pathlib import Path

from adhere.documents import frontmatter
from adhere.documents.clauses import Walker
from adhere.documents.markdown import tokens_of
from adhere.documents.render import render
from adhere.documents.source import LANGUAGES, PolicySource, Sentence, SourceClause
from adhere.errors import Problem

__all__ = (
    "LANGUAGES",
    "PolicySource",
    "Sentence",
    "SourceClause",
    "load_policy",
    "parse_policy",
    "render",
)
MAX_BYTES = 20_000_000


def load_policy(path: Path) -> PolicySource:
    """Reads and parses one policy file. Raises Problem."""
    return parse_policy(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The exact text of a policy file, line ends untouched. Raises Problem."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Problem(f"{size} bytes are too many", file=str(path), expected="at most 20 MB")
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or "cannot be read"
        raise Problem(why, file=str(path), expected="a policy file") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem("wrong encoding", file=str(path), line=line, expected="UTF-8") from None


def parse_policy(text: str, file: str, *, repeats: bool = False) -> PolicySource:
    """A policy from its exact text (line ends untouched, so that the SHA-256 is the file's).

    Raises Problem with file and line for broken or missing front matter, a missing or wrong
    field, attributes that cannot be read or belong to nothing, a span that is not closed, an id
    that is illegal or repeated, a clause without text, and an empty document. `repeats` lets an id
    stand twice, for a caller that lists every fault itself.
    """
    if not text.strip("\ufeff \t\r\n"):
        raise Problem("the document is empty", file=file, line=1, expected=frontmatter.EXAMPLE)
    raw, body, offset = frontmatter.split(text, file)
    front = frontmatter.load(raw, file)
    walker = Walker(file, str(front["language"]), offset)
    try:
        walker.walk(tokens_of(body))
    except Problem as problem:
        # the parser counts lines within the body and knows no file; the walker knows both
        line = problem.line + offset if problem.line and not problem.file else problem.line
        raise Problem(
            problem.message, file=file, line=line, field=problem.field, expected=problem.expected
        ) from None
    if not walker.sentences:
        raise Problem("no text below the front matter", file=file, line=offset + 1)
    clauses = tuple(sorted(walker.clauses, key=lambda clause: clause.line))
    _sound(clauses, file, repeats)
    return PolicySource(
        slug=str(front["policy"]),
        title=str(front["title"]),
        owner=str(front["owner"]),
        audience=str(front["audience"]),
        language=str(front["language"]),
        front=front,
        body=body,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        clauses=clauses,
        sentences=tuple(walker.sentences),
        file=file,
    )


def _sound(clauses: tuple[SourceClause, ...], file: str, repeats: bool) -> None:
    first: dict[str, int] = {}
    for clause in clauses:
        if clause.id in first and not repeats:
            raise Problem(
                f"the id “{clause.id}” repeats the one of line {first[clause.id]}",
                file=file,
                line=clause.line,
                field="id",
                expected="an id used once",
            )
        if not clause.text:
            raise Problem(f"the clause “{clause.id}” has no text", file=file, line=clause.line)
        first[clause.id] = clause.line

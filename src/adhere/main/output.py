"""Where a command writes: results to standard output or a file, all else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from adhere.errors import Problem


def say(text: str) -> None:
    """A line for the person at the terminal."""
    print(text, file=sys.stderr)  # noqa: T201


def put(text: str) -> None:
    """A line of the result."""
    print(text)  # noqa: T201


def put_json(value: Any, target: str = "-") -> None:
    """A result for machines; ``-`` is standard output."""
    text = json.dumps(value, ensure_ascii=False)
    write(msgspec.json.format(text, indent=2) + "\n", target)  # json's own indent is slow


def write(content: str | bytes, target: str) -> None:
    """The whole result to a file, or to standard output for ``-``."""
    data = content.encode() if isinstance(content, str) else content
    if target == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(target).write_bytes(data)
    except OSError as error:
        raise Problem(f"cannot be written: {error.strerror}", file=target) from None


@contextmanager
def writing(target: str) -> Iterator[BinaryIO]:
    """A file to write a large result into, there only once it is whole; ``-`` as in ``write``."""
    if target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = Path(f"{target}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(target)
    except OSError as error:
        raise Problem(f"cannot be written: {error.strerror}", file=target) from None
    finally:
        part.unlink(missing_ok=True)


def read_bytes(source: str) -> bytes:
    """A whole file, or standard input for ``-``."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise Problem(
            f"cannot be read: {error.strerror}", file=source, expected="a file, or - for input"
        ) from None

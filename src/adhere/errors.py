"""The one error that a user sees: what is wrong, where, and what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

SHOWN = 60  # every import column and check name, but not every person of a company


class Problem(Exception):
    """Something a user gave us that cannot be used.

    The command line prints it as one line and exits with 2; the edge answers it as
    JSON ``{"error", "field", "expected"}``; pages show it beside the field.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        expected: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.field = field
        self.expected = expected

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        parts = [place, self.field, self.message]
        text = ": ".join(part for part in parts if part)
        return f"{text} (expected {self.expected})" if self.expected else text

    def at(self, file: str | None = None, line: int | None = None) -> Problem:
        """The same problem with the file and line filled in where they were not known."""
        return type(self)(
            self.message,
            file=self.file or file,
            line=self.line if self.line is not None else line,
            field=self.field,
            expected=self.expected,
        )


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint naming the closest known word: `` (nearest: people)``, or some where none is close."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"nearest is “{close[0]}”"
    more = len(names) - SHOWN
    return "known are " + ", ".join(names[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")

"""Cells that a spreadsheet would run, made harmless on the way out and restored on the way in.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. An
apostrophe before it makes it text. Where a semicolon is the list separator of the country, a
cell begins after each semicolon, tab and line end too, so those places count as well. Both
ways together change nothing: apostrophes that stand there already get one more.
"""

from __future__ import annotations

import re

_PLACE = r"(^|[;\t\r\n])"
_FORMULA = r"('*[=+\-@＝＋－＠])"
_RISKY = re.compile(_PLACE + _FORMULA)
_QUOTED = re.compile(_PLACE + "'" + _FORMULA)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return _RISKY.sub(r"\1'\2", cell)


def bare(cell: str) -> str:
    """The cell as it was before ``harmless``, without white space around it."""
    return _QUOTED.sub(r"\1\2", cell.strip())

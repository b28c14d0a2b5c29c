"""Patterns that are compiled when first used, as most texts need few of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def lazy(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[], re.Pattern[str]]:
    """Call the result for the compiled pattern; it is compiled once."""
    return cache(lambda: re.compile(pattern, flags))

"""Keeps the tokens of sign-in links out of the log."""

from __future__ import annotations

import logging
import re
from typing import Any

_TOKEN = re.compile(r"(/sign-in/link/)[^/\s'\"]+")


class HideTokens(logging.Filter):
    """Blackens a token wherever a log record would show the address that holds it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(each) for each in record.args)
        return True


def _hidden(value: Any) -> Any:
    return _TOKEN.sub(r"\1…", value) if isinstance(value, str) else value

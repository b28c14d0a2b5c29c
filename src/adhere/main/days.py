"""Days and times as they are written on the command line."""

from __future__ import annotations

import argparse
from datetime import date


def day(text: str) -> date:
    """An ISO day for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no day (expected one that exists, such as 2026-03-14)"
        ) from None
